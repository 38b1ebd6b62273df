/** The logical name of the component, the action and its binding; a stack has one at most. */
export const justInTimeName = 'just-in-time';

/** The action that gives roles at sign-in. Its code is made when the ids of the roles are known. */
export interface LoweredJustInTime {
  /** At the identity provider. Stacks may share a tenant, so the name has the stack's in it. */
  readonly name: string;
  /** The domain of the Management API. */
  readonly tenant: string;
  /** Those with a policy, sorted by name. */
  readonly applications: readonly LoweredSignIn[];
  /** False only in a passing stage, where a deployment is made that may have failed: see `withSignIn`. */
  readonly deploy: boolean;
  /** False only there: Auth0 binds nothing that was never deployed. */
  readonly bound: boolean;
  /** The machine that may give roles in a loopback tenant, where the stack's configuration names none. */
  readonly loopback: { readonly machine: Machine | null } | null;
}

export interface Machine {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Who is given what: the role of all for whom there is no rule, and the rules. */
export interface SignInRules<T> {
  readonly audience: string;
  readonly default: T;
  readonly byEmailDomain: readonly (T & { readonly domain: string; readonly connection: string })[];
}

export interface LoweredSignIn extends SignInRules<LoweredGiven> {
  readonly application: string;
  readonly tombstones: readonly [string, ...string[]];
}

export interface LoweredGiven {
  readonly role: string;
  readonly title: string;
  /** Of the role, whose id goes into the code. */
  readonly logicalName: string;
}
