import type { ConnectOptions, Tenant } from '../../stack/tenant.ts';
import { TenantError } from '../../stack/tenant-error.ts';
import { hasIdentityProviders, readAccounts, readUser } from './accounts.ts';
import { observePeople } from './observe-people.ts';
import { observeRealm } from './observe-realm.ts';
import { path } from './provider/kind.ts';
import { realmAddress } from './realm-address.ts';
import type { RealmClient } from './realm-client.ts';
import { connectKeycloak } from './realm-client.ts';
import type { Realm } from './realm-reader.ts';
import { readApis, readRealmRoles, readSettings, tenantRole } from './realm-reader.ts';
import { holdersAmong, readHolders } from './role-holders.ts';

/**
 * The realm of an environment's tenant, on the server that KEYCLOAK_URL names. A token is asked for at the first call only.
 *
 * @throws TenantError where the tenant names no realm, which `checkTenant` refuses before
 */
export function connectRealm(options: ConnectOptions): Tenant {
  const address = realmAddress(options.tenant);
  if (address === null) throw new TenantError(`404 ${options.tenant} names no realm`);
  const realm = realmOn(connectKeycloak(options), address.realm);
  const { client, name } = realm;
  return {
    // Keycloak's own as well: they, too, are in the way of a role of their name.
    readRoles: async () => (await readRealmRoles(realm)).map((role) => tenantRole(name, role)),
    readApis: (identifiers) => readApis(realm, identifiers),
    readHolders: (roleId) => readHolders(realm, roleId),
    holdersAmong: (roleId, userIds) => holdersAmong(realm, roleId, userIds),
    readAccounts: (addresses) => readAccounts(realm, addresses),
    hasAccount: async (id) => (await readUser(realm, id)) !== null,
    // Keycloak gives a default role by itself; nothing of ours runs at a sign-in.
    readAction: async () => null,
    observe: (selection) => observeRealm(realm, selection),
    observePeople: (selection) => observePeople(realm, selection),
    probe: async () => {
      await client.get(`${path(name, 'roles')}?briefRepresentation=true&first=0&max=1`);
    },
  };
}

/** A realm that asks once for what does not change while a run goes on. */
export function realmOn(client: RealmClient, name: string): Realm {
  const realm = { client, name };
  let settings: ReturnType<Realm['settings']> | null = null;
  let isLinked: ReturnType<Realm['isLinked']> | null = null;
  return {
    ...realm,
    settings: () => {
      settings ??= readSettings(realm);
      return settings;
    },
    isLinked: () => {
      isLinked ??= hasIdentityProviders(realm);
      return isLinked;
    },
  };
}
