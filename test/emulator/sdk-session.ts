import type { ManagementError } from 'auth0';
import { ManagementClient } from 'auth0';

/**
 * A process of its own, because Node reads NODE_EXTRA_CA_CERTS at its start only: uses a tenant through Auth0's own SDK, a
 * client that we did not write, and prints what it saw as JSON.
 *
 * Arguments: the domain, the client's id and its secret.
 */
const [domain = '', clientId = '', clientSecret = ''] = process.argv.slice(2);
const client = new ManagementClient({ domain, clientId, clientSecret });
const audience = 'https://api.example.com/v1';

const server = await client.resourceServers.create({ identifier: audience, name: 'Example' });
await client.resourceServers.update(server.id ?? '', {
  enforce_policies: true,
  token_dialect: 'access_token_authz',
  scopes: ['read:a', 'read:b', 'read:c'].map((value) => ({ value, description: value.toUpperCase() })),
});
const byIdentifier = await client.resourceServers.get(audience);

const roleIds: string[] = [];
for (let index = 0; index < 7; index += 1) {
  const { id = '' } = await client.roles.create({ name: `Role ${index}`, description: `Number ${index}` });
  roleIds.push(id);
}
const [role = ''] = roleIds;
const pair = (permission_name: string) => ({ resource_server_identifier: audience, permission_name });
await client.roles.permissions.add(role, { permissions: [pair('read:b'), pair('read:a'), pair('read:c')] });
await client.roles.permissions.delete(role, { permissions: [pair('read:c')] });
const rolePermissions = await all(await client.roles.permissions.list(role, { per_page: 1 }));
const roleNames = (await all(await client.roles.list({ per_page: 3 }))).map((each) => each.name);

const userIds: string[] = [];
for (let index = 0; index < 3; index += 1) {
  const user = await client.users.create({ connection: 'email', email: `user${index}@example.com` });
  userIds.push(user.user_id ?? '');
}
await client.roles.users.assign(role, { users: userIds });
const holders = (await all(await client.roles.users.list(role, { take: 2 }))).map((user) => user.email).sort();
const [user = ''] = userIds;
await client.users.roles.assign(user, { roles: roleIds.slice(1, 3) });
await client.users.roles.delete(user, { roles: [role] });
const userRoles = (await all(await client.users.roles.list(user, { per_page: 1 }))).map((each) => each.name);
await client.users.permissions.create(user, { permissions: [pair('read:c')] });
const userPermissions = await all(await client.users.permissions.list(user));
const byEmail = await client.users.listUsersByEmail({ email: 'user1@example.com' });
const found = (await all(await client.users.list({ q: 'email:user2@example.com' }))).map((each) => each.user_id);
const settings = await client.tenants.settings.get();

const trigger = { id: 'post-login', version: 'v3' } as const;
const { id: actionId = '' } = await client.actions.create({
  name: 'Hello',
  supported_triggers: [trigger],
  code: 'first',
});
const built = await client.actions.get(actionId);
const deployed = await client.actions.deploy(actionId);
await client.actions.triggers.bindings.updateMany('post-login', {
  bindings: [{ ref: { type: 'action_id', value: actionId }, display_name: 'Hello' }],
});
const actionNames = (await all(await client.actions.list({ per_page: 1 }))).map((each) => each.name);
const versions = (await all(await client.actions.versions.list(actionId))).map((each) => each.number);
const bound = (await all(await client.actions.triggers.bindings.list('post-login'))).map((each) => each.action?.name);
const triggers = (await client.actions.triggers.list()).triggers?.map((each) => each.id);

const organization = await client.organizations.create({ name: 'acme', display_name: 'Acme' });
const organizationId = organization.id ?? '';
await client.organizations.members.create(organizationId, { members: userIds });
await client.organizations.members.roles.assign(organizationId, user, { roles: roleIds.slice(5) });
const members = (await all(await client.organizations.members.list(organizationId, { take: 2 }))).map(
  (each) => each.user_id,
);
const memberRoles = await all(await client.organizations.members.roles.list(organizationId, user, { per_page: 1 }));
const organizations = (await all(await client.organizations.list({ take: 1 }))).map((each) => each.name);
const effective = (await all(await client.users.effectiveRoles.list(user))).map((each) => each.name);

const refusals: unknown[] = [];
for (const attempt of [
  () => client.roles.get('rol_0000000000000000'),
  () => client.roles.create({ name: 'Role 1' }),
  () => client.roles.permissions.add(role, { permissions: [pair('read:z')] }),
  () => client.resourceServers.get('https://nowhere/'),
  () => client.actions.delete(actionId),
]) {
  try {
    await attempt();
  } catch (error) {
    const { statusCode, body } = error as ManagementError;
    refusals.push({ statusCode, body });
  }
}
await client.actions.delete(actionId, { force: true });
await client.organizations.delete(organizationId);
await client.roles.update(role, { name: 'Renamed' });
await client.roles.delete(role);
await client.resourceServers.delete(audience);

console.log(
  JSON.stringify({
    scopes: byIdentifier.scopes?.map((scope) => scope.value),
    dialect: byIdentifier.token_dialect,
    rolePermissions,
    roleNames,
    holders,
    userRoles,
    userPermissions,
    byEmail: byEmail.map((each) => each.email),
    found,
    settings: settings.friendly_name,
    action: [built.status, deployed.number, deployed.deployed],
    actionNames,
    versions,
    bound,
    triggers,
    members: members.length,
    memberRoles: memberRoles.map((each) => each.name),
    organizations,
    effective,
    refusals,
  }),
);

async function all<Item>(pages: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of pages) {
    items.push(item);
  }
  return items;
}
