/**
 * The change from what is to what is desired, as data. `widening`: somebody may do more; `narrowing`: somebody may do
 * less; `neutral`: nobody may do more or less.
 */
export interface Plan {
  readonly schemaVersion: 1;
  readonly stack: string;
  readonly tenant: string;
  /** Sorted: by application, then applications, catalogs, roles, people, what newcomers are given, then by name. */
  readonly changes: readonly Change[];
  readonly summary: PlanSummary;
}

/** Counts over the changes; `grants…` count one permission of one role as one. */
export interface PlanSummary {
  readonly rolesCreated: number;
  readonly rolesChanged: number;
  readonly rolesRemoved: number;
  readonly grantsAdded: number;
  readonly grantsRemoved: number;
  readonly applicationsCreated: number;
  readonly applicationsRemoved: number;
  /** One person and one role count as one. */
  readonly peopleAdded: number;
  readonly peopleRemoved: number;
  /** Rules of what people are given at their first sign-in that come, change or go; absent where none does. */
  readonly provisioningChanged?: number;
  /** Default roles, which everybody holds, that come, change or go; absent where none does. */
  readonly defaultRolesChanged?: number;
}

export type Direction = 'widening' | 'narrowing' | 'neutral';

/** A permission as a reader knows it, at the highest level that a change concerns. */
export interface Access {
  /** The scopes that stand for it. */
  readonly scopes: readonly string[];
  /** `section/permission:level`, or the name of an app, vendor, reseller or restriction; null for a scope that nobody declares any more. */
  readonly reference: string | null;
  readonly title: string;
  /** The level's title; null where there is none. */
  readonly level: string | null;
  readonly kind: 'permission' | 'app' | 'vendor' | 'reseller' | 'restriction' | 'unknown';
  readonly sensitive: boolean;
}

export type Change = ApplicationChange | CatalogChange | RoleChange | HolderChange | ProvisioningChange;

export interface ApplicationChange {
  readonly subject: 'application';
  readonly action: 'create' | 'adopt' | 'update' | 'remove';
  readonly application: string;
  readonly title: string;
  readonly direction: Direction;
  /** What differs, in words: "token lifetime 1h, was 2h". */
  readonly details: readonly string[];
}

/** Scopes that the application's API comes to offer, or offers no longer. */
export interface CatalogChange {
  readonly subject: 'catalog';
  readonly action: 'create' | 'adopt' | 'update' | 'remove';
  readonly application: string;
  readonly title: string;
  readonly direction: Direction;
  readonly added: readonly Access[];
  readonly removed: readonly Access[];
  /** Scopes whose description alone changes. */
  readonly described: readonly Access[];
}

export interface RoleChange {
  readonly subject: 'role';
  readonly action: 'create' | 'adopt' | 'update' | 'remove';
  readonly application: string;
  /** The name in YAML, the old one for a removed role. */
  readonly role: string;
  readonly title: string;
  readonly direction: Direction;
  readonly gains: readonly Access[];
  readonly loses: readonly Access[];
  /** The old name, where it is renamed; id and holders stay. */
  readonly renamedFrom: string | null;
  /** The old title, where it is retitled. */
  readonly retitledFrom: string | null;
  readonly described: boolean;
}

/** Somebody who is given a role, or holds it no longer; whatever else the person holds is left alone. */
export interface HolderChange {
  readonly subject: 'holder';
  readonly action: 'add' | 'remove';
  readonly application: string;
  readonly role: string;
  /** The role's. */
  readonly title: string;
  /** An id, or an address with its connection, as it is written; with the id where the address has come to be another account. */
  readonly account: string;
  /** The assignment that says so; null where none says so any more. */
  readonly assignment: string | null;
  readonly direction: Direction;
}

/** What people are given without being named. */
export interface ProvisioningChange {
  readonly subject: 'provisioning';
  /**
   * `newcomers`: who signs in for the first time, once and for all. `everybody`: all people of the identity provider, those who
   * are there already too, as long as it is declared and whatever the role comes to hold.
   */
  readonly reach: 'newcomers' | 'everybody';
  /** `rewrite`: the code that gives it is another; nobody is given anything else. */
  readonly action: 'add' | 'update' | 'remove' | 'rewrite';
  readonly application: string;
  /** The role that is given, or was. */
  readonly role: string;
  /** The role's. */
  readonly title: string;
  /** Whose addresses a rule is for, and the connection that they must come over; null: everybody for whom there is no rule. */
  readonly domain: string | null;
  readonly connection: string | null;
  /** The title of the role that was given, where another one is now. */
  readonly formerTitle: string | null;
  readonly direction: Direction;
}
