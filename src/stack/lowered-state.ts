import type { Pins } from './accounts.ts';
import type { LoweredJustInTime } from './lowered-just-in-time.ts';

/**
 * What the identity provider should hold, as resources of a stack: plain data, sorted, made before anything is registered. A
 * target makes it and registers it; whoever plans a change knows nothing else of a target.
 */
export interface LoweredState {
  readonly applications: readonly LoweredApplication[];
  /** Whether what people depend on may be deleted only after it has been unprotected. */
  readonly protect: boolean;
  /** The accounts of all addresses, to be kept in the state. */
  readonly pins: Pins;
  /** The action that gives roles at sign-in; null where nobody is given one, or the target has another way. */
  readonly justInTime: LoweredJustInTime | null;
  readonly digest: string;
}

export interface LoweredApplication {
  /** The logical name of the component, the API and its scopes. */
  readonly name: string;
  /** Old logical names, oldest first. */
  readonly formerly: readonly string[];
  readonly api: LoweredApi;
  /** Sorted by name. */
  readonly scopes: readonly { readonly name: string; readonly description: string }[];
  /** Former names of scopes by their names. */
  readonly formerScopes: Readonly<Record<string, readonly string[]>>;
  readonly roles: readonly LoweredRole[];
  /** The logical name of the role that everybody holds who signs in; null where there is none, or the target has an action. */
  readonly defaultRole: string | null;
}

/** An application's API, with what settings the target has besides: single values, which are compared as they stand. */
export interface LoweredApi {
  readonly name: string;
  /** The audience. */
  readonly identifier: string;
  /** Seconds. */
  readonly tokenLifetime: number;
  readonly [setting: string]: string | number | boolean;
}

export interface LoweredRole {
  /** `<application>.<role>`: the logical name of the component, the role and its grants. */
  readonly logicalName: string;
  readonly formerly: readonly string[];
  readonly name: string;
  readonly description: string;
  /** Names of scopes, sorted; where empty, no grants are declared: the Auth0 provider fails on an empty set. */
  readonly scopes: readonly string[];
  /** Whoever else holds it is left alone. */
  readonly holders: readonly LoweredHolder[];
}

/** One person who is to hold the role that it stands with. */
export interface LoweredHolder {
  /**
   * `<application>.<role>.<account>`, by the account's id however it is declared: who is declared by address today and
   * by id tomorrow, or by another assignment, goes on holding the role. It begins with the role's own logical name, so that it
   * follows that through a rename.
   */
  readonly logicalName: string;
  readonly userId: string;
}
