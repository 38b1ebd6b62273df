import { expect, test } from 'vitest';
import { audience, emulatorOfTest, permissionsBody, resourceServerWith } from './emulator-of-test.ts';

test('what a person holds is told with the way it came, by pages that lead on', async () => {
  const { send, create } = await emulatorOfTest();
  await create('/resource-servers', resourceServerWith('a', 'b', 'c', 'd'));
  const roles = [await create('/roles', { name: 'Writer' }), await create('/roles', { name: 'Reader' })];
  await send('POST', `/roles/${roles[0]}/permissions`, permissionsBody('b', 'c'));
  await create('/users', { connection: 'email', user_id: 'a', email: 'a@example.com' });
  const path = '/users/email%7Ca';
  await send('POST', `${path}/roles`, { roles });
  await send('POST', `${path}/permissions`, permissionsBody('a', 'b'));

  expect((await send('GET', `${path}/effective-roles`)).body).toEqual({
    roles: [
      { id: roles[1], name: 'Reader', description: '', sources: ['direct'] },
      { id: roles[0], name: 'Writer', description: '', sources: ['direct'] },
    ],
  });
  const permissions = `${path}/effective-permissions?resource_server_identifier=${encodeURIComponent(audience)}`;
  const first = (await send('GET', `${permissions}&take=2`)).body as { permissions: unknown; next: string };
  expect(first.permissions).toMatchObject([
    { permission_name: 'a', sources: ['direct'], description: 'May a' },
    { permission_name: 'b', sources: ['direct', 'roles'], resource_server_name: 'Example' },
  ]);
  const second = await send('GET', `${permissions}&take=2&from=${encodeURIComponent(first.next)}`);
  expect(second.body).toMatchObject({ permissions: [{ permission_name: 'c', sources: ['roles'] }] });
  expect(second.body).not.toHaveProperty('next');
  const elsewhere = `${path}/effective-permissions?resource_server_identifier=https://elsewhere/`;
  expect((await send('GET', elsewhere)).body).toEqual({ permissions: [] });
  expect(await send('GET', `${path}/effective-permissions`)).toMatchObject({ status: 400 });
});
