import type { TwoWayDirection } from '../../model/difference.ts';

/** One thing that a commit changed for one role, custom role or narrowing assignment, or for who gets it. */
export type Change = SubjectChange | PermissionChange | ReachChange | PersonChange | NewcomerChange;

/** Whom a change concerns, as they are called after it; before it, where they are removed. */
export interface ChangedSubject {
  readonly application: string;
  readonly kind: 'role' | 'custom-role' | 'assignment';
  readonly name: string;
  readonly title: string;
  readonly direction: TwoWayDirection;
}

/** Of a new and of a removed one, the permissions are changes of their own, and what it is narrowed to stands here. */
export interface SubjectChange extends ChangedSubject {
  readonly what: 'subject';
  readonly change: 'new' | 'removed' | 'renamed' | 'purposes';
  /** The old name, or the purposes of environments that had it; null for all of them, and for a new one. */
  readonly before: string | null;
  readonly after: string | null;
  /** Titles of the apps of a new or removed one that is narrowed. */
  readonly apps: readonly string[] | null;
  /** How many permissions a new or removed one holds. */
  readonly permissions: number;
}

export interface PermissionChange extends ChangedSubject {
  readonly what: 'permission';
  readonly change: 'given' | 'taken' | 'raised' | 'lowered' | 'changed';
  /** `section/permission`, as it is called after the change; before it, where the catalog has it no more. */
  readonly permission: string;
  readonly permissionTitle: string;
  readonly before: HeldLevel | null;
  readonly after: HeldLevel | null;
  /** The levels that are gained or held for more, lowest first, and those that are lost or held for less; null: it has none. */
  readonly gained: readonly (string | null)[];
  readonly lost: readonly (string | null)[];
  /** Whether a level is sensitive that is gained, lost, or held for more or less; by the word of before or after. */
  readonly sensitive: boolean;
  /** The role whose line gives it now, or gave what is lost, where that is another one. */
  readonly through: string | null;
}

export interface HeldLevel {
  /** null for a permission without levels. */
  readonly level: string | null;
  readonly title: string | null;
  /** Whether it is held for all apps. */
  readonly everywhere: boolean;
  /** The levels that reach the vendors and resellers of the apps held; empty where it is held everywhere. */
  readonly forVendors: readonly string[];
}

/** An app, vendor or reseller that somebody who is narrowed comes to reach, or reaches no longer. */
export interface ReachChange extends ChangedSubject {
  readonly what: 'reach';
  readonly change: 'given' | 'taken';
  readonly thing: {
    readonly kind: 'app' | 'vendor' | 'reseller' | 'all-apps';
    readonly name: string;
    readonly title: string;
  };
}

/** Somebody who is given a role, holds it no longer, or for another time. Last days; null: no end, or not there. */
export interface PersonChange extends ChangedSubject {
  readonly what: 'person';
  readonly change: 'added' | 'removed' | 'extended' | 'shortened';
  readonly account: string;
  readonly assignment: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Whoever signs in for the first time is given the role, or no longer. */
export interface NewcomerChange extends ChangedSubject {
  readonly what: 'newcomer';
  readonly change: 'given' | 'taken';
  /** `default`, or the e-mail domain. */
  readonly rule: string;
}

/** A name within its application: `application/name`, or `application/section/permission`. */
export type FullName = string;

/** What names of before are called after; null: nothing is called so any more. */
export type Renames = ReadonlyMap<FullName, FullName | null>;

/** What differs between the holdings of two revisions. */
export interface Comparison {
  readonly changes: readonly Change[];
  readonly subjects: Renames;
  readonly permissions: Renames;
}
