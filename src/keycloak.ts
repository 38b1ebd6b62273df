/** The resources of the provider `rolewright-keycloak`, for Pulumi programs of one's own. */
export type {
  ClientArgs,
  DefaultRoleArgs,
  PermissionArgs,
  PermissionsArgs,
  RoleArgs,
  RolePermissionArgs,
  RolePermissionsArgs,
  UserRoleArgs,
} from './targets/keycloak/resources.ts';
export { Client, DefaultRole, Permissions, Role, RolePermissions, UserRole } from './targets/keycloak/resources.ts';
