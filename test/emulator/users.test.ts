import { describe, expect, test } from 'vitest';
import type { EmulatorOfTest } from './emulator-of-test.ts';
import { emulatorOfTest, errorOf } from './emulator-of-test.ts';

const database = 'Username-Password-Authentication';

test('a new user has what can be told from the address, and neither password nor metadata', async () => {
  const { send } = await emulatorOfTest();
  const created = await send('POST', '/users', { connection: database, email: 'Ada@example.com', password: 'x' });
  expect(created.status).toBe(201);
  expect(created.body).toEqual({
    created_at: expect.stringMatching(/Z$/),
    updated_at: expect.stringMatching(/Z$/),
    email: 'Ada@example.com',
    email_verified: false,
    identities: [
      { connection: database, user_id: expect.stringMatching(/^[0-9a-f]{24}$/), provider: 'auth0', isSocial: false },
    ],
    name: 'Ada@example.com',
    nickname: 'Ada',
    picture: expect.stringContaining('avatars%2Fad.png'),
    user_id: expect.stringMatching(/^auth0\|[0-9a-f]{24}$/),
  });
});

test('an account is taken once in its connection', async () => {
  const { send, create } = await emulatorOfTest();
  await create('/users', { connection: database, email: 'a@example.com' });
  await create('/users', { connection: 'google-oauth2', email: 'a@example.com' });
  expect(await send('POST', '/users', { connection: database, email: 'a@example.com' })).toMatchObject({
    status: 409,
    body: errorOf(409, 'Conflict', 'The user already exists.', 'auth0_idp_error'),
  });
});

test('metadata is merged at its first level, null takes a key away, an empty object all of them', async () => {
  const { send, create } = await emulatorOfTest();
  const path = `/users/${encodeURIComponent(await create('/users', { connection: 'email', email: 'a@example.com' }))}`;
  const both = (metadata: object): object => ({ user_metadata: metadata, app_metadata: metadata });
  expect((await send('PATCH', path, both({ a: 1, b: { c: 1 } }))).body).toMatchObject(both({ a: 1, b: { c: 1 } }));
  expect((await send('PATCH', path, both({ a: null, b: { d: 2 } }))).body).toMatchObject(both({ b: { d: 2 } }));
  const cleared = await send('PATCH', path, both({}));
  expect(cleared.body).toMatchObject({ user_metadata: {} });
  expect(cleared.body).not.toHaveProperty('app_metadata');
});

test('a profile changes, by null too, but not its address and its password at once', async () => {
  const { send, create } = await emulatorOfTest();
  const path = `/users/${encodeURIComponent(await create('/users', { connection: database, email: 'a@example.com' }))}`;
  const named = await send('PATCH', path, { given_name: 'Ada', blocked: true, password: 'secret' });
  expect(named).toMatchObject({ status: 200, body: { given_name: 'Ada', blocked: true } });
  expect(named.body).not.toHaveProperty('password');
  expect((await send('PATCH', path, { given_name: null })).body).not.toHaveProperty('given_name');
  expect(await send('PATCH', path, { email: 'b@example.com', password: 'x' })).toMatchObject({ status: 400 });
});

test('a user that is not there is 404 to read and to change, and 204 to delete', async () => {
  const { send } = await emulatorOfTest();
  const body = errorOf(404, 'Not Found', 'The user does not exist.', 'inexistent_user');
  for (const [method, path] of [
    ['GET', '/users/auth0%7Cnobody'],
    ['PATCH', '/users/auth0%7Cnobody'],
    ['GET', '/users/auth0%7Cnobody/roles'],
    ['GET', '/users/auth0%7Cnobody/permissions'],
  ] as const) {
    expect(await send(method, path, method === 'PATCH' ? {} : undefined)).toMatchObject({ status: 404, body });
  }
  expect(await send('DELETE', '/users/auth0%7Cnobody')).toMatchObject({ status: 204, body: null });
});

test('an unverifiable address is refused', async () => {
  const { send } = await emulatorOfTest();
  const message =
    "Payload validation error: 'Object didn't pass validation for format email: ' on property email (The user's email.).";
  expect(await send('POST', '/users', { connection: database, email: '' })).toMatchObject({
    status: 400,
    body: errorOf(400, 'Bad Request', message, 'invalid_body'),
  });
});

describe('finding users', () => {
  async function people(): Promise<EmulatorOfTest> {
    const emulator = await emulatorOfTest();
    for (const [name, connection, team] of [
      ['Ada', database, 'red'],
      ['Bob', 'google-oauth2', 'blue'],
      ['Cy', database, 'blue'],
    ] as const) {
      const email = `${name.toLowerCase()}@example.com`;
      await emulator.create('/users', { connection, email, name: `${name} X`, app_metadata: { team } });
    }
    return emulator;
  }

  test.each([
    ['email:ada@example.com', ['Ada X']],
    ['email:"ADA@example.com"', ['Ada X']],
    ['name:"Bob X"', ['Bob X']],
    ['identities.connection:google-oauth2', ['Bob X']],
    ['app_metadata.team:blue AND identities.connection:"Username-Password-Authentication"', ['Cy X']],
    ['app_metadata.team:red OR name:c*', ['Ada X', 'Cy X']],
    ['NOT app_metadata.team:blue', ['Ada X']],
    ['-app_metadata.team:blue', ['Ada X']],
    ['_exists_:username', []],
    ['ada@example.com', ['Ada X']],
  ])('by %s', async (query, names) => {
    const { send } = await people();
    const found = await send('GET', `/users?search_engine=v3&sort=name:1&q=${encodeURIComponent(query)}`);
    expect((found.body as { name: string }[]).map((user) => user.name)).toEqual(names);
  });

  test('tells the length of the page and the total', async () => {
    const { send } = await people();
    const page = await send('GET', '/users?include_totals=true&per_page=2&page=1&sort=name:-1&fields=name');
    expect(page.body).toEqual({ start: 2, limit: 2, length: 1, users: [{ name: 'Ada X' }], total: 3 });
  });

  test('refuses what it does not understand rather than finding everybody', async () => {
    const { send } = await people();
    for (const query of ['(a OR b)', 'age:[1 TO 3]', 'a b', 'NOT']) {
      const refused = await send('GET', `/users?q=${encodeURIComponent(query)}`);
      expect(refused).toMatchObject({ status: 400, body: { errorCode: 'invalid_query_string' } });
    }
  });

  test('by address is exact', async () => {
    const { send } = await people();
    expect((await send('GET', '/users-by-email?email=ada@example.com')).body).toHaveLength(1);
    expect((await send('GET', '/users-by-email?email=Ada@example.com')).body).toEqual([]);
    expect(await send('GET', '/users-by-email')).toMatchObject({ status: 400 });
  });
});
