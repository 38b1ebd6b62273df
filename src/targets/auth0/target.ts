import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Target } from '../../stack/target.ts';
import type { ConnectOptions, Tenant } from '../../stack/tenant.ts';
import { lower } from './lower.ts';
import { lowerJustInTime } from './lower-just-in-time.ts';
import { holdersAmong } from './observe-holders.ts';
import { observePeople } from './observe-people.ts';
import { observeTenant } from './observe-tenant.ts';
import { kindOf } from './resources.ts';
import { readAction } from './tenant-actions.ts';
import { connectTenant } from './tenant-client.ts';
import { checkTenant, domainOf } from './tenant-domain.ts';
import { hasAccount, readAccounts, readApis, readHolders, readRoles } from './tenant-reader.ts';

/** Auth0, through the provider that Pulumi has for it. */
export const auth0: Target = {
  name: 'auth0',
  advice: {
    address: 'check AUTH0_DOMAIN and the network; for the loopback tenant, whether `rolewright emulator` still runs',
    credentials: 'check AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or get a new AUTH0_API_TOKEN',
    scopes: 'grant the machine the scopes that are named, in the APIs tab of its Auth0 application',
  },
  plugin: { name: 'auth0', version: neededVersion, folder: null },
  kindOf,
  // The words of all targets are the ones of this provider.
  holds: (_kind, properties) => properties,
  checkTenant,
  addressOf: (_environment, env) => domainOf(env),
  apiSettings: ['name', 'identifier', 'enforcePolicies', 'tokenDialect', 'tokenLifetime', 'tokenLifetimeForWeb'],
  connect,
  lower,
  tombstonesOf: (desired) => (lowerJustInTime(desired, {})?.applications ?? []).flatMap((one) => one.tombstones),
  // Loaded by who needs it: the provider's package takes its time.
  register: async (lowered, options) => (await import('./register.ts')).register(lowered, options),
};

function connect(options: ConnectOptions): Tenant {
  const client = connectTenant(options);
  return {
    readRoles: () => readRoles(client),
    readApis: (identifiers) => readApis(client, identifiers),
    readHolders: (roleId) => readHolders(client, roleId),
    holdersAmong: (roleId, userIds) => holdersAmong(client, roleId, userIds),
    readAccounts: (addresses) => readAccounts(client, addresses),
    hasAccount: (id) => hasAccount(client, id),
    readAction: (name) => readAction(client, name),
    observe: (selection) => observeTenant(client, selection),
    observePeople: (selection) => observePeople(client, selection),
    probe: async () => {
      await client.get('/roles?per_page=1');
    },
  };
}

/** The version of the plugin that the installed `@pulumi/auth0` asks for. */
async function neededVersion(): Promise<string> {
  const path = createRequire(import.meta.url).resolve('@pulumi/auth0/package.json');
  const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string };
  return version;
}
