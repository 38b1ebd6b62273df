import { client } from './client.ts';
import { defaultRole } from './default-role.ts';
import type { Kind } from './kind.ts';
import { permissions } from './permissions.ts';
import { role } from './role.ts';
import { rolePermissions } from './role-permissions.ts';
import { userRole } from './user-role.ts';

/** By the last part of their type: `rolewright-keycloak:index:Role`. */
export const kinds: Readonly<Record<string, Kind>> = {
  Client: client,
  Permissions: permissions,
  Role: role,
  RolePermissions: rolePermissions,
  UserRole: userRole,
  DefaultRole: defaultRole,
};
