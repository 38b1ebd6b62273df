import type { Place } from '../language/source.ts';

/** What an environment is for; `onlyIn` and `never` speak of it. */
export type Purpose = 'development' | 'staging' | 'production';
/** The identity providers that there are. */
export type TargetName = 'auth0' | 'keycloak';

/** What a person loses when a permission (at a level) is denied. Lists keep the order of the file. */
export interface DenialEffects {
  readonly hidden: readonly string[];
  readonly refused: readonly string[];
  readonly remains: readonly string[];
  /** Why nothing is said; null where effects are given, or where nothing is known and nothing is said. */
  readonly undocumented: string | null;
}

/** One step of a permission, lowest first; a higher level includes those below it. */
export interface Level {
  readonly name: string;
  readonly title: string;
  /** 0 is the lowest. */
  readonly rank: number;
  readonly scope: string;
  /** Scopes that it had under former names of its permission, as far as they can be known, oldest first. */
  readonly formerScopes: readonly string[];
  readonly sensitive: boolean;
  /** Whether who is restricted to an app reaches the app's vendor and resellers with it. */
  readonly alsoForVendors: boolean;
  readonly whenDenied: DenialEffects | null;
  readonly place: Place;
}

/** One thing a person may do. It has levels, or a scope of its own. */
export interface Permission {
  readonly section: string;
  readonly name: string;
  /** `section/permission`, without a level. */
  readonly reference: string;
  readonly title: string;
  readonly description: string | null;
  /** `apps`: narrowed by a restriction. null: application-wide. */
  readonly restrictedBy: 'apps' | null;
  readonly levels: readonly Level[];
  /** The scope of a permission without levels; null where levels carry the scopes. */
  readonly scope: string | null;
  /** Scopes that it had under its former names, as far as they can be known, oldest first; empty where levels carry them. */
  readonly formerScopes: readonly string[];
  readonly sensitive: boolean;
  readonly alsoForVendors: boolean;
  readonly whenDenied: DenialEffects | null;
  /** References (with level where there are levels) that a role with this permission must hold too. */
  readonly requires: readonly Reference[];
  /** Whole old references, oldest first. */
  readonly formerly: readonly string[];
  readonly place: Place;
}

/** A reference to a permission as written: `text` is the string, `permission` and `level` what it names. */
export interface Reference {
  readonly text: string;
  /** `section/permission`. */
  readonly permission: string;
  readonly level: string | null;
  readonly place: Place;
}

/** A part of a catalog. */
export interface Section {
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  readonly permissions: readonly Permission[];
  readonly place: Place;
}

/** A product tracked inside an application; restrictions list these. */
export interface App {
  readonly name: string;
  readonly title: string;
  readonly vendor: string | null;
  readonly resellers: readonly string[];
  /** Old names, oldest first; the scope keeps the oldest. */
  readonly formerly: readonly string[];
  readonly place: Place;
}

/** Who makes an app, with those who sell everything of theirs. */
export type Vendor = Omit<App, 'vendor'>;

/** A name that stands in a list, with its place. */
export interface Named {
  readonly name: string;
  readonly place: Place;
}

/** What every document under `metadata` may say of itself. It gives and takes no permission. */
export interface Identity {
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  readonly owners: readonly string[];
  readonly formerly: readonly string[];
  readonly silences: readonly Silence[];
  /** The token of the name. */
  readonly place: Place;
}

/** A role as written and linked: names are known to exist, inheritance is not yet followed. */
export interface Role extends Identity {
  readonly assignable: boolean;
  readonly restrictable: boolean;
  readonly onlyIn: readonly Purpose[] | null;
  readonly inherits: readonly Named[];
  readonly grants: readonly Reference[];
  readonly covers: readonly Coverage[];
  /** Whether every grant was understood; where not, nothing can be said of what it lacks. */
  readonly isWhole: boolean;
}

/** A promise to have decided on every permission of a section. A check, never a grant. */
export interface Coverage {
  readonly section: Named;
  /** `section/permission`, without level. */
  readonly except: readonly Named[];
}

/** A base role narrowed to a list of apps. */
export interface CustomRole extends Identity {
  readonly base: Named;
  readonly apps: readonly Named[];
  readonly onlyIn: readonly Purpose[] | null;
}

/** Just-in-time provisioning: the role of a person who signs in for the first time. */
export interface ProvisioningPolicy extends Identity {
  readonly enabled: boolean;
  readonly default: Named & { readonly allApps: boolean };
  readonly byEmailDomain: readonly EmailDomainRule[];
}

export interface EmailDomainRule {
  readonly domain: string;
  readonly connection: string;
  readonly role: Named & { readonly allApps: boolean };
  readonly place: Place;
}

/** Who holds a role, and for which apps. */
export interface Assignment extends Identity {
  /** The role or custom role that is held. */
  readonly role: Named;
  /** The apps that the role is narrowed to; empty where it is held as it is. */
  readonly apps: readonly Named[];
  readonly allApps: boolean;
  readonly users: readonly AssignedUser[];
}

/** A person in an assignment. */
export interface AssignedUser {
  readonly account: Account;
  readonly reason: string | null;
  /** The last day, `YYYY-MM-DD` in UTC; null: no end. */
  readonly validThrough: string | null;
  readonly place: Place;
}

/** An account at the identity provider: by its id, or as the one with this verified address on this connection. */
export type Account =
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'email'; readonly email: string; readonly connection: string };

/** A rule over roles, with the applications of its names known. */
export interface Constraint extends Identity {
  /** null where it spans applications. */
  readonly application: string | null;
  readonly rule: Rule;
  readonly exceptions: readonly Exception[];
}

/** A permission or role with the application that it belongs to. */
export interface Qualified<T> {
  readonly application: string;
  readonly value: T;
}

export type Rule =
  | { readonly kind: 'separate'; readonly permissions: readonly Qualified<Reference>[] }
  | {
      readonly kind: 'supervises';
      readonly supervisor: Qualified<Named>;
      readonly supervised: readonly Qualified<Named>[];
    }
  | {
      readonly kind: 'reserved';
      readonly permissions: readonly Qualified<Reference>[];
      readonly roles: readonly Qualified<Named>[];
    }
  | {
      readonly kind: 'holders';
      readonly role: Qualified<Named>;
      readonly atLeast: number | null;
      readonly atMost: number | null;
    }
  | { readonly kind: 'never'; readonly permissions: readonly Qualified<Reference>[]; readonly purpose: Purpose };

/** What is excepted from a constraint, by whom, why and until when. */
export interface Exception {
  readonly role: Qualified<Named> | null;
  readonly assignment: Qualified<Named> | null;
  readonly permission: Qualified<Reference> | null;
  readonly user: Named | null;
  readonly owner: string;
  readonly reason: string;
  /** The last day, `YYYY-MM-DD` in UTC. */
  readonly validThrough: string;
  /** The token of the last day. */
  readonly place: Place;
}

/** One expectation of a RoleTest. */
export interface Expectation {
  readonly subject: Named & { readonly kind: 'role' | 'assignment' };
  readonly app: Named | null;
  readonly can: readonly Reference[];
  readonly cannot: readonly Reference[];
  /** null: the whole set is not told. */
  readonly exact: readonly Reference[] | null;
  /** Where `exact` stands, or the subject. */
  readonly place: Place;
}

export interface RoleTest extends Identity {
  readonly application: string;
  readonly tests: readonly Expectation[];
}

/** Advice that does not apply to a document. */
export interface Silence {
  readonly lint: Named;
  readonly reason: string;
}

/** An application with all that is declared of it, linked. Lists are sorted by name, the catalog keeps its order. */
export interface Application extends Identity {
  readonly version: string;
  readonly sections: readonly Section[];
  /** References that are not used again for something else. */
  readonly retired: readonly Named[];
  readonly vendors: readonly Vendor[];
  readonly apps: readonly App[];
  readonly hasAppDirectory: boolean;
  readonly roles: readonly Role[];
  readonly customRoles: readonly CustomRole[];
  readonly assignments: readonly Assignment[];
  readonly roleTests: readonly RoleTest[];
  readonly provisioning: ProvisioningPolicy | null;
}

/** Limits on a plan that an environment declares. */
export interface Guards {
  /** Largest share of all grants, 0 to 1, that one plan may take away. */
  readonly maximumRemoval: number | null;
  readonly requiredRoles: readonly RequiredRole[];
}

export interface RequiredRole {
  /** `application/role`. */
  readonly role: string;
  readonly application: string;
  readonly name: string;
  readonly minimumHolders: number | null;
  readonly place: Place;
}

/** What differs between stacks. It cannot widen a role. */
export interface Environment extends Identity {
  readonly purpose: Purpose;
  readonly target: TargetName;
  /** The tenant's domain, or `loopback` (in development only); of Keycloak with `/realms/<realm>` behind it. */
  readonly tenant: string;
  readonly applications: readonly EnvironmentApplication[];
  readonly protect: boolean;
  readonly guards: Guards;
}

export interface EnvironmentApplication {
  readonly name: string;
  readonly audience: string;
  readonly tokenLifetimeSeconds: number;
  readonly place: Place;
  readonly audiencePlace: Place;
}

/** Everything that the files of a repository declare, linked: every name is known to exist. */
export interface Definitions {
  readonly applications: readonly Application[];
  readonly constraints: readonly Constraint[];
  readonly environments: readonly Environment[];
}
