import { memberKey } from './organizations.ts';
import { byteOrder } from './paging.ts';
import { splitPermissionKey } from './permissions.ts';
import { sortedByName } from './roles-of-people.ts';
import type { Role, Store } from './store.ts';

/** The roles that count when somebody signs in: the tenant's, and those in the organization through which it is done. */
export function effectiveRoles(store: Store, user: string, organization: string | undefined): Role[] {
  const ids = new Set(store.userRoles.rightsOf(user).keys());
  if (organization !== undefined) {
    for (const role of store.memberRoles.rightsOf(memberKey(organization, user)).keys()) {
      ids.add(role);
    }
  }
  return sortedByName([...ids].flatMap((id) => store.roles.get(id) ?? []));
}

/** What somebody may do at one API: by these roles, and directly. By name. */
export function effectivePermissions(
  store: Store,
  user: string,
  roles: readonly Role[],
  resourceServerId: string,
): string[] {
  const keys = [store.userPermissions.rightsOf(user), ...roles.map(({ id }) => store.rolePermissions.rightsOf(id))];
  const names = keys
    .flatMap((held) => [...held.keys()].map(splitPermissionKey))
    .flatMap(([id, name]) => (id === resourceServerId ? [name] : []));
  return [...new Set(names)].sort(byteOrder);
}
