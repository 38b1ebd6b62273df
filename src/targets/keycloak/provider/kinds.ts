import { client } from './client.ts';
import { defaultRole } from './default-role.ts';
import type { Kind } from './kind.ts';
import { permissions } from './permissions.ts';
import { role } from './role.ts';
import { rolePermissions } from './role-permissions.ts';
import { userRole } from './user-role.ts';

export const packageName = 'rolewright-keycloak';

/** By the last part of their type: `rolewright-keycloak:index:Role`. */
export const kinds: Readonly<Record<string, Kind>> = {
  Client: client,
  Permissions: permissions,
  Role: role,
  RolePermissions: rolePermissions,
  UserRole: userRole,
  DefaultRole: defaultRole,
};

/** The type of a kind, as the engine knows it. */
export function tokenOf(name: string): string {
  return `${packageName}:index:${name}`;
}
