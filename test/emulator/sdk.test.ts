import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { emulatorOfTest } from './emulator-of-test.ts';

test("Auth0's own SDK finds nothing amiss", async () => {
  const { domain, clientId, clientSecret, certificateFile, snapshot, tokenRequests, addFault, calls } =
    await emulatorOfTest();
  // The SDK waits for X-RateLimit-Reset and tries again.
  addFault({ match: { method: 'PATCH' }, answer: { status: 429 } });
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, 'sdk-session.ts'), domain, clientId, clientSecret],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: certificateFile } },
  );
  const audience = 'https://api.example.com/v1';
  const permission = (name: string): object => ({
    permission_name: name,
    description: name.toUpperCase(),
    resource_server_name: 'Example',
    resource_server_identifier: audience,
  });
  expect(JSON.parse(stdout)).toEqual({
    scopes: ['read:a', 'read:b', 'read:c'],
    dialect: 'access_token_authz',
    rolePermissions: [permission('read:a'), permission('read:b')],
    roleNames: Array.from({ length: 7 }, (_, index) => `Role ${index}`),
    holders: ['user0@example.com', 'user1@example.com', 'user2@example.com'],
    userRoles: ['Role 1', 'Role 2'],
    userPermissions: [
      { ...permission('read:c'), sources: [{ source_id: '', source_name: '', source_type: 'DIRECT' }] },
    ],
    byEmail: ['user1@example.com'],
    found: [expect.stringMatching(/^email\|/)],
    settings: `Loopback tenant ${domain}`,
    action: ['built', 1, false],
    actionNames: ['Hello'],
    versions: [1],
    bound: ['Hello'],
    triggers: expect.arrayContaining(['post-login', 'credentials-exchange']),
    members: 3,
    memberRoles: ['Role 5', 'Role 6'],
    organizations: ['acme'],
    effective: ['Role 1', 'Role 2'],
    refusals: [
      { statusCode: 404, body: expect.objectContaining({ message: 'The role does not exist.' }) },
      { statusCode: 409, body: expect.objectContaining({ message: 'The role already exists.' }) },
      { statusCode: 404, body: expect.objectContaining({ errorCode: 'inexistent_resource_server_permission' }) },
      { statusCode: 404, body: expect.objectContaining({ errorCode: 'inexistent_resource_server' }) },
      { statusCode: 409, body: expect.objectContaining({ error: 'Conflict' }) },
    ],
  });
  expect(snapshot()).toMatchObject({ resourceServers: [], roles: { length: 6 }, users: { length: 3 } });
  expect(tokenRequests()).toBe(1);
  expect(calls().filter((call) => call.status === 429)).toHaveLength(1);
});
