import { randomAlphanumeric } from './ids.ts';
import { managementScopes } from './management-api.ts';
import type { Store } from './store.ts';
import type { Client } from './tenant.ts';

/** A machine as the starter names it; absent scopes: all. */
export interface ClientOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes?: readonly string[];
}

/** A client that asks for tokens in its own name. */
export interface Machine extends Client {
  readonly clientSecret: string;
}

/** Auth0's own grant: as `password`, at a connection that is named. */
export const passwordRealmGrant = 'http://auth0.com/oauth/grant-type/password-realm';

const clientSetting = 'client';

/** The clients asked for; if there are none, the one that the store has kept, or a new one. */
export function knownClients(
  store: Store,
  options: readonly ClientOptions[] | undefined,
): readonly [Machine, ...Machine[]] {
  const [first, ...others] = (options ?? []).map(({ clientId, clientSecret, scopes }) =>
    machine(clientId, clientSecret, scopes ?? managementScopes),
  );
  if (first !== undefined) {
    return [first, ...others];
  }
  const kept = store.settings.get(clientSetting);
  const [clientId = '', clientSecret = ''] = kept?.split(' ') ?? [randomAlphanumeric(32), randomAlphanumeric(64)];
  store.settings.set(clientSetting, `${clientId} ${clientSecret}`);
  return [machine(clientId, clientSecret, managementScopes)];
}

/** The application that people sign in with: a public one, the same in every loopback tenant. */
export const application: Client = {
  clientId: 'loopback-application',
  clientSecret: null,
  name: 'Loopback application',
  type: 'native',
  scopes: [],
  grantTypes: ['password', passwordRealmGrant, 'authorization_code'],
};

function machine(clientId: string, clientSecret: string, scopes: readonly string[]): Machine {
  return {
    ...{ clientId, clientSecret, scopes },
    name: `Machine ${clientId}`,
    type: 'non_interactive',
    grantTypes: ['client_credentials'],
  };
}
