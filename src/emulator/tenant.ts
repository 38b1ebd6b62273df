import type { HttpBindings } from '@hono/node-server';
import type { EntityLimits } from './entity-limits.ts';
import type { Store } from './store.ts';
import type { TokenService } from './tokens.ts';

/** What `PATCH` of `scopes` does to a scope that a role or a person holds: nobody knows which of the two Auth0 does. */
export type ScopeRemoval = 'cascade' | 'refuse';

/** A machine that may ask for tokens, and the scopes it is granted. */
export interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
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
}

/** What Hono knows about a request here: Node's own objects, and the scopes of the token. */
export interface EmulatorEnv {
  readonly Bindings: HttpBindings;
  readonly Variables: { scopes: ReadonlySet<string> };
}
