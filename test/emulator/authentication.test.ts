import type { JSONWebKeySet } from 'jose';
import { createLocalJWKSet, jwtVerify, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import type { EmulatorOfTest } from './emulator-of-test.ts';
import { emulatorOfTest, errorOf } from './emulator-of-test.ts';

const machine = { clientId: 'machine', clientSecret: 's/e+c:r%t' };

function tokenRequest({ send, domain }: EmulatorOfTest, body: object, headers: Record<string, string> = {}) {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    audience: `https://${domain}/api/v2/`,
    ...body,
  }).toString();
  return send('POST', '/oauth/token', form, {
    token: null,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(form)),
      ...headers,
    },
  });
}

const inForm = { client_id: machine.clientId, client_secret: machine.clientSecret };

describe('a token', () => {
  test('is had with credentials in the form, as HTTP Basic, and in JSON', async () => {
    const emulator = await emulatorOfTest({ clients: [{ ...machine, scopes: ['read:roles', 'read:users'] }] });
    const answered = {
      status: 200,
      body: { expires_in: 86_400, token_type: 'Bearer', scope: 'read:roles read:users' },
    };
    expect(await tokenRequest(emulator, inForm)).toMatchObject(answered);
    const pair = `${encodeURIComponent(machine.clientId)}:${encodeURIComponent(machine.clientSecret)}`;
    const basic = { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
    expect(await tokenRequest(emulator, {}, basic)).toMatchObject(answered);
    const audience = `https://${emulator.domain.replace('127.0.0.1', 'localhost')}/api/v2/`;
    const json = { grant_type: 'client_credentials', audience, ...inForm };
    expect(await emulator.send('POST', '/oauth/token', json, { token: null })).toMatchObject(answered);
    expect(emulator.tokenRequests()).toBe(3);
    expect(emulator.calls()).toEqual([]);
  });

  test.each([
    [{ ...inForm, client_secret: 'wrong' }, 401, 'access_denied', 'Unauthorized'],
    [{}, 401, 'access_denied', 'Unauthorized'],
    [
      { ...inForm, audience: 'https://elsewhere/' },
      403,
      'access_denied',
      expect.stringContaining('https://elsewhere/'),
    ],
    [{ ...inForm, grant_type: 'password' }, 403, 'unauthorized_client', expect.stringContaining('password')],
  ])('is refused for %j', async (body, status, error, text) => {
    const emulator = await emulatorOfTest({ clients: [machine] });
    const refused = await tokenRequest(emulator, body);
    expect(refused).toMatchObject({ status, body: { error, error_description: text } });
  });

  test('is a JWT that the published keys verify', async () => {
    const emulator = await emulatorOfTest();
    const { send, token, domain } = emulator;
    const known = await send('GET', '/.well-known/openid-configuration', undefined, { token: null });
    expect(known.body).toMatchObject({ issuer: `https://${domain}/`, jwks_uri: expect.stringContaining(domain) });
    const keys = await send('GET', '/.well-known/jwks.json', undefined, { token: null });
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys.body as JSONWebKeySet), {
      issuer: `https://${domain}/`,
      audience: `https://${domain}/api/v2/`,
    });
    expect(payload.scope).toContain('create:roles');
  });
});

describe('a call', () => {
  test('without a token, with a foreign one, or with anything else is 401', async () => {
    const { send } = await emulatorOfTest();
    const other = await emulatorOfTest();
    expect(await send('GET', '/roles', undefined, { token: null })).toMatchObject({
      status: 401,
      body: errorOf(401, 'Unauthorized', 'Missing authentication'),
    });
    const invalid = { status: 401, body: errorOf(401, 'Unauthorized', 'Invalid token.') };
    expect(await send('GET', '/roles', undefined, { token: other.token })).toMatchObject(invalid);
    expect(await send('GET', '/roles', undefined, { token: 'nonsense' })).toMatchObject(invalid);
    const basic = { token: null, headers: { authorization: 'Basic x' } };
    expect(await send('GET', '/roles', undefined, basic)).toMatchObject(invalid);
    const forged = await new SignJWT({ scope: 'read:roles' })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode('a secret of thirty-two characters'));
    expect(await send('GET', '/roles', undefined, { token: forged })).toMatchObject(invalid);
  });

  test('carries no rate limit headers when it is refused, and all three when it is not', async () => {
    const { send } = await emulatorOfTest();
    const refused = await send('GET', '/roles', undefined, { token: null });
    expect(Object.keys(refused.headers).filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
    const answered = await send('GET', '/roles');
    expect(answered.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-ratelimit-limit': '50',
      'x-ratelimit-remaining': '49',
      'x-ratelimit-reset': expect.stringMatching(/^\d{10}$/),
    });
  });

  test('needs the scope of what it does', async () => {
    const emulator = await emulatorOfTest({ clients: [{ ...machine, scopes: ['read:users', 'read:roles'] }] });
    const granted = await tokenRequest(emulator, inForm);
    const { access_token: token } = granted.body as { access_token: string };
    const { send } = emulator;
    expect(await send('GET', '/roles', undefined, { token })).toMatchObject({ status: 200 });
    const message = 'Insufficient scope, expected any of: create:roles';
    expect(await send('POST', '/roles', { name: 'a' }, { token })).toMatchObject({
      status: 403,
      body: errorOf(403, 'Forbidden', message, 'insufficient_scope'),
    });
    expect(await send('GET', '/users/auth0%7Cx/roles', undefined, { token })).toMatchObject({
      status: 403,
      body: { message: 'Insufficient scope, expected all of: read:users,read:roles,read:role_members' },
    });
    expect(await send('GET', '/roles', undefined, { token: emulator.token })).toMatchObject({ status: 200 });
  });

  test('to an endpoint that is not served is 404', async () => {
    const { send } = await emulatorOfTest();
    expect(await send('GET', '/log-streams')).toMatchObject({ status: 404, body: { error: 'Not Found' } });
  });
});

test('settings, machines and their grants can be read', async () => {
  const { send, clientId, applicationId, domain } = await emulatorOfTest();
  expect(await send('GET', '/tenants/settings')).toMatchObject({ status: 200 });
  expect((await send('GET', '/clients')).body).toMatchObject([
    { client_id: clientId, app_type: 'non_interactive' },
    { client_id: applicationId, app_type: 'native', token_endpoint_auth_method: 'none' },
  ]);
  expect(await send('GET', '/clients/nobody')).toMatchObject({ status: 404, body: { errorCode: 'inexistent_client' } });
  expect((await send('GET', '/clients?take=1')).body).toMatchObject({
    clients: { length: 1 },
    next: expect.any(String),
  });
  expect((await send('GET', '/client-grants?take=1')).body).toMatchObject({ client_grants: [{ client_id: clientId }] });
  const grants = await send('GET', `/client-grants?client_id=${clientId}`);
  expect(grants.body).toMatchObject([{ audience: `https://${domain}/api/v2/` }]);
});
