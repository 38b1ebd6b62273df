const clients: ReadonlySet<string> = new Set([
  ...['account', 'account-console', 'admin-cli', 'broker', 'realm-management', 'security-admin-console'],
]);
const roles: ReadonlySet<string> = new Set(['offline_access', 'uma_authorization']);
const rolesOfMaster: ReadonlySet<string> = new Set(['admin', 'create-realm']);

/** Whether Keycloak has a client of this id in every such realm; `master` has one for each other realm. */
export function isOwnClient(clientId: string, realm: string): boolean {
  return clients.has(clientId) || (realm === 'master' && clientId.endsWith('-realm'));
}

/** Whether Keycloak has this role of its own accord, the default role aside, whose name may change. */
export function isOwnRole(name: string, realm: string): boolean {
  return roles.has(name) || (realm === 'master' && rolesOfMaster.has(name));
}
