import { byCodePoint } from '../../language/source.ts';
import type { ObservedApi } from '../../model/observed-state.ts';
import type { TenantRole } from '../../stack/tenant.ts';
import { TenantError } from '../../stack/tenant-error.ts';
import { isOwnClient } from './own-objects.ts';
import { joinId } from './provider/ids.ts';
import { path } from './provider/kind.ts';
import type { RealmClient } from './realm-client.ts';
import type { Mapper } from './token-claim.ts';
import { claimOf, lifespan, permissionsClaim } from './token-claim.ts';

/** One realm of a server. */
export interface Realm {
  readonly client: RealmClient;
  readonly name: string;
  /** Asked for once. */
  readonly settings: () => Promise<RealmSettings>;
  /** Whether it has identity providers, to which people may be linked. Asked for once. */
  readonly isLinked: () => Promise<boolean>;
}

/** A role of the realm, or of a client, as every list shows it. */
export interface RoleAnswer {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** Whether it is composed of others. */
  readonly composite: boolean;
  readonly clientRole: boolean;
  /** The id of the realm, or of the client. */
  readonly containerId: string;
}

export interface ClientAnswer {
  readonly id: string;
  readonly clientId: string;
  readonly name?: string;
  readonly protocol?: string;
  readonly serviceAccountsEnabled?: boolean;
  readonly fullScopeAllowed?: boolean;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly protocolMappers?: readonly Mapper[];
}

export interface RealmSettings {
  /** The role that everybody is given who comes into the realm. */
  readonly defaultRole: RoleAnswer;
  readonly accessTokenLifespan: number;
}

/**
 * What holds for the whole realm. One call.
 *
 * @throws TenantError also where the credentials may see no more of the realm than its name
 */
export async function readSettings({ client, name }: Pick<Realm, 'client' | 'name'>): Promise<RealmSettings> {
  const settings = (await client.get(path(name))) as Partial<RealmSettings> | null;
  const { defaultRole, accessTokenLifespan } = settings ?? {};
  if (defaultRole === undefined || accessTokenLifespan === undefined)
    throw new TenantError(`403 the settings of ${name} are not shown: the credentials need view-realm`);
  return { defaultRole, accessTokenLifespan };
}

/** All roles of the realm, Keycloak's own among them: of R, ⌊R/100⌋ + 1 calls. */
export async function readRealmRoles({ client, name }: Realm): Promise<readonly RoleAnswer[]> {
  return (await client.getAll(`${path(name, 'roles')}?briefRepresentation=true`)) as readonly RoleAnswer[];
}

/**
 * All clients of the realm, Keycloak's own among them: of A, ⌊A/100⌋ + 1 calls.
 *
 * @throws TenantError also where the credentials may see none: the server leaves out what they may not see, without a word
 */
export async function readClients({ client, name }: Realm): Promise<readonly ClientAnswer[]> {
  const clients = (await client.getAll(path(name, 'clients'))) as readonly ClientAnswer[];
  return insistOnSome(clients);
}

/** No realm is without clients of Keycloak's own. */
function insistOnSome(clients: readonly ClientAnswer[]): readonly ClientAnswer[] {
  if (clients.length === 0) throw new TenantError('403 no clients are shown: the credentials need view-clients');
  return clients;
}

/**
 * The clients that the realm has of these ids, as people know them, sorted by them: a call for each, and as for `readApi`; one more
 * where not all are there.
 *
 * @throws TenantError also where the credentials may see none
 */
export async function readApis(realm: Realm, clientIds: readonly string[]): Promise<readonly ObservedApi[]> {
  const apis: ObservedApi[] = [];
  for (const clientId of [...new Set(clientIds)].toSorted(byCodePoint)) {
    const query = `${path(realm.name, 'clients')}?clientId=${encodeURIComponent(clientId)}`;
    const found = ((await realm.client.get(query)) ?? []) as readonly ClientAnswer[];
    const one = found.find((answer) => answer.clientId === clientId);
    if (one !== undefined) apis.push(await readApi(realm, one));
  }
  if (apis.length < new Set(clientIds).size)
    insistOnSome((await realm.client.get(`${path(realm.name, 'clients')}?first=0&max=1`)) as readonly ClientAnswer[]);
  return apis;
}

/** A client with all its roles: of S, ⌊S/100⌋ + 1 calls. */
export async function readApi({ client, name: realm, settings }: Realm, answer: ClientAnswer): Promise<ObservedApi> {
  const { id, clientId, name = '', attributes = {} } = answer;
  const listed = `${path(realm, 'clients', id, 'roles')}?briefRepresentation=true`;
  const roles = (await client.getAll(listed)) as readonly RoleAnswer[];
  const scopes = roles.map(({ name: value, description = '' }) => ({ value, description }));
  const { accessTokenLifespan } = await settings();
  const seconds = Number(attributes[lifespan] ?? '');
  return {
    ...{ id: joinId(realm, id), audience: clientId, title: name, system: isOwnClient(clientId, realm) },
    enforced: claimOf(answer) === permissionsClaim,
    // Nothing, and what is no number of seconds, leave it to the realm.
    tokenLifetimeSeconds: seconds > 0 ? seconds : accessTokenLifespan,
    scopes: scopes.toSorted((a, b) => byCodePoint(a.value, b.value)),
  };
}

export function tenantRole(realm: string, { id, name, description = '' }: RoleAnswer): TenantRole {
  return { id: joinId(realm, id), name, description };
}
