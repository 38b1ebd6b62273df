import { expect, test } from 'vitest';
import { emulatorOfTest, errorOf } from './emulator-of-test.ts';

async function roleOf(people: number) {
  const emulator = await emulatorOfTest();
  const role = await emulator.create('/roles', { name: 'Reader' });
  const users: string[] = [];
  for (let index = 0; index < people; index += 1) {
    const user = { connection: 'email', user_id: `u${index}`, email: `u${index}@example.com` };
    users.push(await emulator.create('/users', user));
  }
  return { ...emulator, path: `/roles/${role}/users`, users };
}

test('people of a role are shown with four properties', async () => {
  const { send, path, users } = await roleOf(1);
  expect(await send('POST', path, { users })).toMatchObject({ status: 200, body: {} });
  const listed = await send('GET', `${path}?include_totals=true`);
  expect(listed.body).toEqual({
    users: [
      {
        user_id: 'email|u0',
        email: 'u0@example.com',
        name: 'u0@example.com',
        picture: expect.stringMatching(/^https:\/\/s\.gravatar\.com\//),
      },
    ],
    start: 0,
    limit: 50,
    total: 1,
  });
});

test('a checkpoint leads through everybody once, without totals', async () => {
  const { send, path, users } = await roleOf(5);
  await send('POST', path, { users: users.slice(3) });
  await send('POST', path, { users });
  const seen: string[] = [];
  let next = '';
  for (let page = 0; page < 3; page += 1) {
    const answer = await send('GET', `${path}?take=2&include_totals=true&per_page=50${next}`);
    const body = answer.body as { users: { user_id: string }[]; next?: string };
    expect(Object.keys(body)).toEqual(page < 2 ? ['users', 'next'] : ['users']);
    seen.push(...body.users.map((user) => user.user_id));
    next = `&from=${encodeURIComponent(body.next ?? '')}`;
  }
  expect([...seen].sort()).toEqual(users);
  expect((await send('GET', `${path}?take=100`)).body).not.toHaveProperty('next');
});

test('a checkpoint still leads on when its person has gone', async () => {
  const { send, path, users } = await roleOf(3);
  await send('POST', path, { users });
  const first = await send('GET', `${path}?take=2`);
  await send('DELETE', `/users/${encodeURIComponent('email|u1')}`);
  const { next } = first.body as { next: string };
  const second = await send('GET', `${path}?take=2&from=${encodeURIComponent(next)}`);
  expect(second.body).toMatchObject({ users: [{ user_id: 'email|u2' }] });
});

test('an unknown person, an unknown role and a page beyond the first thousand are refused', async () => {
  const { send, path, users } = await roleOf(1);
  expect(await send('POST', path, { users: [...users, 'auth0|nobody'] })).toMatchObject({
    status: 404,
    body: errorOf(404, 'Not Found', 'One or more of the users do not exist.'),
  });
  expect((await send('GET', path)).body).toEqual([]);
  expect(await send('GET', '/roles/rol_0000000000000000/users')).toMatchObject({ status: 404 });
  expect(await send('GET', `${path}?page=10&per_page=100`)).toMatchObject({
    status: 400,
    body: { errorCode: 'invalid_paging' },
  });
});
