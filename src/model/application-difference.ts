import type { Severity, SidePlace, TwoWayDirection } from './difference.ts';

/** What an application offers, where it differs. */
export interface CatalogDifference {
  readonly application: string;
  readonly title: string;
  readonly action: 'new' | 'removed' | 'changed';
  /** The application's old name, where it is renamed by `formerly`. */
  readonly renamedFrom: string | null;
  readonly version: { readonly base: string | null; readonly head: string | null };
  /**
   * The least that the version must say: `major` where a permission or level is removed, or a scope that services check is gone;
   * `minor` where one is added; `patch` for any other change of the catalog; `none` where only the app directory changes.
   */
  readonly calls: 'major' | 'minor' | 'patch' | 'none';
  /** Whether the version says it. Below 1.0.0 the second part stands for the first, as semantic versioning has it. */
  readonly versionIsEnough: boolean;
  /** Sorted by subject (in the order of its type) and name; empty for a new and for a removed catalog. */
  readonly changes: readonly CatalogEntry[];
}

export interface CatalogEntry {
  readonly subject: 'application' | 'section' | 'permission' | 'level' | 'app' | 'vendor' | 'reseller';
  /** `section`, `section/permission`, `section/permission:level`, or the name; the head's, or the base's where it is removed. */
  readonly name: string;
  readonly title: string;
  readonly change: 'added' | 'removed' | 'renamed' | 'retitled' | 'described' | 'reordered' | 'changed';
  /** What was before, in words where it is no name or title ("for vendors too"); null where the change says it all. */
  readonly was: string | null;
  readonly place: SidePlace;
}

/** What a person gets who signs in for the first time. */
export interface ProvisioningDifference {
  readonly application: string;
  /** `default`, or the e-mail domain of a rule. */
  readonly rule: string;
  /** The connection of such a rule; null for the default. */
  readonly connection: string | null;
  /** Names of roles; null: none is given. */
  readonly base: string | null;
  readonly head: string | null;
  /** Of what the one role may do at the base and the other at the head; what one role gains meanwhile is told of the role. */
  readonly direction: TwoWayDirection;
  readonly severity: Severity;
  readonly place: SidePlace;
}

export interface EnvironmentDifference {
  readonly name: string;
  readonly action: 'new' | 'removed' | 'changed';
  readonly renamedFrom: string | null;
  /** In words: "token lifetime of productiv 1h, was 2h". Guards, protection and purpose are control changes. */
  readonly details: readonly string[];
  readonly place: SidePlace;
}
