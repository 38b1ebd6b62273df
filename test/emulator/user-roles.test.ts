import { expect, test } from 'vitest';
import { audience, emulatorOfTest, errorOf, permissionsBody, resourceServerWith } from './emulator-of-test.ts';

async function person() {
  const emulator = await emulatorOfTest();
  const id = await emulator.create('/users', { connection: 'email', email: 'a@example.com' });
  return { ...emulator, path: `/users/${encodeURIComponent(id)}` };
}

test('roles are given and taken silently, held or not', async () => {
  const { send, create, path } = await person();
  const reader = await create('/roles', { name: 'reader', description: 'Reads' });
  const admin = await create('/roles', { name: 'Admin' });
  expect(await send('POST', `${path}/roles`, { roles: [reader, admin] })).toMatchObject({ status: 204, body: null });
  expect(await send('POST', `${path}/roles`, { roles: [reader] })).toMatchObject({ status: 204 });
  expect((await send('GET', `${path}/roles?include_totals=true&per_page=100&page=0`)).body).toEqual({
    roles: [
      { id: admin, name: 'Admin', description: '' },
      { id: reader, name: 'reader', description: 'Reads' },
    ],
    start: 0,
    limit: 100,
    total: 2,
  });
  expect(await send('DELETE', `${path}/roles`, { roles: [reader, 'rol_unheardof0000000'] })).toMatchObject({
    status: 204,
    body: null,
  });
  expect((await send('GET', `${path}/roles`)).body).toMatchObject([{ id: admin }]);
});

test('an unknown role is refused, and so is the one too many', async () => {
  const { send, create, path } = await person();
  const roles = await Promise.all(Array.from({ length: 51 }, (_, index) => create('/roles', { name: `r${index}` })));
  expect(await send('POST', `${path}/roles`, { roles: [...roles.slice(2), 'rol_x'] })).toMatchObject({
    status: 400,
    body: errorOf(400, 'Bad Request', 'One or more of the specified roles do not exist: rol_x', 'invalid_body'),
  });
  expect(await send('POST', `${path}/roles`, { roles: roles.slice(1) })).toMatchObject({ status: 204 });
  expect(await send('POST', `${path}/roles`, { roles: roles.slice(0, 1) })).toMatchObject({ status: 400 });
  expect(await send('POST', `${path}/roles`, { roles: roles.slice(1) })).toMatchObject({ status: 204 });
});

test('direct permissions are listed with their source, and those through roles are not', async () => {
  const { send, create, path } = await person();
  await create('/resource-servers', resourceServerWith('a', 'b'));
  const role = await create('/roles', { name: 'Reader' });
  await send('POST', `/roles/${role}/permissions`, permissionsBody('b'));
  await send('POST', `${path}/roles`, { roles: [role] });
  expect(await send('POST', `${path}/permissions`, permissionsBody('a'))).toMatchObject({ status: 201, body: {} });
  expect((await send('GET', `${path}/permissions`)).body).toEqual([
    {
      permission_name: 'a',
      description: 'May a',
      resource_server_name: 'Example',
      resource_server_identifier: audience,
      sources: [{ source_id: '', source_name: '', source_type: 'DIRECT' }],
    },
  ]);
  expect(await send('DELETE', `${path}/permissions`, permissionsBody('a', 'b', 'z'))).toMatchObject({ status: 204 });
  expect(await send('POST', `${path}/permissions`, permissionsBody('z'))).toMatchObject({ status: 404 });
});

test('a deleted user leaves nothing behind', async () => {
  const { send, create, path, snapshot } = await person();
  const role = await create('/roles', { name: 'Reader' });
  await send('POST', `${path}/roles`, { roles: [role] });
  expect(await send('DELETE', path)).toMatchObject({ status: 204, body: null });
  expect((await send('GET', `/roles/${role}/users`)).body).toEqual([]);
  expect(snapshot().users).toEqual([]);
});
