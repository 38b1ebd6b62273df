import { expect, test } from 'vitest';
import { emulatorOfTest, errorOf, permissionsBody, resourceServerWith } from './emulator-of-test.ts';

test('a role created without a description says so only afterwards', async () => {
  const { send } = await emulatorOfTest();
  const created = await send('POST', '/roles', { name: 'Reader' });
  expect(created).toMatchObject({ status: 200, body: { id: expect.stringMatching(/^rol_[A-Za-z0-9]{16}$/) } });
  const { id } = created.body as { id: string };
  expect(created.body).toEqual({ id, name: 'Reader', type: 'tenant' });
  const read = await send('GET', `/roles/${id}`);
  expect(read.body).toEqual({ id, name: 'Reader', description: '', type: 'tenant' });
});

test('a change leaves what it does not name', async () => {
  const { send, create } = await emulatorOfTest();
  const id = await create('/roles', { name: 'Reader', description: 'Reads' });
  const changed = await send('PATCH', `/roles/${id}`, { name: 'Viewer' });
  expect(changed).toMatchObject({ status: 200, body: { id, name: 'Viewer', description: 'Reads', type: 'tenant' } });
});

test('a name is taken once', async () => {
  const { send, create } = await emulatorOfTest();
  const id = await create('/roles', { name: 'Reader' });
  await create('/roles', { name: 'reader' });
  const conflict = errorOf(409, 'Conflict', 'The role already exists.');
  expect(await send('POST', '/roles', { name: 'Reader' })).toMatchObject({ status: 409, body: conflict });
  expect(await send('PATCH', `/roles/${id}`, { name: 'reader' })).toMatchObject({ status: 409, body: conflict });
  expect(await send('PATCH', `/roles/${id}`, { name: 'Reader' })).toMatchObject({ status: 200 });
});

test('lists come in byte order and in both shapes', async () => {
  const { send, create } = await emulatorOfTest();
  for (const name of ['read_only', 'Reader', 'Admin', 'émile']) {
    await create('/roles', { name });
  }
  const names = (body: unknown): string[] => (body as { name: string }[]).map((role) => role.name);
  const bare = await send('GET', '/roles');
  expect(names(bare.body)).toEqual(['Admin', 'Reader', 'read_only', 'émile']);
  const counted = await send('GET', '/roles?include_totals=true&per_page=3&page=1');
  expect(counted.body).toMatchObject({ start: 3, limit: 3, total: 4, roles: [{ name: 'émile' }] });
  const filtered = await send('GET', '/roles?name_filter=READ');
  expect(names(filtered.body)).toEqual(['Reader', 'read_only']);
  const beyond = await send('GET', '/roles?include_totals=true&page=9');
  expect(beyond.body).toEqual({ roles: [], start: 450, limit: 50, total: 4 });
});

test('deletion takes the role from its people and answers with an empty object; a second one is 404', async () => {
  const { send, create } = await emulatorOfTest();
  const role = await create('/roles', { name: 'Reader' });
  const user = await create('/users', { connection: 'email', email: 'a@example.com' });
  await create('/resource-servers', resourceServerWith('read:all'));
  await send('POST', `/roles/${role}/permissions`, permissionsBody('read:all'));
  await send('POST', `/roles/${role}/users`, { users: [user] });
  expect(await send('DELETE', `/roles/${role}`, {})).toMatchObject({ status: 200, body: {} });
  expect((await send('GET', `/users/${encodeURIComponent(user)}/roles`)).body).toEqual([]);
  const gone = { status: 404, body: errorOf(404, 'Not Found', 'The role does not exist.') };
  expect(await send('DELETE', `/roles/${role}`)).toMatchObject(gone);
  expect(await send('GET', `/roles/${role}`)).toMatchObject(gone);
  expect(await send('PATCH', `/roles/${role}`, { name: 'x' })).toMatchObject(gone);
  expect(await send('GET', `/roles/${role}/permissions`)).toMatchObject(gone);
});

test('a tenant holds a thousand roles', async () => {
  const { send } = await emulatorOfTest();
  await Promise.all(Array.from({ length: 1000 }, (_, index) => send('POST', '/roles', { name: `role ${index}` })));
  const refused = await send('POST', '/roles', { name: 'one more' });
  const message = 'You reached the limit of entities of this type for this tenant.';
  expect(refused).toMatchObject({ status: 403, body: errorOf(403, 'Forbidden', message) });
});
