import { TenantError } from '../../stack/tenant-error.ts';
import { path } from './provider/kind.ts';
import type { Realm } from './realm-reader.ts';

/**
 * All users or groups of a realm: one call where there are none, of n ⌊n/100⌋ + 2. The server leaves out of a list what the
 * credentials may not see, without a word, but counts it: whoever is left out would pass for somebody who is not there.
 *
 * @throws TenantError also where the list is not whole
 */
export async function readWhole(realm: Realm, kind: 'users' | 'groups', query: string): Promise<readonly unknown[]> {
  const before = await countOf(realm, kind);
  if (before === 0) return [];
  const listed = await realm.client.getAll(`${path(realm.name, kind)}?${query}`);
  // Some may have been deleted meanwhile.
  if (listed.length < before) {
    const now = await countOf(realm, kind);
    if (listed.length < now) throw new TenantError(`403 of ${now} ${kind} ${listed.length} are shown: ${needed}`);
  }
  return listed;
}

/**
 * Sees to it that the credentials may see the people of a realm, where it has any, before it is said that somebody is not there. One
 * call, or two.
 *
 * @throws TenantError where they may not
 */
export async function insistOnPeople(realm: Realm): Promise<void> {
  const first = await realm.client.get(`${path(realm.name, 'users')}?briefRepresentation=true&first=0&max=1`);
  if (Array.isArray(first) && first.length > 0) return;
  if ((await countOf(realm, 'users')) > 0) throw new TenantError(`403 no users are shown: ${needed}`);
}

const needed = 'the credentials need view-users';

async function countOf({ client, name }: Realm, kind: 'users' | 'groups'): Promise<number> {
  const answer = (await client.get(path(name, kind, 'count'))) as number | { readonly count: number } | null;
  return typeof answer === 'number' ? answer : (answer?.count ?? 0);
}
