import { byCodePoint } from '../../language/source.ts';
import type { ObservedGrant, ObservedRole, ObservedState } from '../../model/observed-state.ts';
import type { Selection } from '../../stack/tenant.ts';
import { fewAtOnce } from './few-at-once.ts';
import { isOwnRole } from './own-objects.ts';
import type { ClientAnswer, Realm, RoleAnswer } from './realm-reader.ts';
import { readApi, readClients, readRealmRoles, tenantRole } from './realm-reader.ts';
import { roleGraph } from './role-graph.ts';

/**
 * A realm as it is now, without one write. Where all clients are asked for, those are meant that offer roles and give tokens. What a
 * role grants is all that it comes to, at whatever depth of composition; roles that Keycloak has of its own accord are left out, and
 * the default role is one of them.
 *
 * Calls, besides one for the settings of the realm, for R roles in it and A clients: ⌊R/100⌋ + 1 and ⌊A/100⌋ + 1; one for each
 * wanted role that is composed of others, and for each further one that these are composed of, once; and for each client asked for,
 * of S roles, ⌊S/100⌋ + 1.
 *
 * @throws TenantError
 */
export async function observeRealm(
  realm: Realm,
  { tenant, audiences, wanted, onProgress }: Selection,
): Promise<ObservedState> {
  const { defaultRole } = await realm.settings();
  const found = (await readRealmRoles(realm))
    .filter(({ id, name }) => id !== defaultRole.id && !isOwnRole(name, realm.name))
    .filter((role) => wanted(tenantRole(realm.name, role)));
  const graph = roleGraph(realm);
  const told = (done: number) => onProgress(done, found.length);
  const composed = await fewAtOnce(found, told, async (role) => ({ role, holds: await graph.clientRolesOf(role) }));
  // After the roles: every client that they speak of is listed, unless it is gone, and its roles with it.
  const clients = await readClients(realm);
  const asked = clients.filter((client) => audiences?.includes(client.clientId) ?? isForTokens(client));
  const read = await fewAtOnce(asked, unheard, (client) => readApi(realm, client));
  // People sign in to many a client that offers nothing: it is no application of ours, unless it is named.
  const apis = read.filter(({ scopes }) => audiences !== null || scopes.length > 0);
  const roles = composed.flatMap(({ role, holds }): readonly ObservedRole[] => {
    // Deleted since it was listed.
    if (holds === null) return [];
    const { id, name: title, description } = tenantRole(realm.name, role);
    return [{ id, title, description, grants: grantsIn(holds, clients) }];
  });
  return {
    tenant,
    apis: apis.toSorted((a, b) => byCodePoint(a.audience, b.audience)),
    roles: roles.toSorted((a, b) => byCodePoint(a.title, b.title) || byCodePoint(a.id, b.id)),
  };
}

const unheard = () => {};

/** Clients of other protocols have no access tokens. */
function isForTokens({ protocol = 'openid-connect' }: ClientAnswer): boolean {
  return protocol === 'openid-connect';
}

/** The roles of clients as grants, each once, sorted by audience, then by scope. */
export function grantsIn(roles: readonly RoleAnswer[], clients: readonly ClientAnswer[]): readonly ObservedGrant[] {
  const audiences = new Map(clients.map(({ id, clientId }) => [id, clientId]));
  const distinct = new Map(roles.map((role) => [role.id, role]));
  return [...distinct.values()]
    .flatMap(({ containerId, name: scope }) => {
      const audience = audiences.get(containerId);
      return audience === undefined ? [] : [{ audience, scope }];
    })
    .toSorted((a, b) => byCodePoint(a.audience, b.audience) || byCodePoint(a.scope, b.scope));
}
