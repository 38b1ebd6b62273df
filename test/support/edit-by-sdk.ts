import { ManagementClient } from 'auth0';

/**
 * Edits a role as somebody with Auth0's own SDK would: gives it a permission, and takes another one. A process of its own,
 * because Node reads NODE_EXTRA_CA_CERTS at its start only.
 *
 * Arguments: the domain, the client's id and its secret, the role's id, the audience, what is given, what is taken.
 */
const [domain = '', clientId = '', clientSecret = '', role = '', audience = '', given = '', taken = ''] =
  process.argv.slice(2);
const client = new ManagementClient({ domain, clientId, clientSecret });
const only = (scope: string) => ({
  permissions: [{ resource_server_identifier: audience, permission_name: scope }],
});
await client.roles.permissions.add(role, only(given));
await client.roles.permissions.delete(role, only(taken));
