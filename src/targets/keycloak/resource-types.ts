/** Of the provider's package, as the engine knows it. */
export const packageName = 'rolewright-keycloak';

/** The type of a resource, by its name in the package. */
export function tokenOf<Name extends string>(name: Name): `${typeof packageName}:index:${Name}` {
  return `${packageName}:index:${name}`;
}

/** The types of all resources that there are. */
export const types = {
  client: tokenOf('Client'),
  permissions: tokenOf('Permissions'),
  role: tokenOf('Role'),
  rolePermissions: tokenOf('RolePermissions'),
  userRole: tokenOf('UserRole'),
  defaultRole: tokenOf('DefaultRole'),
};
