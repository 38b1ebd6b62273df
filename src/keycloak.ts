/**
 * The resources of the provider `rolewright-keycloak`, for Pulumi programs of one's own. Its credentials come from the environment
 * (KEYCLOAK_URL and so on), never from arguments, so none of these properties is a secret and none lands in the state.
 *
 * The id of what a realm holds is `<realm>/<uuid>`, which no renaming changes; by it, existing ones are imported.
 */
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
