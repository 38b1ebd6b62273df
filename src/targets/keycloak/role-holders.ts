import { byCodePoint } from '../../language/source.ts';
import type { RoleHolders } from '../../stack/tenant.ts';
import { TenantError } from '../../stack/tenant-error.ts';
import type { UserAnswer } from './accounts.ts';
import { groupsWith, readGroups, readMembers } from './groups.ts';
import { isOwnRole } from './own-objects.ts';
import { splitId } from './provider/ids.ts';
import { path } from './provider/kind.ts';
import type { Realm, RoleAnswer } from './realm-reader.ts';
import type { RoleGraph } from './role-graph.ts';
import { roleGraph } from './role-graph.ts';

/**
 * A role of Keycloak's own that whoever holds it holds others by. It is never declared, read or changed, so that what it gives counts
 * as held by the people themselves: the default role gives to everybody.
 */
export interface Carrier {
  readonly name: string;
  /** What it is composed of, with what the own roles among that are composed of. */
  readonly parts: readonly RoleAnswer[];
}

/** The carriers of a realm: one call for the default role, and one for each of Keycloak's own that somebody has composed of others. */
export async function readCarriers({ name: realm, settings }: Realm, graph: RoleGraph): Promise<readonly Carrier[]> {
  const { defaultRole } = await settings();
  const isOwn = ({ id, name, clientRole }: RoleAnswer) =>
    id === defaultRole.id || (!clientRole && isOwnRole(name, realm));
  const below = async (role: RoleAnswer, seen: readonly string[]): Promise<readonly Carrier[]> => {
    const parts = (await graph.partsOf(role)) ?? [];
    const own = parts.filter((part) => isOwn(part) && part.composite && !seen.includes(part.id));
    const inner: Carrier[] = [];
    for (const part of own) inner.push(...(await below(part, [...seen, part.id])));
    return [{ name: role.name, parts: [...parts, ...inner.flatMap((carrier) => carrier.parts)] }, ...inner];
  };
  return below(defaultRole, [defaultRole.id]);
}

/** Whoever holds a role of this name by themselves; nobody where it is gone. Of h people, ⌊h/100⌋ + 1 calls. */
export async function readRoleUsers({ client, name }: Realm, role: string): Promise<readonly UserAnswer[]> {
  // In an address these lead upwards, to the list of everybody.
  if (/^\.{1,2}$/u.test(role)) throw new TenantError(`400 there is no way to ask who holds the role "${role}"`);
  return (await client.getAll(
    `${path(name, 'roles', role, 'users')}?briefRepresentation=true`,
  )) as readonly UserAnswer[];
}

/**
 * Who holds a role: by themselves, by a group or one above it, or because the default role is composed of it; each once. Of h people
 * who hold it by themselves, ⌊h/100⌋ + 4 calls where there are no groups and the default role does not give it, besides one for the
 * settings of the realm.
 */
export async function readHolders(realm: Realm, roleId: string): Promise<RoleHolders> {
  const ids = new Set<string>();
  for await (const id of holdersOf(realm, roleId)) ids.add(id);
  return { total: ids.size, ids: [...ids].toSorted(byCodePoint).slice(0, 100) };
}

/** Which of these people hold a role. As for `readHolders`; where all of them hold it by themselves, two calls and no more. */
export async function holdersAmong(
  realm: Realm,
  roleId: string,
  userIds: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  if (userIds.size === 0) return found;
  for await (const id of holdersOf(realm, roleId)) {
    if (userIds.has(id)) found.add(id);
    if (found.size === userIds.size) break;
  }
  return found;
}

/** Ids, the same perhaps several times; nothing is read before it is needed. */
async function* holdersOf(realm: Realm, roleId: string): AsyncGenerator<string> {
  const { uuid } = splitId(roleId);
  const role = (await realm.client.get(path(realm.name, 'roles-by-id', uuid))) as RoleAnswer | null;
  if (role === null) return;
  yield* idsOf(await readRoleUsers(realm, role.name));
  const carriers = (await readCarriers(realm, roleGraph(realm))).filter(({ parts }) =>
    parts.some(({ id }) => id === uuid),
  );
  for (const { name } of carriers) yield* idsOf(await readRoleUsers(realm, name));
  const names = [role.name, ...carriers.map(({ name }) => name)];
  for (const { id } of groupsWith(await readGroups(realm), names)) yield* idsOf(await readMembers(realm, id));
}

function idsOf(users: readonly UserAnswer[]): readonly string[] {
  return users.map(({ id }) => id);
}
