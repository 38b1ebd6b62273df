/**
 * What an identity provider holds, as it was read: target-neutral, the counterpart of `DesiredState`. Whose it is, is not
 * known here; whoever compares the two says so.
 */
export interface ObservedState {
  /** The tenant's domain. */
  readonly tenant: string;
  /** Sorted by audience. */
  readonly apis: readonly ObservedApi[];
  /** Sorted by title, then by id. */
  readonly roles: readonly ObservedRole[];
}

/** An application as the identity provider has it. */
export interface ObservedApi {
  readonly id: string;
  readonly audience: string;
  readonly title: string;
  /** One of the identity provider's own, which nobody may change. */
  readonly system: boolean;
  /** Whether tokens carry the permissions that roles give, and no others may be asked for. */
  readonly enforced: boolean;
  readonly tokenLifetimeSeconds: number | null;
  /** Sorted by value. */
  readonly scopes: readonly { readonly value: string; readonly description: string }[];
}

export interface ObservedRole {
  readonly id: string;
  readonly title: string;
  /** Empty where there is none. */
  readonly description: string;
  /** Of all APIs of the tenant, sorted by audience, then by scope. */
  readonly grants: readonly ObservedGrant[];
}

export interface ObservedGrant {
  readonly audience: string;
  readonly scope: string;
}
