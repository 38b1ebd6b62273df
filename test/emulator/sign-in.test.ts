import type { JSONWebKeySet } from 'jose';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/start-emulator.ts';
import type { EmulatorOfTest } from './emulator-of-test.ts';
import { audience, emulatorOfTest, permissionsBody, resourceServerWith } from './emulator-of-test.ts';

const database = 'Username-Password-Authentication';
const password = 'correct horse';
const rbac = { enforce_policies: true, token_dialect: 'access_token_authz' };
const realm = 'http://auth0.com/oauth/grant-type/password-realm';

/** A tenant with an API of two scopes, and Ada, who has the role Reader. */
async function tenantOfTest(settings: object = rbac, options: EmulatorOptions = {}) {
  const emulator = await emulatorOfTest(options);
  await emulator.create('/resource-servers', { ...resourceServerWith('read:it', 'write:it'), ...settings });
  const reader = await emulator.create('/roles', { name: 'Reader' });
  await emulator.send('POST', `/roles/${reader}/permissions`, permissionsBody('read:it'));
  const ada = await emulator.create('/users', { connection: database, email: 'ada@example.com', password });
  await emulator.send('POST', `/users/${encodeURIComponent(ada)}/roles`, { roles: [reader] });
  return { ...emulator, ada, reader };
}

const signIn = ({ send, applicationId }: EmulatorOfTest, body: object = {}) =>
  send(
    'POST',
    '/oauth/token',
    { grant_type: 'password', client_id: applicationId, username: 'ada@example.com', password, audience, ...body },
    { token: null },
  );

interface Granted {
  readonly access_token: string;
  readonly id_token?: string;
  readonly scope: string;
  readonly expires_in: number;
}

/** Signs in, and reads the token with the published keys. */
async function claimsOf(emulator: EmulatorOfTest, body: object = {}) {
  const answer = await signIn(emulator, body);
  expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
  const granted = answer.body as Granted;
  const keys = (await emulator.send('GET', '/.well-known/jwks.json', undefined, { token: null })).body as JSONWebKeySet;
  const { payload } = await jwtVerify(granted.access_token, createLocalJWKSet(keys));
  return { claims: payload, granted, header: decodeProtectedHeader(granted.access_token) };
}

describe('a sign-in with a password', () => {
  test('gives a signed token of an API with what the person may do there', async () => {
    const tenant = await tenantOfTest({ ...rbac, token_lifetime: 3600 });
    const { claims, granted, header } = await claimsOf(tenant, { scope: 'openid email' });
    expect(header).toEqual({ alg: 'RS256', typ: 'JWT', kid: expect.any(String) });
    expect(claims).toEqual({
      iss: `https://${tenant.domain}/`,
      sub: tenant.ada,
      aud: [audience, `https://${tenant.domain}/userinfo`],
      iat: expect.any(Number),
      exp: Number(claims.iat) + 3600,
      azp: tenant.applicationId,
      gty: 'password',
      scope: 'openid email read:it',
      permissions: ['read:it'],
    });
    expect(granted).toMatchObject({ expires_in: 3600, scope: 'openid email read:it' });
  });

  test('adds up roles and direct permissions at that API, without what an organization gives', async () => {
    const tenant = await tenantOfTest();
    const { send, create, ada } = tenant;
    const writer = await create('/roles', { name: 'Writer' });
    await send('POST', `/roles/${writer}/permissions`, permissionsBody('write:it'));
    const organization = await create('/organizations', { name: 'acme' });
    await send('POST', `/organizations/${organization}/members`, { members: [ada] });
    const elsewhere = { identifier: 'https://other.example', scopes: [{ value: 'other' }], ...rbac };
    await create('/resource-servers', elsewhere);
    const foreign = { resource_server_identifier: elsewhere.identifier, permission_name: 'other' };
    await send('POST', `/roles/${tenant.reader}/permissions`, { permissions: [foreign] });
    const inside = `/organizations/${organization}/members/${encodeURIComponent(ada)}/roles`;
    await send('POST', inside, { roles: [writer] });
    expect((await claimsOf(tenant)).claims.permissions).toEqual(['read:it']);
    await send('POST', `/users/${encodeURIComponent(ada)}/permissions`, permissionsBody('write:it'));
    expect((await claimsOf(tenant)).claims.permissions).toEqual(['read:it', 'write:it']);
  });

  test.each<[string, object, object, string | undefined, object | undefined]>([
    ['RBAC, one scope asked for', rbac, { scope: 'read:it' }, 'read:it', ['read:it']],
    ['RBAC, one that is not permitted', rbac, { scope: 'write:it' }, undefined, ['read:it']],
    ['RBAC without permissions in tokens', { enforce_policies: true }, {}, 'read:it', undefined],
    ['permissions in tokens without RBAC', { token_dialect: 'access_token_authz' }, {}, 'read:it write:it', undefined],
    ['neither', {}, {}, 'read:it write:it', undefined],
    ['neither, one asked for', {}, { scope: 'write:it other' }, 'write:it', undefined],
  ])('of an API with %s', async (_, settings, body, scope, permissions) => {
    const { claims } = await claimsOf(await tenantOfTest(settings), body);
    expect([claims.scope, claims.permissions]).toEqual([scope, permissions]);
  });

  test('gives a token of RFC 9068 where the API wants one', async () => {
    const tenant = await tenantOfTest({ enforce_policies: true, token_dialect: 'rfc9068_profile_authz' });
    const { claims, header } = await claimsOf(tenant);
    expect(header.typ).toBe('at+jwt');
    expect(claims).toMatchObject({
      client_id: tenant.applicationId,
      jti: expect.any(String),
      permissions: ['read:it'],
    });
    expect(claims).not.toHaveProperty('azp');
  });

  test('without an API gives a token that is no JWT, and one of OpenID Connect', async () => {
    const tenant = await tenantOfTest();
    const { body } = await signIn(tenant, { audience: undefined, scope: 'openid profile' });
    const { access_token: opaque, id_token: id = '' } = body as Granted;
    expect(opaque.split('.')).toHaveLength(1);
    const { body: keys } = await tenant.send('GET', '/.well-known/jwks.json', undefined, { token: null });
    const { payload } = await jwtVerify(id, createLocalJWKSet(keys as JSONWebKeySet), {
      audience: tenant.applicationId,
    });
    expect(payload).toMatchObject({ sub: tenant.ada, name: 'ada@example.com' });
    expect(payload).not.toHaveProperty('email');
  });

  test('at a connection that is named finds the account of that connection', async () => {
    const tenant = await tenantOfTest();
    const other = await tenant.create('/users', {
      connection: 'Partners',
      email: 'ADA@example.com',
      password: 'other',
    });
    const { claims } = await claimsOf(tenant, { grant_type: realm, realm: 'Partners', password: 'other' });
    expect(claims.sub).toBe(other);
    expect((await claimsOf(tenant, { grant_type: realm, realm: database })).claims.sub).toBe(tenant.ada);
    const mixed = { grant_type: realm, realm: 'Partners' };
    expect(await signIn(tenant, mixed)).toMatchObject({ status: 403, body: { error: 'invalid_grant' } });
  });

  test.each([
    [{ password: 'wrong' }, 403, 'invalid_grant', 'Wrong email or password.'],
    [{ username: 'nobody@example.com' }, 403, 'invalid_grant', 'Wrong email or password.'],
    [{ password: undefined }, 400, 'invalid_request', 'Missing required parameter: password'],
    [{ password: 1 }, 400, 'invalid_request', 'Missing required parameter: password'],
    [{ grant_type: realm }, 400, 'invalid_request', 'Missing required parameter: realm'],
    [{ audience: 'https://elsewhere/' }, 403, 'access_denied', 'Service not found: https://elsewhere/'],
    [{ client_id: 'nobody' }, 401, 'access_denied', 'Unauthorized'],
    [{ grant_type: 'toString' }, 403, 'unauthorized_client', "Grant type 'toString' not allowed for the client."],
    [{ grant_type: 'client_credentials' }, 403, 'unauthorized_client', expect.stringContaining('client_credentials')],
  ])('is refused for %j', async (body, status, error, text) => {
    const refused = await signIn(await tenantOfTest(), body);
    expect(refused).toMatchObject({ status, body: { error, error_description: text } });
  });

  test('is refused to the blocked, to those without a password, and for what is not for people', async () => {
    const tenant = await tenantOfTest();
    const { create, send, ada, domain } = tenant;
    await create('/users', { connection: database, email: 'bob@example.com' });
    expect(await signIn(tenant, { username: 'bob@example.com', password: '' })).toMatchObject({ status: 400 });
    expect(await signIn(tenant, { username: 'bob@example.com', password: ' ' })).toMatchObject({ status: 403 });
    const management = await signIn(tenant, { audience: `https://${domain}/api/v2/`, scope: 'create:roles' });
    expect(management).toMatchObject({ status: 403, body: { error: 'access_denied' } });
    await send('PATCH', `/users/${encodeURIComponent(ada)}`, { blocked: true });
    expect(await signIn(tenant)).toMatchObject({ status: 401, body: { error_description: 'user is blocked' } });
  });

  test.each([
    [{ subject_type_authorization: { user: { policy: 'deny_all' } } }, 403, 'access_denied'],
    [{ subject_type_authorization: { user: { policy: 'require_client_grant' } } }, 403, 'access_denied'],
    [{ signing_alg: 'HS256', signing_secret: 'a secret of sixteen' }, 501, 'server_error'],
  ])('is refused for an API with %j', async (settings, status, error) => {
    expect(await signIn(await tenantOfTest(settings))).toMatchObject({ status, body: { error } });
  });

  test('with a new password; the old one is over', async () => {
    const tenant = await tenantOfTest();
    await tenant.send('PATCH', `/users/${encodeURIComponent(tenant.ada)}`, { password: 'new' });
    expect(await signIn(tenant)).toMatchObject({ status: 403 });
    expect(await signIn(tenant, { password: 'new' })).toMatchObject({ status: 200 });
  });

  test('is counted, and no call shows the password', async () => {
    const tenant = await tenantOfTest();
    await signIn(tenant);
    await signIn(tenant, { password: 'wrong' });
    await signIn(tenant);
    const user = await tenant.send('GET', `/users/${encodeURIComponent(tenant.ada)}`);
    expect(user.body).toMatchObject({ logins_count: 2, last_ip: expect.any(String), last_login: expect.any(String) });
    expect(JSON.stringify([tenant.calls(), user.body])).not.toContain(password);
    expect(tenant.calls().find(({ path }) => path === '/api/v2/users')).toMatchObject({
      requestBody: { email: 'ada@example.com', password: '(not shown)' },
    });
  });
});

test('a machine gets a token of an API that it has a grant for', async () => {
  const tenant = await tenantOfTest();
  const { create, send, clientId, clientSecret } = tenant;
  const asMachine = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  expect(await signIn(tenant, asMachine)).toMatchObject({ status: 403, body: { error: 'access_denied' } });
  const grant = { client_id: clientId, audience, scope: ['write:it'] };
  await create('/client-grants', grant);
  expect((await claimsOf(tenant, asMachine)).claims).toMatchObject({
    sub: `${clientId}@clients`,
    azp: clientId,
    gty: 'client-credentials',
    scope: 'write:it',
    permissions: ['write:it'],
  });
  expect(await send('POST', '/client-grants', grant)).toMatchObject({ status: 409 });
  expect(await send('POST', '/client-grants', { ...grant, client_id: 'x' })).toMatchObject({ status: 404 });
  expect(await send('POST', '/client-grants', { ...grant, audience: 'x' })).toMatchObject({ status: 404 });
  const [kept] = (await send('GET', `/client-grants?audience=${audience}`)).body as [{ id: string }];
  expect(await send('DELETE', `/client-grants/${kept.id}`)).toMatchObject({ status: 204 });
  expect(await signIn(tenant, asMachine)).toMatchObject({ status: 403, body: { error: 'access_denied' } });
});
