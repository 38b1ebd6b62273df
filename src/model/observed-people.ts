import type { ObservedGrant } from './observed-state.ts';

/** Who holds what at an identity provider, as it was read, with what was left unread: silence is no proof of absence. */
export interface ObservedPeople {
  /** Everybody who was found to hold one of the roles asked for, or a permission directly; sorted by id. */
  readonly people: readonly ObservedPerson[];
  /** Whose direct permissions were read: those of nobody, of who holds one of the roles, or of every user. */
  readonly directPermissions: 'nobody' | 'holders' | 'everybody';
  /** Users whose direct permissions were asked for in vain, because the identity provider lists no more than a thousand. */
  readonly unlistedUsers: number;
  /** How many organizations were read; null where nobody asked for them. */
  readonly organizations: number | null;
}

export interface ObservedPerson {
  readonly id: string;
  /** An address that nobody may have verified; null where there is none. */
  readonly email: string | null;
  /** Ids of the roles that the person holds in the tenant itself, sorted. */
  readonly roles: readonly string[];
  /** Roles that count only where the person signs in through an organization; sorted by organization. */
  readonly memberships: readonly { readonly organization: string; readonly roles: readonly string[] }[];
  /** Permissions without a role, sorted by audience, then by scope; empty where they were not read. */
  readonly direct: readonly ObservedGrant[];
  readonly blocked: boolean;
  /** The accounts behind it, each with the address that its own connection knows; several where accounts are linked. */
  readonly identities: readonly ObservedIdentity[];
  /** Ids of roles that the account was given when somebody signed in with it for the first time, as it remembers; sorted. */
  readonly defaultRoles: readonly string[];
}

export interface ObservedIdentity {
  readonly connection: string;
  readonly email: string;
  readonly verified: boolean;
}
