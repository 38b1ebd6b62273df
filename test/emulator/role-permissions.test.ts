import { describe, expect, test } from 'vitest';
import { audience, emulatorOfTest, errorOf, permissionsBody, resourceServerWith } from './emulator-of-test.ts';

async function roleWith(...scopes: readonly string[]) {
  const emulator = await emulatorOfTest();
  const server = await emulator.create('/resource-servers', resourceServerWith(...scopes));
  const role = await emulator.create('/roles', { name: 'Reader' });
  return { ...emulator, server, path: `/roles/${role}/permissions` };
}

describe('permissions of a role', () => {
  test('are joined with their API when they are listed, in byte order', async () => {
    const { send, path, server } = await roleWith('read:b', 'Read:a', 'read:a');
    const added = await send('POST', path, permissionsBody('read:b', 'read:a', 'Read:a'));
    expect(added).toMatchObject({ status: 201, body: {} });
    await send('PATCH', `/resource-servers/${server}`, {
      name: 'Renamed',
      scopes: [{ value: 'Read:a', description: 'Told anew' }, { value: 'read:a' }, { value: 'read:b' }],
    });
    const listed = await send('GET', `${path}?include_totals=true`);
    const shown = (name: string, description: string): object => ({
      permission_name: name,
      description,
      resource_server_name: 'Renamed',
      resource_server_identifier: audience,
    });
    expect(listed.body).toEqual({
      permissions: [shown('Read:a', 'Told anew'), shown('read:a', ''), shown('read:b', '')],
      start: 0,
      limit: 50,
      total: 3,
    });
  });

  test('are a set: adding twice and removing what is not held changes nothing', async () => {
    const { send, path } = await roleWith('read:a', 'read:b');
    await send('POST', path, permissionsBody('read:a'));
    expect(await send('POST', path, permissionsBody('read:a', 'read:a'))).toMatchObject({ status: 201 });
    expect(await send('DELETE', path, permissionsBody('read:b', 'unheard:of'))).toMatchObject({
      status: 204,
      body: null,
    });
    expect((await send('GET', path)).body).toHaveLength(1);
    expect(await send('DELETE', path, permissionsBody('read:a'))).toMatchObject({ status: 204, body: null });
    expect((await send('GET', path)).body).toEqual([]);
  });

  test('are refused as a whole when one does not exist', async () => {
    const { send, path } = await roleWith('read:a');
    const refused = await send('POST', path, permissionsBody('read:a', 'read:z'));
    const message = `This permission does not exist: '${audience} - read:z'`;
    const body = errorOf(404, 'Not Found', message, 'inexistent_resource_server_permission');
    expect(refused).toMatchObject({ status: 404, body });
    expect((await send('GET', path)).body).toEqual([]);
  });

  test('are refused when the list is null or empty', async () => {
    const { send, path } = await roleWith('read:a');
    const property = 'permissions (array of resource_server_identifier, permission_name pairs.)';
    const problem = (reason: string): object =>
      errorOf(400, 'Bad Request', `Payload validation error: '${reason}' on property ${property}.`, 'invalid_body');
    const ofNull = await send('DELETE', path, { permissions: null });
    expect(ofNull).toMatchObject({ status: 400, body: problem('Expected type array but found type null') });
    const ofNone = await send('POST', path, { permissions: [] });
    expect(ofNone).toMatchObject({ status: 400, body: problem('Array is too short (0), minimum 1') });
  });

  test('end at a thousand', async () => {
    const { send, path, server } = await roleWith();
    const scopes = Array.from({ length: 1000 }, (_, index) => `read:${index}`);
    await send('PATCH', `/resource-servers/${server}`, { scopes: scopes.map((value) => ({ value })) });
    expect(await send('POST', path, permissionsBody(...scopes))).toMatchObject({ status: 201 });
    await send('POST', '/resource-servers', { identifier: 'other', scopes: [{ value: 'one:more' }] });
    const oneMore = { permissions: [{ resource_server_identifier: 'other', permission_name: 'one:more' }] };
    expect(await send('POST', path, oneMore)).toMatchObject({
      status: 400,
      body: errorOf(400, 'Bad Request', 'No more permissions can be assigned to this role.'),
    });
    const last = await send('GET', `${path}?include_totals=true&per_page=100&page=9`);
    expect(last.body).toMatchObject({ start: 900, limit: 100, total: 1000 });
  });
});
