import type { Purpose } from '../../model/definitions.ts';

/**
 * What everybody holds according to one revision, and nothing that says why: small enough to be kept for every revision
 * of a repository. Plain JSON; lists are sorted as in the effective model.
 */
export interface Holdings {
  readonly applications: readonly HeldApplication[];
}

/** Whatever has a name, and had others before; `formerly` has the oldest first. */
export interface Known {
  readonly name: string;
  readonly title: string;
  readonly formerly: readonly string[];
}

export interface HeldApplication extends Known {
  /** The catalog, in its order. */
  readonly permissions: readonly KnownPermission[];
  readonly apps: readonly Known[];
  readonly vendors: readonly Known[];
  /** Roles, custom roles, and assignments that narrow: whatever becomes a role at the identity provider. */
  readonly subjects: readonly HeldSubject[];
  /** Roles that nobody can hold. */
  readonly buildingBlocks: readonly string[];
  readonly newcomers: readonly Newcomer[];
}

/** A permission of the catalog; its name is `section/permission`. One without levels has one, without a name. */
export interface KnownPermission extends Known {
  readonly levels: readonly KnownLevel[];
}

export interface KnownLevel {
  readonly name: string | null;
  readonly title: string | null;
  readonly scope: string;
  readonly sensitive: boolean;
  readonly alsoForVendors: boolean;
}

export interface HeldSubject extends Known {
  readonly kind: 'role' | 'custom-role' | 'assignment';
  /** null: in all environments. */
  readonly onlyIn: readonly Purpose[] | null;
  readonly reach: Reach | null;
  readonly held: readonly HeldPermission[];
  readonly people: readonly HeldPerson[];
}

/** What somebody is narrowed to, by name. */
export interface Reach {
  readonly apps: readonly string[];
  readonly vendors: readonly string[];
  readonly resellers: readonly string[];
}

export interface HeldPermission {
  /** `section/permission`. */
  readonly permission: string;
  /** The highest level held: its place among the levels, 0 for the lowest. */
  readonly rank: number;
  /** Whether it is held for all apps. */
  readonly everywhere: boolean;
  /** The role whose line grants it, where that is another one. */
  readonly through: string | null;
}

export interface HeldPerson {
  readonly account: string;
  /** The last day, `YYYY-MM-DD`; null: no end. */
  readonly until: string | null;
  readonly assignment: string;
}

/** A role that whoever signs in for the first time is given. */
export interface Newcomer {
  /** `default`, or the e-mail domain. */
  readonly rule: string;
  readonly role: string;
}
