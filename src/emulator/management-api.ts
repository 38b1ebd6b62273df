import type { Store } from './store.ts';

const perResource = ['roles', 'resource_servers', 'users', 'clients', 'client_grants', 'actions', 'organizations'];

/** Every scope of the Management API that the emulator knows, in the order in which its own API lists them. */
export const managementScopes: readonly string[] = [
  ...perResource.flatMap((resource) => ['read', 'create', 'update', 'delete'].map((verb) => `${verb}:${resource}`)),
  'read:users_app_metadata',
  'create:users_app_metadata',
  'update:users_app_metadata',
  'delete:users_app_metadata',
  'read:organization_members',
  'create:organization_members',
  'delete:organization_members',
  'read:organization_member_roles',
  'create:organization_member_roles',
  'delete:organization_member_roles',
  'read:user_idp_tokens',
  'read:role_members',
  'create:role_members',
  'delete:role_members',
  'read:user_effective_permissions',
  'read:user_effective_roles',
  'read:tenant_settings',
  'update:tenant_settings',
];

const managementApiId = '000000000000000000000001';

/** Every tenant lists its own Management API; its identifier has the port in it, so it is made anew at each start. */
export function keepManagementApi(store: Store, identifier: string): void {
  store.resourceServers.set(managementApiId, {
    id: managementApiId,
    name: 'Auth0 Management API',
    identifier,
    is_system: true,
    allow_offline_access: false,
    skip_consent_for_verifiable_first_party_clients: false,
    token_lifetime: 86_400,
    token_lifetime_for_web: 7200,
    signing_alg: 'RS256',
    scopes: managementScopes.map((value) => ({ description: value.replaceAll(/[:_]/g, ' '), value })),
  });
}
