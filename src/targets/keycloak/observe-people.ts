import { byCodePoint } from '../../language/source.ts';
import type { ObservedPeople, ObservedPerson } from '../../model/observed-people.ts';
import type { ObservedGrant } from '../../model/observed-state.ts';
import type { PeopleSelection } from '../../stack/tenant.ts';
import type { UserAnswer } from './accounts.ts';
import { identitiesIn, readUser } from './accounts.ts';
import type { DirectReader, KnownOfRealm } from './direct-permissions.ts';
import { directReader, readEverybody, readReachedByDefault } from './direct-permissions.ts';
import { fewAtOnce } from './few-at-once.ts';
import { groupsWith, readGroups, readMembers } from './groups.ts';
import { joinId } from './provider/ids.ts';
import type { Realm, RoleAnswer } from './realm-reader.ts';
import { readClients, readRealmRoles } from './realm-reader.ts';
import { roleGraph } from './role-graph.ts';
import { readCarriers, readRoleUsers } from './role-holders.ts';

/**
 * The people of a realm, without one write; machines that hold a role are among them. A role is held by whoever was given it, is in a
 * group that has it or below one, or has the default role where that is composed of it: a role in the default role is held by
 * everybody. What a role of theirs is composed of counts as its grants, and as no further role of theirs. There are no organizations
 * here, and no notes of defaults. Where the default role gives permissions of ours directly, everybody who has it is listed, though only
 * holders' were asked for. Roles that a directory behind Keycloak keeps to itself are not seen.
 *
 * Calls, for R roles in the realm, G groups, wanted roles of h holders, groups of m members that give one or hand it down, and P people
 * who hold any: one for the settings of the realm, one for the default role, ⌊R/100⌋ + 1, ⌊G/100⌋ + 2 (one where there is none),
 * Σ(⌊h/100⌋ + 1), Σ(⌊m/100⌋ + 1), one for the identity providers of the realm, and P more if it has some. With direct permissions of
 * holders, in a realm of A clients, ⌊A/100⌋ + 1, P, and what `directReader` says; of everybody, what `readEverybody` says besides,
 * one for everybody else, and another for whoever has some if there are identity providers.
 *
 * @throws TenantError
 */
export async function observePeople(realm: Realm, selection: PeopleSelection): Promise<ObservedPeople> {
  const { roles, directPermissions, onPeople, onProgress } = selection;
  const graph = roleGraph(realm);
  const carriers = await readCarriers(realm, graph);
  const wanted = (await readRealmRoles(realm)).filter(({ id }) => roles.includes(joinId(realm.name, id)));
  const groups = await readGroups(realm);
  const held = await readHeld(realm, { wanted, carriers, groups }, (done, total) => onProgress('holders', done, total));
  const known = { graph, carriers, groups };
  const clients = directPermissions === 'nobody' ? [] : await readClients(realm);
  const ours = clients.filter(({ clientId }) => selection.audiences.includes(clientId));
  const others = {
    nobody: async () => [],
    holders: () => readReachedByDefault(realm, known, ours),
    everybody: () => readEverybody(realm, clients),
  };
  const listed = await others[directPermissions]();
  const asked = new Map([...listed.map((user) => [user.id, { user, roles: none }] as const), ...held]);
  const isLinked = held.size > 0 && (await realm.isLinked());
  const calls = (isLinked ? held.size : 0) + (directPermissions === 'nobody' ? 0 : asked.size);
  onPeople({ people: asked.size, calls });
  const direct: DirectReader = directPermissions === 'nobody' ? async () => [] : await directReader(realm, known, ours);
  const people = await fewAtOnce(
    [...asked.values()],
    (done) => onProgress('people', done, asked.size),
    async ({ user, roles: ids }) => {
      const own = await direct(user.id);
      return ids.size === 0 && own.length === 0 ? null : observePerson(realm, user, [...ids], own);
    },
  );
  return {
    people: people.filter((person) => person !== null).toSorted((a, b) => byCodePoint(a.id, b.id)),
    ...{ directPermissions, unlistedUsers: 0, organizations: null },
  };
}

interface Holder {
  readonly user: UserAnswer;
  /** Ids of the roles, as the engine knows them. */
  readonly roles: ReadonlySet<string>;
}

/** Whoever holds one of the wanted roles, by their ids. */
async function readHeld(
  realm: Realm,
  { wanted, carriers, groups }: Omit<KnownOfRealm, 'graph'> & { readonly wanted: readonly RoleAnswer[] },
  onProgress: (done: number, total: number) => void,
): Promise<ReadonlyMap<string, Holder>> {
  /** By the name of a role: the wanted ones that whoever was given it holds. */
  const gives = new Map(wanted.map(({ id, name }) => [name, [id]]));
  for (const { name, parts } of carriers) {
    const given = wanted.filter(({ id }) => parts.some((part) => part.id === id));
    if (given.length > 0) gives.set(name, idsOf(given));
  }
  const givers = groupsWith(groups, [...gives.keys()]);
  const lists = [
    ...[...gives].map(([name, ids]) => ({ ids, read: () => readRoleUsers(realm, name) })),
    ...givers.map(({ id, line }) => ({
      ids: line.flatMap(({ realmRoles }) => realmRoles).flatMap((name) => gives.get(name) ?? []),
      read: () => readMembers(realm, id),
    })),
  ];
  const held = new Map<string, Holder>();
  await fewAtOnce(
    lists,
    (done) => onProgress(done, lists.length),
    async ({ ids, read }) => {
      for (const user of await read()) {
        const roles = ids.map((id) => joinId(realm.name, id));
        held.set(user.id, { user, roles: new Set([...(held.get(user.id)?.roles ?? []), ...roles]) });
      }
    },
  );
  return held;
}

const idsOf = (roles: readonly RoleAnswer[]) => roles.map(({ id }) => id);

const none: ReadonlySet<string> = new Set();

/** Null for an account that is gone. */
async function observePerson(
  realm: Realm,
  listed: UserAnswer,
  roles: readonly string[],
  direct: readonly ObservedGrant[],
): Promise<ObservedPerson | null> {
  const user = (await realm.isLinked()) ? await readUser(realm, listed.id) : listed;
  if (user === null) return null;
  return {
    ...{ id: user.id, email: user.email ?? null, blocked: user.enabled === false, identities: identitiesIn(user) },
    ...{ roles: roles.toSorted(byCodePoint), direct, memberships: [], defaultRoles: [] },
  };
}
