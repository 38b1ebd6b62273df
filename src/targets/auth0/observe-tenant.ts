import { byCodePoint } from '../../language/source.ts';
import type { ObservedRole, ObservedState } from '../../model/observed-state.ts';
import type { Selection, TenantRole } from '../../stack/tenant.ts';
import type { TenantClient } from './tenant-client.ts';
import { unlessGone } from './tenant-lists.ts';
import { readAllApis, readApis, readGrants, readRoles } from './tenant-reader.ts';

/** Few enough for the smallest plan of Auth0, and enough that a distant tenant is not waited for role by role. */
const atOnce = 4;

/**
 * A tenant as it is now, without one write. Calls for R roles and A APIs: at most R + ⌈R/100⌉ + A, and one more for each further
 * hundred permissions of a role.
 *
 * @throws TenantError
 */
export async function observeTenant(client: TenantClient, selection: Selection): Promise<ObservedState> {
  const { tenant, audiences, wanted, onProgress } = selection;
  const apis = audiences === null ? await readAllApis(client) : await readApis(client, audiences);
  const found = (await readRoles(client)).filter(wanted);
  const roles: ObservedRole[] = [];
  for (let start = 0; start < found.length; start += atOnce) {
    onProgress(start, found.length);
    const some = await Promise.all(found.slice(start, start + atOnce).map((role) => observeRole(client, role)));
    roles.push(...some.filter((role) => role !== null));
  }
  return { tenant, apis, roles: roles.toSorted((a, b) => byCodePoint(a.title, b.title) || byCodePoint(a.id, b.id)) };
}

/** What a role may do; null for one that has been deleted since it was listed. */
async function observeRole(client: TenantClient, { id, name, description }: TenantRole): Promise<ObservedRole | null> {
  const grants = await unlessGone(readGrants(client, id));
  return grants === null ? null : { id, title: name, description, grants };
}
