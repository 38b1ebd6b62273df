import { splitPermissionKey } from './permissions.ts';
import type { Store } from './store.ts';

/** What a tenant grants at one instant, without its own Management API. Lists are sorted by name or identifier. */
export interface Snapshot {
  readonly resourceServers: readonly { readonly id: string; readonly identifier: string; readonly scopes: string[] }[];
  readonly roles: readonly {
    readonly id: string;
    readonly name: string;
    readonly description: string;
    readonly permissions: readonly SnapshotPermission[];
  }[];
  readonly users: readonly {
    readonly id: string;
    readonly roleIds: readonly string[];
    readonly permissions: readonly SnapshotPermission[];
  }[];
}

export interface SnapshotPermission {
  readonly audience: string;
  readonly scope: string;
}

/** Reads the store without a call, so that a test can look at the tenant after each call without adding to them. */
export function takeSnapshot(store: Store): Snapshot {
  const permissions = (keys: Iterable<string>): SnapshotPermission[] =>
    [...keys]
      .map((key) => {
        const [id, scope] = splitPermissionKey(key);
        return { audience: store.resourceServers.get(id)?.identifier ?? '', scope };
      })
      .sort((left, right) => order(left.scope, right.scope) || order(left.audience, right.audience));
  return {
    resourceServers: store.resourceServers
      .values()
      .filter((server) => !server.is_system)
      .map(({ id, identifier, scopes }) => ({ id, identifier, scopes: (scopes ?? []).map((scope) => scope.value) }))
      .sort((left, right) => order(left.identifier, right.identifier)),
    roles: store.roles
      .values()
      .map((role) => ({ ...role, permissions: permissions(store.rolePermissions.rightsOf(role.id).keys()) }))
      .sort((left, right) => order(left.name, right.name)),
    users: store.users
      .values()
      .map(({ user_id: id }) => ({
        id,
        roleIds: [...store.userRoles.rightsOf(id).keys()].sort(order),
        permissions: permissions(store.userPermissions.rightsOf(id).keys()),
      }))
      .sort((left, right) => order(left.id, right.id)),
  };
}

function order(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
