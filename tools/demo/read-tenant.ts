import { ManagementClient } from 'auth0';

/**
 * Prints what the tenant of AUTH0_DOMAIN holds, as JSON: each role's title with its scopes on one API. A process of its
 * own, because Node reads the certificates that it trusts (NODE_EXTRA_CA_CERTS) when it starts.
 */
const { AUTH0_DOMAIN: domain = '', AUTH0_API_TOKEN: token = '' } = process.env;
const audience = process.argv[2] ?? '';
const client = new ManagementClient({ domain, token });
const found: Record<string, readonly string[]> = {};
for await (const role of await client.roles.list({ per_page: 100 })) {
  const scopes: string[] = [];
  for await (const permission of await client.roles.permissions.list(role.id ?? '', { per_page: 100 })) {
    if (permission.resource_server_identifier === audience) scopes.push(permission.permission_name ?? '');
  }
  if (scopes.length > 0) found[role.name ?? ''] = scopes;
}
process.stdout.write(JSON.stringify(found));
