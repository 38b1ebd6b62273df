import { describe, expect, test } from 'vitest';
import { audience, emulatorOfTest, errorOf, permissionsBody, resourceServerWith } from './emulator-of-test.ts';

const encoded = audience.replaceAll('/', '%2F');

test('an API created by its identifier alone has the defaults and nothing else', async () => {
  const { send } = await emulatorOfTest();
  const created = await send('POST', '/resource-servers', { identifier: audience });
  expect(created).toMatchObject({ status: 201 });
  expect(created.body).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{24}$/),
    identifier: audience,
    allow_offline_access: false,
    skip_consent_for_verifiable_first_party_clients: false,
    subject_type_authorization: { client: { policy: 'require_client_grant' }, user: { policy: 'allow_all' } },
    token_lifetime: 86_400,
    token_lifetime_for_web: 7200,
    signing_alg: 'RS256',
  });
});

test('an API is reached by its id and by its identifier with encoded slashes', async () => {
  const { send, create } = await emulatorOfTest();
  const id = await create('/resource-servers', { identifier: audience });
  const byId = await send('GET', `/resource-servers/${id}`);
  const byIdentifier = await send('GET', `/resource-servers/${encoded}`);
  expect(byIdentifier).toMatchObject({ status: 200, body: byId.body as object });
  const odd = 'urn:a|b c%2F/d?é';
  await create('/resource-servers', { identifier: odd });
  expect((await send('GET', `/resource-servers/${encodeURIComponent(odd)}`)).body).toMatchObject({ identifier: odd });
});

test('a change merges settings, replaces scopes in their order, and null clears', async () => {
  const { send, create } = await emulatorOfTest();
  const id = await create('/resource-servers', resourceServerWith('z', 'a'));
  const rbac = { enforce_policies: true, token_dialect: 'access_token_authz' };
  await send('PATCH', `/resource-servers/${id}`, { ...rbac, consent_policy: 'transactional-authorization-with-mfa' });
  await send('PATCH', `/resource-servers/${encoded}`, {
    consent_policy: null,
    subject_type_authorization: { user: { policy: 'deny_all' } },
  });
  const changed = await send('PATCH', `/resource-servers/${id}`, { scopes: [{ value: 'c' }, { value: 'a' }] });
  expect(changed.status).toBe(200);
  expect(changed.body).toMatchObject({
    ...rbac,
    name: 'Example',
    scopes: [{ value: 'c' }, { value: 'a' }],
    subject_type_authorization: { client: { policy: 'require_client_grant' }, user: { policy: 'deny_all' } },
  });
  expect(changed.body).not.toHaveProperty('consent_policy');
  const emptied = await send('PATCH', `/resource-servers/${id}`, { scopes: [] });
  expect(emptied.body).toMatchObject({ scopes: [] });
});

test('an identifier is taken once and never changed', async () => {
  const { send, create } = await emulatorOfTest();
  await create('/resource-servers', { identifier: audience });
  expect(await send('POST', '/resource-servers', { identifier: audience })).toMatchObject({
    status: 409,
    body: errorOf(409, 'Conflict', 'A resource server with the same identifier already exists.'),
  });
  const message = "Payload validation error: 'Additional properties not allowed: identifier'.";
  expect(await send('PATCH', `/resource-servers/${encoded}`, { identifier: 'x' })).toMatchObject({
    status: 400,
    body: errorOf(400, 'Bad Request', message, 'invalid_body'),
  });
});

test('an API that is not there is 404 to read and 204 to delete', async () => {
  const { send } = await emulatorOfTest();
  const body = errorOf(404, 'Not Found', 'The resource server does not exist', 'inexistent_resource_server');
  expect(await send('GET', '/resource-servers/000000000000000000000000')).toMatchObject({ status: 404, body });
  expect(await send('PATCH', `/resource-servers/${encoded}`, {})).toMatchObject({ status: 404, body });
  expect(await send('DELETE', `/resource-servers/${encoded}`)).toMatchObject({ status: 204, body: null });
});

test('the Management API is listed first and cannot be touched', async () => {
  const { send, create, domain } = await emulatorOfTest();
  await create('/resource-servers', { identifier: 'aaa' });
  const listed = await send('GET', '/resource-servers?include_totals=true&fields=id,identifier,is_system');
  const identifier = `https://${domain}/api/v2/`;
  expect(listed.body).toMatchObject({
    total: 2,
    resource_servers: [{ identifier, is_system: true }, { identifier: 'aaa' }],
  });
  const path = `/resource-servers/${encodeURIComponent(identifier)}`;
  expect(await send('PATCH', path, { scopes: [] })).toMatchObject({ status: 400 });
  expect(await send('DELETE', path)).toMatchObject({ status: 400 });
});

test('a list can be narrowed to at most ten identifiers', async () => {
  const { send, create } = await emulatorOfTest();
  await create('/resource-servers', { identifier: 'aaa' });
  await create('/resource-servers', { identifier: 'bbb' });
  const narrowed = await send('GET', '/resource-servers?identifiers=bbb&identifiers=ccc&fields=identifier');
  expect(narrowed.body).toEqual([{ identifier: 'bbb' }]);
  const eleven = Array.from({ length: 11 }, (_, index) => `identifiers=${index}`).join('&');
  expect(await send('GET', `/resource-servers?${eleven}`)).toMatchObject({ status: 400 });
});

test('an API holds a thousand scopes, of unlike values', async () => {
  const { send, create } = await emulatorOfTest();
  const id = await create('/resource-servers', { identifier: audience });
  const scopes = Array.from({ length: 1001 }, (_, index) => ({ value: `read:${index}` }));
  expect(await send('PATCH', `/resource-servers/${id}`, { scopes })).toMatchObject({ status: 403 });
  expect(await send('PATCH', `/resource-servers/${id}`, { scopes: scopes.slice(1) })).toMatchObject({ status: 200 });
  const twice = await send('PATCH', `/resource-servers/${id}`, { scopes: [{ value: 'a' }, { value: 'a' }] });
  expect(twice.body).toMatchObject({ message: expect.stringContaining('not unique (indexes 0 and 1)') });
});

describe('a scope that somebody holds', () => {
  async function heldScope(scopeRemoval?: 'refuse') {
    const emulator = await emulatorOfTest(scopeRemoval === undefined ? {} : { scopeRemoval });
    const { send, create } = emulator;
    await create('/resource-servers', resourceServerWith('a', 'b', 'c'));
    const role = await create('/roles', { name: 'Reader' });
    const user = await create('/users', { connection: 'email', email: 'a@example.com' });
    await send('POST', `/roles/${role}/permissions`, permissionsBody('a', 'b'));
    await send('POST', `/users/${encodeURIComponent(user)}/permissions`, permissionsBody('b'));
    return emulator;
  }

  test('goes from everybody with it, by default, and does not come back with its name', async () => {
    const { send, snapshot } = await heldScope();
    expect(await send('PATCH', `/resource-servers/${encoded}`, { scopes: [{ value: 'a' }] })).toMatchObject({
      status: 200,
    });
    await send('PATCH', `/resource-servers/${encoded}`, { scopes: [{ value: 'a' }, { value: 'b' }] });
    expect(snapshot().roles[0]?.permissions).toEqual([{ audience, scope: 'a' }]);
    expect(snapshot().users[0]?.permissions).toEqual([]);
  });

  test('cannot be removed in a tenant that refuses; others can', async () => {
    const { send, snapshot } = await heldScope('refuse');
    const refused = await send('PATCH', `/resource-servers/${encoded}`, { scopes: [{ value: 'c' }] });
    expect(refused).toMatchObject({ status: 400, body: { errorCode: 'scope_in_use' } });
    expect(snapshot().resourceServers[0]?.scopes).toEqual(['a', 'b', 'c']);
    const kept = { scopes: [{ value: 'b' }, { value: 'a' }] };
    expect(await send('PATCH', `/resource-servers/${encoded}`, kept)).toMatchObject({ status: 200 });
  });

  test('goes with its API', async () => {
    const { send, snapshot } = await heldScope();
    expect(await send('DELETE', `/resource-servers/${encoded}`)).toMatchObject({ status: 204 });
    expect(snapshot()).toMatchObject({ resourceServers: [], roles: [{ permissions: [] }] });
  });
});
