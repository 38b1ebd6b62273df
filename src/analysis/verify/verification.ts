import type { Diagnostic } from '../../language/diagnostic.ts';
import type { Place } from '../../language/source.ts';

/** What running all role tests gave, as plain data: every report is made from this and nothing else. */
export interface Verification {
  /** In the order of applications, tests (by name) and the lines of each. */
  readonly results: readonly ExpectationResult[];
  /** Those of the results, and of coverage that is too low; sorted. */
  readonly diagnostics: readonly Diagnostic[];
  readonly coverage: readonly ApplicationCoverage[];
}

/** One thing expected: a permission under `can` or `cannot`, or an `exact` set as a whole. */
export interface ExpectationResult {
  readonly application: string;
  /** The name of the RoleTest. */
  readonly test: string;
  readonly subject: { readonly kind: 'role' | 'custom-role' | 'assignment'; readonly name: string };
  /** The app that is asked about; null where none is named. */
  readonly app: string | null;
  readonly expects: 'can' | 'cannot' | 'exact';
  /** `section/permission:level` as written; null for `exact`. */
  readonly permission: string | null;
  /** In words, for lists and filters: `basic-user can data/contract-data:view on zoom`. */
  readonly title: string;
  readonly passed: boolean;
  /** The reference, or the key `exact`. */
  readonly place: Place;
  /** Why it failed; empty where it passed. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * How much of an application's roles × permissions is tested. A cell, of a role or custom role that people can hold and
 * a permission, is covered if a test of that role names the permission, or tells its whole set with `exact`. Levels have
 * no cells of their own, tests of assignments cover nothing, and an expectation that failed covers what it names.
 */
export interface ApplicationCoverage {
  readonly application: string;
  readonly covered: number;
  readonly cells: number;
  /** covered / cells, 0 to 1; 1 where there are no cells. */
  readonly share: number;
  /** The per cent asked for, 0 to 100; null where none is. */
  readonly wanted: number | null;
  /** Sorted by name. */
  readonly roles: readonly RoleCoverage[];
}

export interface RoleCoverage {
  readonly role: string;
  readonly covered: number;
  readonly cells: number;
  /** `section/permission` of those that no test names, sorted. */
  readonly untested: readonly string[];
}
