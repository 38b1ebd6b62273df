import type { ObservedGrant } from '../../model/observed-state.ts';
import type { UserAnswer } from './accounts.ts';
import { fewAtOnce } from './few-at-once.ts';
import type { Group, GroupRoles } from './groups.ts';
import { readMembers } from './groups.ts';
import { grantsIn } from './observe-realm.ts';
import { path } from './provider/kind.ts';
import type { ClientAnswer, Realm, RoleAnswer } from './realm-reader.ts';
import type { RoleGraph } from './role-graph.ts';
import type { Carrier } from './role-holders.ts';
import { readRoleUsers } from './role-holders.ts';
import { readWhole } from './whole-lists.ts';

/** What somebody holds without a role of the realm, sorted by audience, then by scope. */
export type DirectReader = (userId: string) => Promise<readonly ObservedGrant[]>;

/** What has been read already. */
export interface KnownOfRealm {
  readonly graph: RoleGraph;
  readonly carriers: readonly Carrier[];
  readonly groups: readonly Group[];
}

interface MappingsAnswer {
  readonly realmMappings?: readonly RoleAnswer[];
  readonly clientMappings?: Readonly<Record<string, { readonly mappings: readonly RoleAnswer[] }>>;
}

/**
 * Reads what people hold directly: roles of clients, given to themselves, to a group of theirs or one above it, or by the default
 * role, with whatever these are composed of. Calls: one for each group that gives such a role, and for it and each group below it, of
 * m members, ⌊m/100⌋ + 1; then one for each person, and one for each role that is composed of others.
 *
 * @param clients whose roles count
 * @throws TenantError by itself and by its function
 */
export async function directReader(
  realm: Realm,
  { graph, carriers, groups }: KnownOfRealm,
  clients: readonly ClientAnswer[],
): Promise<DirectReader> {
  const everything = async (of: 'users' | 'groups', id: string): Promise<readonly RoleAnswer[]> => {
    const mapped = (await realm.client.get(path(realm.name, of, id, 'role-mappings'))) as MappingsAnswer | null;
    const { realmMappings = [], clientMappings = {} } = mapped ?? {};
    const carried = carriers.filter(({ name }) => realmMappings.some((role) => role.name === name));
    const own = Object.values(clientMappings).flatMap(({ mappings }) => mappings);
    const given = [...own, ...carried.flatMap(({ parts }) => parts.filter(({ clientRole }) => clientRole))];
    const all: RoleAnswer[] = [];
    for (const role of given) all.push(...((await graph.clientRolesOf(role)) ?? []));
    return all;
  };
  const givesDirectly = ({ givesOfClients, realmRoles }: GroupRoles) =>
    givesOfClients || carriers.some(({ name }) => realmRoles.includes(name));
  const receiving = groups
    .map(({ id, line }) => ({ id, givers: line.filter(givesDirectly).map((giver) => giver.id) }))
    .filter(({ givers }) => givers.length > 0);
  const giving = [...new Set(receiving.flatMap(({ givers }) => givers))];
  const given = new Map(await fewAtOnce(giving, unheard, async (id) => [id, await everything('groups', id)] as const));
  const byMember = new Map<string, RoleAnswer[]>();
  await fewAtOnce(receiving, unheard, async ({ id, givers }) => {
    const roles = givers.flatMap((giver) => given.get(giver) ?? []);
    for (const member of await readMembers(realm, id))
      byMember.set(member.id, [...(byMember.get(member.id) ?? []), ...roles]);
  });
  return async (userId) => grantsIn([...(await everything('users', userId)), ...(byMember.get(userId) ?? [])], clients);
}

const unheard = () => {};

/**
 * Everybody who holds a role of these clients because the default role is composed of it. One call for each further role that is composed of
 * others, `account/manage-account` in most realms; where there are such people, h of them, ⌊h/100⌋ + 1 more.
 *
 * @throws TenantError
 */
export async function readReachedByDefault(
  realm: Realm,
  { graph, carriers }: Omit<KnownOfRealm, 'groups'>,
  clients: readonly ClientAnswer[],
): Promise<readonly UserAnswer[]> {
  const reached: UserAnswer[] = [];
  for (const { name, parts } of carriers) {
    const given = await Promise.all(parts.filter(({ clientRole }) => clientRole).map(graph.clientRolesOf));
    const grants = grantsIn(
      given.flatMap((roles) => roles ?? []),
      clients,
    );
    if (grants.length > 0) reached.push(...(await readRoleUsers(realm, name)));
  }
  return reached;
}

/**
 * Everybody in the realm, people and machines: of U people, ⌊U/100⌋ + 2 calls, and one for each machine.
 *
 * @param clients all of them
 * @throws TenantError also where the credentials may not see everybody
 */
export async function readEverybody(realm: Realm, clients: readonly ClientAnswer[]): Promise<readonly UserAnswer[]> {
  const people = (await readWhole(realm, 'users', 'briefRepresentation=true')) as readonly UserAnswer[];
  // The list leaves machines out.
  const machines = clients.filter(({ serviceAccountsEnabled }) => serviceAccountsEnabled === true);
  const accounts = await fewAtOnce(machines, unheard, ({ id }) =>
    realm.client.get(path(realm.name, 'clients', id, 'service-account-user')),
  );
  return [...people, ...(accounts as readonly (UserAnswer | null)[]).filter((account) => account !== null)];
}
