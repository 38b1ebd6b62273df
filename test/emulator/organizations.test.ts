import { describe, expect, test } from 'vitest';
import { emulatorOfTest, errorOf } from './emulator-of-test.ts';

/** An organization, people u0, u1, …, and two roles. */
async function organizationOf(people: number) {
  const emulator = await emulatorOfTest();
  const id = await emulator.create('/organizations', { name: 'acme', display_name: 'Acme' });
  const users: string[] = [];
  for (let index = 0; index < people; index += 1) {
    const user = { connection: 'email', user_id: `u${index}`, email: `u${index}@example.com` };
    users.push(await emulator.create('/users', user));
  }
  const roles = [
    await emulator.create('/roles', { name: 'Writer' }),
    await emulator.create('/roles', { name: 'Reader' }),
  ];
  const members = `/organizations/${id}/members`;
  const rolesOf = (user: string): string => `${members}/${encodeURIComponent(user)}/roles`;
  return { ...emulator, id, users, roles, members, rolesOf };
}

describe('an organization', () => {
  test('is made, found, changed and deleted', async () => {
    const { send, id } = await organizationOf(0);
    const acme = { id, name: 'acme', display_name: 'Acme' };
    expect(id).toMatch(/^org_[A-Za-z0-9]{16}$/);
    expect((await send('GET', `/organizations/${id}`)).body).toEqual(acme);
    expect((await send('GET', '/organizations/name/acme')).body).toEqual(acme);
    expect((await send('PATCH', `/organizations/${id}`, { display_name: 'A' })).body).toEqual({
      ...acme,
      display_name: 'A',
    });
    expect(await send('POST', '/organizations', { name: 'acme' })).toMatchObject({
      status: 409,
      body: { errorCode: 'organization_conflict', message: 'An organization with the same name already exists.' },
    });
    expect(await send('DELETE', `/organizations/${id}`)).toMatchObject({ status: 204 });
    const missing = errorOf(404, 'Not Found', 'No organization found by that id or name');
    expect((await send('GET', `/organizations/${id}`)).body).toEqual(missing);
    expect((await send('GET', '/organizations/name/acme')).body).toEqual(missing);
  });

  test.each([{}, { name: '' }, { name: 'Acme' }, { name: 'a'.repeat(51) }, { name: 'org_a' }, { name: 'a', x: 1 }])(
    'is refused as %j',
    async (body) => {
      const { send } = await emulatorOfTest();
      expect(await send('POST', '/organizations', body)).toMatchObject({
        status: 400,
        body: { errorCode: 'invalid_body' },
      });
    },
  );

  test('is listed in three shapes', async () => {
    const { send, create } = await emulatorOfTest();
    for (const name of ['b', 'a', 'c']) await create('/organizations', { name });
    const names = (list: unknown) => (list as { name: string }[]).map(({ name }) => name);
    expect(names((await send('GET', '/organizations')).body)).toEqual(['b', 'a', 'c']);
    const totals = await send('GET', '/organizations?include_totals=true&per_page=2');
    expect(totals.body).toMatchObject({ organizations: { length: 2 }, start: 0, limit: 2, total: 3 });
    const first = (await send('GET', '/organizations?take=2&include_totals=true')).body as Checkpoint;
    expect(Object.keys(first)).toEqual(['organizations', 'next']);
    const second = (await send('GET', `/organizations?take=2&from=${encodeURIComponent(first.next ?? '')}`))
      .body as Checkpoint;
    expect([...names(first.organizations), ...names(second.organizations)]).toEqual(['a', 'b', 'c']);
    expect(second.next).toBeUndefined();
    expect(await send('GET', '/organizations?from=?')).toMatchObject({ status: 400 });
  });
});

interface Checkpoint {
  readonly organizations: unknown;
  readonly members: readonly { readonly user_id: string }[];
  readonly next?: string;
}

describe('members', () => {
  test('are listed in three shapes; by checkpoint the last page still leads on, to an empty one', async () => {
    const { send, members, users } = await organizationOf(3);
    expect(await send('POST', members, { members: users })).toMatchObject({ status: 204, body: null });
    const shown = (await send('GET', members)).body;
    expect(shown).toMatchObject(users.map((user_id) => ({ user_id })));
    expect(Object.keys((shown as object[])[0] ?? {})).toEqual(['user_id', 'email', 'picture', 'name']);
    const totals = await send('GET', `${members}?include_totals=true&page=1&per_page=2`);
    expect(totals.body).toMatchObject({ members: [{ user_id: users[2] }], start: 2, limit: 2, total: 3 });
    const seen: number[] = [];
    let from = '';
    do {
      const { body } = await send('GET', `${members}?take=2${from}`);
      const { members: page, next } = body as Checkpoint;
      seen.push(page.length);
      from = next === undefined ? '' : `&from=${encodeURIComponent(next)}`;
    } while (from !== '');
    expect(seen).toEqual([2, 1, 0]);
  });

  test('hold roles there, and nowhere else', async () => {
    const { send, id, members, users, roles, rolesOf } = await organizationOf(2);
    const [member = '', stranger = ''] = users;
    await send('POST', members, { members: [member] });
    expect(await send('POST', rolesOf(member), { roles })).toMatchObject({ status: 204, body: null });
    const held = await send('GET', `${rolesOf(member)}?include_totals=true`);
    expect(held.body).toEqual({
      roles: [
        { id: roles[1], name: 'Reader', description: '' },
        { id: roles[0], name: 'Writer', description: '' },
      ],
      start: 0,
      limit: 50,
      total: 2,
    });
    expect((await send('GET', `/users/${encodeURIComponent(member)}/roles`)).body).toEqual([]);
    const withRoles = await send('GET', `${members}?fields=user_id,roles`);
    expect(withRoles.body).toEqual([
      {
        user_id: member,
        roles: [
          { id: roles[1], name: 'Reader' },
          { id: roles[0], name: 'Writer' },
        ],
      },
    ]);
    const joined = await send('GET', `/users/${encodeURIComponent(member)}/organizations`);
    expect(joined.body).toEqual([{ id, name: 'acme', display_name: 'Acme' }]);
    expect(await send('DELETE', rolesOf(member), { roles: [roles[0]] })).toMatchObject({ status: 204 });
    expect((await send('GET', rolesOf(member))).body).toMatchObject([{ name: 'Reader' }]);
    expect(await send('GET', rolesOf(stranger))).toMatchObject({ status: 404 });
    expect(await send('POST', rolesOf(stranger), { roles })).toMatchObject({ status: 400 });
    expect(await send('POST', rolesOf(member), { roles: ['rol_none'] })).toMatchObject({ status: 400 });
    expect(await send('POST', members, { members: ['email|nobody'] })).toMatchObject({ status: 400 });
  });

  test.each<
    [string, (of: Awaited<ReturnType<typeof organizationOf>>) => [method: string, path: string, body?: unknown]]
  >([
    ['leaves', ({ members, users }) => ['DELETE', members, { members: users }]],
    ['is deleted', ({ users }) => ['DELETE', `/users/${encodeURIComponent(users[0] ?? '')}`]],
  ])('take their roles with them when one %s', async (_, leaving) => {
    const of = await organizationOf(1);
    const { send, members, users, roles, rolesOf } = of;
    await send('POST', members, { members: users });
    await send('POST', rolesOf(users[0] ?? ''), { roles });
    expect(await send(...leaving(of))).toMatchObject({ status: 204 });
    expect((await send('GET', members)).body).toEqual([]);
    // There already, unless it was deleted.
    await send('POST', '/users', { connection: 'email', user_id: 'u0', email: 'u0@example.com' });
    await send('POST', members, { members: users });
    expect((await send('GET', rolesOf(users[0] ?? ''))).body).toEqual([]);
  });

  test('lose a role that is deleted', async () => {
    const { send, members, users, roles, rolesOf } = await organizationOf(1);
    await send('POST', members, { members: users });
    await send('POST', rolesOf(users[0] ?? ''), { roles });
    await send('DELETE', `/roles/${roles[0]}`, {});
    expect((await send('GET', rolesOf(users[0] ?? ''))).body).toMatchObject([{ name: 'Reader' }]);
  });
});
