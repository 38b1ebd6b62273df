import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Target } from '../../stack/target.ts';
import { lower } from './lower.ts';
import { addressOf, checkTenant } from './realm-address.ts';
import { holds, kindOf } from './resource-kinds.ts';
import { packageName } from './resource-types.ts';
import { connectRealm } from './tenant.ts';

/** Keycloak, through a provider of our own. */
export const keycloak: Target = {
  name: 'keycloak',
  advice: {
    address: 'check KEYCLOAK_URL and the network; for a server of this machine, whether it still runs',
    credentials:
      'check KEYCLOAK_CLIENT_ID and KEYCLOAK_CLIENT_SECRET, or KEYCLOAK_USER and KEYCLOAK_PASSWORD, and KEYCLOAK_REALM, where they are known',
    // Tried one by one, as test/keycloak/rights.test.ts does again.
    scopes:
      'give the account, of the client realm-management of the realm, the roles manage-realm and manage-clients, and manage-users where people are assigned; to look only, view-realm, view-clients and view-users are enough',
  },
  plugin: {
    name: packageName,
    version: ownVersion,
    folder: fileURLToPath(new URL('provider/bin', import.meta.url)),
  },
  kindOf,
  holds,
  checkTenant,
  addressOf,
  apiSettings: ['name', 'identifier', 'tokenLifetime', 'claim', 'realm'],
  connect: connectRealm,
  lower,
  // A realm's default is nothing that anybody was given once.
  tombstonesOf: () => [],
  // Loaded by who needs it: the engine's package takes its time.
  register: async (lowered, options) => (await import('./register.ts')).register(lowered, options),
};

/** The plugin comes with Rolewright, in the same version. */
async function ownVersion(): Promise<string> {
  const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
