import { byCodePoint } from '../../language/source.ts';
import type { ObservedPeople, ObservedPerson } from '../../model/observed-people.ts';
import type { PeopleSelection } from '../../stack/tenant.ts';
import {
  readDirectPermissions,
  readMembers,
  readOrganizations,
  readProfile,
  readRoleUsers,
  readUsers,
} from './people-reader.ts';
import type { TenantClient } from './tenant-client.ts';

/** Few enough for the smallest plan of Auth0, as for roles. */
const atOnce = 4;

/**
 * The people of a tenant, without one write. Calls for roles with h holders each, and P people who hold any of them: Σ⌈h/100⌉, P
 * for profiles and P for direct permissions; for everybody's direct permissions, of U users, ⌈U/100⌉ and U − P more, and one for
 * each of these who has some; with organizations of m members, ⌈O/100⌉ + Σ(⌈m/100⌉ + 1). A role, or organization, of nobody costs one.
 *
 * @throws TenantError
 */
export async function observePeople(client: TenantClient, selection: PeopleSelection): Promise<ObservedPeople> {
  const { roles, directPermissions, onPeople, onProgress } = selection;
  const wanted = new Set(roles);
  const held = new Map<string, string[]>();
  await each(
    roles,
    (done) => onProgress('holders', done, roles.length),
    async (role) => {
      for (const { id } of await readRoleUsers(client, role)) held.set(id, [...(held.get(id) ?? []), role]);
    },
  );
  const organizations = selection.organizations ? await readOrganizations(client) : null;
  const memberships = new Map<string, ObservedPerson['memberships']>();
  await each(
    organizations ?? [],
    (done) => onProgress('organizations', done, organizations?.length ?? 0),
    async (one) => {
      for (const { id, roles: all } of await readMembers(client, one.id)) {
        const ours = all.filter((role) => wanted.has(role));
        if (ours.length === 0) continue;
        memberships.set(id, [...(memberships.get(id) ?? []), { organization: one.name, roles: ours }]);
      }
    },
  );
  const holders = [...new Set([...held.keys(), ...memberships.keys()])].toSorted(byCodePoint);
  const listed = directPermissions === 'everybody' ? await readUsers(client) : { users: [], total: 0 };
  const others = listed.users.map(({ id }) => id).filter((id) => !held.has(id) && !memberships.has(id));
  const asked = [...holders, ...others.toSorted(byCodePoint)];
  const calls = holders.length + (directPermissions === 'nobody' ? 0 : asked.length);
  onPeople({ people: asked.length, calls });
  const people: ObservedPerson[] = [];
  await each(
    asked,
    (done) => onProgress('people', done, asked.length),
    async (id) => {
      const own = { roles: held.get(id) ?? [], memberships: memberships.get(id) ?? [] };
      const person = await observePerson(client, { id, ...own }, selection);
      if (person !== null) people.push(person);
    },
  );
  const total = directPermissions === 'everybody' ? listed.total : 0;
  return {
    people: people.toSorted((a, b) => byCodePoint(a.id, b.id)),
    directPermissions,
    unlistedUsers: Math.max(0, total - listed.users.length),
    organizations: organizations?.length ?? null,
  };
}

/** Null for an account that is gone, and for one that holds nothing of ours. */
async function observePerson(
  client: TenantClient,
  { id, roles, memberships }: Pick<ObservedPerson, 'id' | 'roles' | 'memberships'>,
  { audiences, directPermissions, tombstones }: PeopleSelection,
): Promise<ObservedPerson | null> {
  const all = directPermissions === 'nobody' ? [] : await readDirectPermissions(client, id);
  const direct = all.filter(({ audience }) => audiences.includes(audience));
  if (roles.length === 0 && memberships.length === 0 && direct.length === 0) return null;
  const profile = await readProfile(client, id);
  if (profile === null) return null;
  const { email, blocked, identities } = profile;
  return {
    ...{ id, email, blocked, identities, direct, defaultRoles: defaultRolesIn(profile.appMetadata, tombstones) },
    roles: roles.toSorted(byCodePoint),
    memberships: memberships.toSorted((a, b) => byCodePoint(a.organization, b.organization)),
  };
}

/** The ids of roles that were noted; somebody who was invited was given none, and whatever else is noted there is not ours. */
function defaultRolesIn(metadata: unknown, tombstones: readonly string[]): readonly string[] {
  const notes = new Map(Object.entries((metadata ?? {}) as Readonly<Record<string, unknown>>));
  return tombstones
    .flatMap((key) => {
      const roleId = (notes.get(key) as { readonly roleId?: unknown } | null | undefined)?.roleId;
      return typeof roleId === 'string' ? [roleId] : [];
    })
    .toSorted(byCodePoint);
}

/** Does something for each item, a few at a time. */
async function each<Item>(
  items: readonly Item[],
  onProgress: (done: number) => void,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < items.length; start += atOnce) {
    onProgress(start);
    await Promise.all(items.slice(start, start + atOnce).map(work));
  }
}
