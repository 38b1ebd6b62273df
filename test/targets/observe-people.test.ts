import { describe, expect, test } from 'vitest';
import type { PeopleSelection } from '../../src/stack/tenant.ts';
import { TenantError } from '../../src/stack/tenant-error.ts';
import { observePeople } from '../../src/targets/auth0/observe-people.ts';
import { readDirectPermissions, readProfile, readUsers } from '../../src/targets/auth0/people-reader.ts';
import type { TenantClient } from '../../src/targets/auth0/tenant-client.ts';
import { connectTenant } from '../../src/targets/auth0/tenant-client.ts';
import { audience, emulatorOfTest, permissionsBody, resourceServerWith } from '../emulator/emulator-of-test.ts';

const quiet = { onPeople: () => undefined, onProgress: () => undefined };
const usual: Omit<PeopleSelection, 'roles'> = {
  ...{ audiences: [audience], directPermissions: 'holders', organizations: false, tombstones: ['noted'] },
  ...quiet,
};

/** A tenant and a client of it, which counts. */
async function tenantWithClient() {
  const emulator = await emulatorOfTest();
  const signal = new AbortController().signal;
  const client = connectTenant({ env: emulator.environment, signal, patience: 0, onWait: () => undefined });
  const paths = () =>
    emulator.calls().map(({ path, query }) => `${path.replace('/api/v2', '')}${query === '' ? '' : `?${query}`}`);
  return { ...emulator, client, paths };
}

/** Answers with what a test says, by the beginning of the path. */
function clientOf(answers: Readonly<Record<string, unknown>>): TenantClient {
  return {
    get: async (path) => {
      const [, answer] = Object.entries(answers).find(([start]) => path.startsWith(start)) ?? [];
      if (answer === undefined) throw new TenantError('404 Not Found: The user does not exist.');
      return answer;
    },
  };
}

describe('people', () => {
  test('are read by checkpoint, a call for each hundred holders of a role and two for each person', async () => {
    const { create, send, client, paths, resetCalls } = await tenantWithClient();
    const role = await create('/roles', { name: 'Many' });
    const nobodys = await create('/roles', { name: 'Nobody' });
    const users: string[] = [];
    for (let number = 0; number < 201; number += 1) {
      users.push(
        await create('/users', { connection: 'staff', user_id: String(number), email: `p${number}@example.com` }),
      );
    }
    await send('POST', `/roles/${role}/users`, { users });
    resetCalls();
    const told: unknown[] = [];
    const { people } = await observePeople(client, {
      ...usual,
      roles: [role, nobodys],
      onPeople: (cost) => told.push(cost),
    });
    expect(people.map(({ id }) => id)).toEqual(users.toSorted());
    expect(people.every(({ roles }) => roles.length === 1 && roles[0] === role)).toBe(true);
    expect(paths().filter((path) => path.startsWith('/roles/')).length).toBe(3 + 1);
    expect(paths().length).toBe(3 + 1 + 2 * 201);
    expect(told).toEqual([{ people: 201, calls: 402 }]);
  });

  test('come with address, connections, block and what was noted at their first sign-in', async () => {
    const { create, send, client } = await tenantWithClient();
    const role = await create('/roles', { name: 'A role' });
    const notes = { noted: { role: 'viewer', roleId: 'rol_1' }, other: { roleId: 'rol_2' } };
    const profile = { connection: 'staff', email: 'Ann@example.com', email_verified: true, blocked: true };
    const id = await create('/users', { ...profile, user_id: 'ann', app_metadata: notes });
    const invited = await create('/users', {
      connection: 'staff',
      user_id: 'bob',
      app_metadata: { noted: { invited: true } },
      name: 'Bob',
    });
    await send('POST', `/roles/${role}/users`, { users: [id, invited] });
    const { people } = await observePeople(client, { ...usual, roles: [role] });
    expect(people).toEqual([
      {
        ...{ id, email: 'Ann@example.com', blocked: true, roles: [role], memberships: [], direct: [] },
        identities: [{ connection: 'staff', email: 'Ann@example.com', verified: true }],
        defaultRoles: ['rol_1'],
      },
      {
        ...{ id: invited, email: null, blocked: false, roles: [role], memberships: [], direct: [], defaultRoles: [] },
        identities: [{ connection: 'staff', email: '', verified: false }],
      },
    ]);
  });

  test('hold permissions directly: of our APIs, asked of holders, of everybody, or of nobody', async () => {
    const { create, send, client, paths, resetCalls } = await tenantWithClient();
    await create('/resource-servers', resourceServerWith('read', 'write'));
    await create('/resource-servers', { identifier: 'urn:other', name: 'Other', scopes: [{ value: 'read' }] });
    const role = await create('/roles', { name: 'A role' });
    const [ann, bob, cat] = await Promise.all(
      ['ann', 'bob', 'cat'].map((user_id) =>
        create('/users', { connection: 'staff', user_id, email: `${user_id}@example.com` }),
      ),
    );
    await send('POST', `/roles/${role}/users`, { users: [ann] });
    for (const user of [ann, bob]) {
      await send('POST', `/users/${encodeURIComponent(String(user))}/permissions`, permissionsBody('write', 'read'));
    }
    const other = { permissions: [{ resource_server_identifier: 'urn:other', permission_name: 'read' }] };
    await send('POST', `/users/${encodeURIComponent(String(cat))}/permissions`, other);
    const held = [
      { audience, scope: 'read' },
      { audience, scope: 'write' },
    ];
    const read = async (directPermissions: PeopleSelection['directPermissions']) => {
      resetCalls();
      const { people, unlistedUsers } = await observePeople(client, { ...usual, roles: [role], directPermissions });
      return [people.map(({ id, direct }) => [id, direct]), unlistedUsers, paths().length];
    };
    expect(await read('holders')).toEqual([[[ann, held]], 0, 1 + 2]);
    expect(await read('nobody')).toEqual([[[ann, []]], 0, 1 + 1]);
    // The list of users; ann twice; bob and cat once for permissions, bob once more.
    expect(await read('everybody')).toEqual([
      [
        [ann, held],
        [bob, held],
      ],
      0,
      1 + 1 + 2 + 2 + 1,
    ]);
  });

  test('hold roles in organizations, read a call for each hundred members and one more', async () => {
    const { create, send, client, paths, resetCalls } = await tenantWithClient();
    const [role, foreign] = [await create('/roles', { name: 'Ours' }), await create('/roles', { name: 'Theirs' })];
    const [ann, bob] = [
      await create('/users', { connection: 'staff', user_id: 'ann', email: 'ann@example.com' }),
      await create('/users', { connection: 'staff', user_id: 'bob', email: 'bob@example.com' }),
    ];
    for (const name of ['acme', 'umbra']) {
      const id = await create('/organizations', { name });
      await send('POST', `/organizations/${id}/members`, { members: [ann, bob] });
      await send('POST', `/organizations/${id}/members/${encodeURIComponent(ann)}/roles`, { roles: [role, foreign] });
    }
    resetCalls();
    const { people, organizations } = await observePeople(client, { ...usual, roles: [role], organizations: true });
    expect(organizations).toBe(2);
    expect(people.map(({ id, roles, memberships }) => ({ id, roles, memberships }))).toEqual([
      {
        id: ann,
        roles: [],
        memberships: [
          { organization: 'acme', roles: [role] },
          { organization: 'umbra', roles: [role] },
        ],
      },
    ]);
    // Nobody holds the role in the tenant; the organizations; their members; ann twice.
    expect(paths().length).toBe(1 + 1 + 2 * (1 + 1) + 2);
  });
});

describe('what a tenant answers', () => {
  test('names permissions that come by roles too, which are left out', async () => {
    const permission = { resource_server_identifier: audience, permission_name: 'read' };
    const permissions = [
      { ...permission, sources: [{ source_type: 'ROLE', source_name: 'A role' }] },
      { ...permission, permission_name: 'write', sources: [{ source_type: 'ROLE' }, { source_type: 'DIRECT' }] },
      { ...permission, permission_name: 'old' },
    ];
    const client = clientOf({ '/users/a/permissions': { permissions, total: 3 } });
    expect((await readDirectPermissions(client, 'a')).map(({ scope }) => scope)).toEqual(['old', 'write']);
  });

  test('has no account and no role that was deleted meanwhile', async () => {
    const client = clientOf({ '/roles/r/users': { users: [{ user_id: 'gone' }] } });
    expect((await observePeople(client, { ...usual, roles: ['r', 'deleted'] })).people).toEqual([]);
    const refusing: TenantClient = { get: () => Promise.reject(new TenantError('403 Forbidden: Insufficient scope')) };
    await expect(readProfile(refusing, 'a')).rejects.toThrow('403');
  });

  test('lists a thousand users and no more, and the rest are counted', async () => {
    const page = Array.from({ length: 100 }, (_, index) => ({ user_id: `u${index}` }));
    const paths: string[] = [];
    const client: TenantClient = {
      get: async (path) => {
        paths.push(path);
        return path.startsWith('/users?') ? { users: page, total: 1234 } : { permissions: [], total: 0 };
      },
    };
    expect((await readUsers(client)).total).toBe(1234);
    expect(paths.length).toBe(10);
    const read = await observePeople(client, { ...usual, roles: [], directPermissions: 'everybody' });
    expect(read.unlistedUsers).toBe(234);
  });

  test('gives each linked account the address of its own connection', async () => {
    const identities = [
      { connection: 'staff' },
      { connection: 'google', profileData: { email: 'me@example.com', email_verified: true } },
    ];
    const user = { user_id: 'a', email: 'ann@example.com', email_verified: false, identities };
    expect((await readProfile(clientOf({ '/users/a': user }), 'a'))?.identities).toEqual([
      { connection: 'staff', email: 'ann@example.com', verified: false },
      { connection: 'google', email: 'me@example.com', verified: true },
    ]);
  });
});
