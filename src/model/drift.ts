import type { Access, Direction } from './plan.ts';

/**
 * How a tenant differs from what is declared for it, as data. `widening`: somebody may do more there than is declared;
 * `narrowing`: less; `neutral`: neither.
 */
export interface Drift {
  readonly schemaVersion: 1;
  readonly stack: string;
  readonly tenant: string;
  /** Sorted by application; then the application, its catalog, its roles, its people. Empty: there is no drift. */
  readonly deviations: readonly Deviation[];
  readonly extent: DriftExtent;
  readonly summary: DriftSummary;
}

/** How far the comparison went. */
export interface DriftExtent {
  /** Roles of the tenant whose permissions were read, whoever's they are. */
  readonly rolesRead: number;
  readonly rolesDeclared: number;
  /** Roles of the tenant that were not read because the command line said so. */
  readonly rolesLeftOut: number;
  /** Whether the people who are declared to hold roles were looked for. */
  readonly peopleCompared: boolean;
  /** Roles that people are declared to hold. */
  readonly rolesWithPeople: number;
}

export interface DriftSummary {
  /** Deviations by direction. */
  readonly widening: number;
  readonly narrowing: number;
  readonly neutral: number;
  /** APIs that are missing, or differ in their settings or scopes. */
  readonly apisDiffering: number;
  readonly rolesDiffering: number;
  readonly rolesMissing: number;
  /** Each once, also where it holds permissions of several applications. */
  readonly rolesUndeclared: number;
  /** One permission of one role counts as one. */
  readonly permissionsMore: number;
  readonly permissionsLess: number;
  readonly peopleMissing: number;
  /** Deviations by which somebody may do more than is declared. */
  readonly dangerous: number;
  /** Deviations by which somebody may do nothing, or next to nothing. */
  readonly outages: number;
}

export type Deviation = ApiDeviation | CatalogDeviation | RoleDeviation | HolderDeviation;

interface AnyDeviation {
  readonly application: string;
  readonly direction: Direction;
  /** Why it must not wait; the gravest first. */
  readonly dangers: readonly Danger[];
  /** What ends it, the usual way first. */
  readonly repairs: readonly Repair[];
}

/**
 * `up` with a refresh makes the tenant what is declared; `adopt` declares what the tenant holds; a thing that only somebody at the
 * tenant can decide on is repaired by hand.
 */
export type Repair = 'up' | 'adopt' | 'by-hand';

/** `escalation`: somebody may do what nobody has declared; `outage`: somebody cannot do what they should, all of it at once. */
export interface Danger {
  readonly harm: 'escalation' | 'outage';
  readonly reason: DangerReason;
}

export type DangerReason =
  | 'roles-not-enforced'
  | 'restriction-lifted'
  | 'restriction-exchanged'
  | 'sensitive-access'
  | 'undeclared-access'
  | 'same-title'
  | 'longer-tokens'
  | 'api-missing'
  | 'marker-missing'
  | 'markers-clash'
  | 'restriction-laid-on';

/** One value, as it is declared and as the tenant has it. */
export interface Differing<T> {
  readonly declared: T;
  readonly observed: T;
}

/** An application's API. What does not differ is null. */
export interface ApiDeviation extends AnyDeviation {
  readonly subject: 'api';
  readonly situation: 'missing' | 'differs';
  readonly audience: string;
  readonly retitled: Differing<string> | null;
  readonly enforcement: Differing<boolean> | null;
  readonly tokenLifetimeSeconds: Differing<number> | null;
}

/** The scopes that an application's API offers. */
export interface CatalogDeviation extends AnyDeviation {
  readonly subject: 'catalog';
  readonly more: readonly Access[];
  readonly less: readonly Access[];
  /** Scopes whose description alone differs. */
  readonly redescribed: readonly Access[];
}

/**
 * A role. `missing`: declared, and not there; `undeclared`: there, with permissions of the application, and nobody declares it; `twin`:
 * it has the title of a declared role that is another one. One that holds permissions of several applications stands with each.
 */
export interface RoleDeviation extends AnyDeviation {
  readonly subject: 'role';
  readonly situation: 'differs' | 'missing' | 'undeclared' | 'twin';
  /** Its name in YAML; null for one that nobody declares. */
  readonly role: string | null;
  /** The title that is declared; without a declaration, the tenant's. */
  readonly title: string;
  /** Its id at the tenant; null for a missing one. */
  readonly id: string | null;
  /** By what a role with another title was taken for the declared one; null where the title says it. */
  readonly knownBy: 'marker' | 'description' | 'permissions' | null;
  readonly retitled: Differing<string> | null;
  readonly redescribed: Differing<string> | null;
  /** Permissions of the application that it holds, and is not declared to hold. */
  readonly more: readonly Access[];
  /** Permissions that it is declared to hold, and does not. */
  readonly less: readonly Access[];
  /** What a declared role holds of other APIs; a role is declared to hold permissions of its own alone. */
  readonly elsewhere: readonly AccessElsewhere[];
}

export interface AccessElsewhere {
  readonly audience: string;
  /** The application whose API it is; null for one that the environment does not have. */
  readonly application: string | null;
  readonly access: readonly Access[];
}

/** Somebody who is declared to hold a role, and does not. Whoever else holds it is left alone, and is no drift. */
export interface HolderDeviation extends AnyDeviation {
  readonly subject: 'holder';
  readonly role: string;
  /** The role's. */
  readonly title: string;
  /** An id, or an address with its connection, as it is written. */
  readonly account: string;
  readonly assignment: string;
}
