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

const clientSetting = 'client';

/** The clients asked for; if there are none, the one that the store has kept, or a new one. */
export function knownClients(
  store: Store,
  options: readonly ClientOptions[] | undefined,
): readonly [Client, ...Client[]] {
  const [first, ...others] = (options ?? []).map((client) => ({
    ...client,
    scopes: client.scopes ?? managementScopes,
  }));
  if (first !== undefined) {
    return [first, ...others];
  }
  const kept = store.settings.get(clientSetting);
  const [clientId = '', clientSecret = ''] = kept?.split(' ') ?? [randomAlphanumeric(32), randomAlphanumeric(64)];
  store.settings.set(clientSetting, `${clientId} ${clientSecret}`);
  return [{ clientId, clientSecret, scopes: managementScopes }];
}
