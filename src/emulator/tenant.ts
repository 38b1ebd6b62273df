import type { HttpBindings } from '@hono/node-server';
import type { Cache } from './action-protocol.ts';
import type { Codes } from './authorization-codes.ts';
import type { EntityLimits } from './entity-limits.ts';
import type { Execution, RunActions } from './run-actions.ts';
import type { SecretValues } from './secret-values.ts';
import type { Store } from './store.ts';
import type { TokenService } from './tokens.ts';

/** What `PATCH` of `scopes` does to a scope that a role or a person holds: nobody knows which of the two Auth0 does. */
export type ScopeRemoval = 'cascade' | 'refuse';

/** Who may ask for tokens: a machine, or an application that people sign in with. */
export interface Client {
  readonly clientId: string;
  /** null: a public client, which has none. */
  readonly clientSecret: string | null;
  readonly name: string;
  readonly type: 'non_interactive' | 'native';
  /** What it is granted of the Management API. */
  readonly scopes: readonly string[];
  readonly grantTypes: readonly string[];
}

/** Everything that the routes share. */
export interface Tenant {
  /** `127.0.0.1:<port>` */
  readonly domain: string;
  readonly store: Store;
  readonly tokens: TokenService;
  readonly clients: readonly Client[];
  readonly scopeRemoval: ScopeRemoval;
  readonly limits: EntityLimits;
  /** How many reads see an action with npm dependencies `building`. */
  readonly readsToBuild: number;
  readonly secretValues: SecretValues;
  readonly runActions: RunActions;
  /** What ran, the oldest first; it is added to. */
  readonly executions: Execution[];
  readonly codes: Codes;
  /** What actions keep between two sign-ins. */
  readonly cache: { postLogin: Cache };
}

/** What Hono knows about a request here: Node's own objects, and the scopes of the token. */
export interface EmulatorEnv {
  readonly Bindings: HttpBindings;
  readonly Variables: { scopes: ReadonlySet<string> };
}
