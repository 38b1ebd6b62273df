import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { audience, emulatorOfTest, permissionsBody, resourceServerWith } from './emulator-of-test.ts';

const database = 'Username-Password-Authentication';
const redirect_uri = 'http://127.0.0.1:3000/callback';
const telling = 'exports.onExecutePostLogin = async (event, api) => api.accessToken.setCustomClaim("event", event);';

/** A tenant with an API, the organization acme, and Ada, who may read everywhere and write within acme; it tells its events. */
async function tenantOfTest(code: string = telling) {
  const emulator = await emulatorOfTest();
  const { create, send, applicationId: client_id } = emulator;
  const rbac = { enforce_policies: true, token_dialect: 'access_token_authz' };
  await create('/resource-servers', { ...resourceServerWith('read:it', 'write:it'), ...rbac });
  const ada = await create('/users', { connection: database, email: 'ada@example.com' });
  const acme = await create('/organizations', { name: 'acme', display_name: 'Acme' });
  await send('POST', `/organizations/${acme}/members`, { members: [ada] });
  for (const [name, path] of [
    ['read', `/users/${encodeURIComponent(ada)}/roles`],
    ['write', `/organizations/${acme}/members/${encodeURIComponent(ada)}/roles`],
  ] as const) {
    const role = await create('/roles', { name });
    await send('POST', `/roles/${role}/permissions`, permissionsBody(`${name}:it`));
    await send('POST', path, { roles: [role] });
  }
  const supported_triggers = [{ id: 'post-login', version: 'v3' }];
  const action = await create('/actions/actions', { name: 'Tell', supported_triggers, code });
  await send('POST', `/actions/actions/${action}/deploy`);
  const bound = { bindings: [{ ref: { type: 'action_id', value: action } }] };
  await send('PATCH', '/actions/triggers/post-login/bindings', bound);

  const authorize = (query: Readonly<Record<string, string>> = {}) => {
    const asked = { response_type: 'code', client_id, redirect_uri, audience, login_hint: 'ada@example.com', ...query };
    return send('GET', `/authorize?${new URLSearchParams(asked)}`, undefined, { token: null });
  };
  const callback = async (query: Readonly<Record<string, string>> = {}) => {
    const { status, headers } = await authorize(query);
    expect(status).toBe(302);
    return Object.fromEntries(new URL(headers.location ?? '').searchParams);
  };
  const redeem = (body: object) =>
    send(
      'POST',
      '/oauth/token',
      { grant_type: 'authorization_code', client_id, redirect_uri, ...body },
      { token: null },
    );
  const claims = async (query: Readonly<Record<string, string>> = {}) => {
    const { code } = await callback(query);
    const { status, body } = await redeem({ code });
    expect(status).toBe(200);
    const { access_token: access, id_token: id } = body as { access_token: string; id_token?: string };
    return { access: decodeJwt<Record<string, unknown>>(access), id: id === undefined ? undefined : decodeJwt(id) };
  };
  return { ...emulator, ada, acme, authorize, callback, redeem, claims };
}

test('a code gives the tokens of whom login_hint names', async () => {
  const { claims, callback, ada, applicationId } = await tenantOfTest();
  const { access, id } = await claims({ scope: 'openid email read:it write:it', nonce: 'n', state: 's' });
  expect(access).toMatchObject({
    sub: ada,
    azp: applicationId,
    permissions: ['read:it'],
    scope: 'openid email read:it',
  });
  expect(access).not.toHaveProperty('gty');
  expect(access.event).toMatchObject({
    transaction: { protocol: 'oidc-basic-profile', response_type: ['code'], redirect_uri, state: 's' },
    request: { method: 'GET', query: { nonce: 'n' }, body: {} },
    stats: { logins_count: 1 },
  });
  expect(access.event).not.toHaveProperty('organization');
  expect(id).toMatchObject({ sub: ada, aud: applicationId, nonce: 'n', email: 'ada@example.com' });
  expect(await callback({ state: 's' })).toEqual({ code: expect.any(String), state: 's' });
});

test('through an organization, its roles count too, and the action is told', async () => {
  const { claims, acme } = await tenantOfTest();
  for (const organization of [acme, 'acme']) {
    const { access } = await claims({ organization });
    expect(access).toMatchObject({ org_id: acme, permissions: ['read:it', 'write:it'] });
    expect(access.event).toMatchObject({
      organization: { id: acme, name: 'acme', display_name: 'Acme', metadata: {} },
      authorization: { roles: ['read', 'write'] },
    });
  }
  expect((await claims()).access.permissions).toEqual(['read:it']);
});

test('a connection without passwords is signed in over as well', async () => {
  const { claims, create } = await tenantOfTest();
  const google = await create('/users', {
    connection: 'google-oauth2',
    email: 'ada@example.com',
    email_verified: true,
  });
  const { access } = await claims({ connection: 'google-oauth2', invitation: 'ticket' });
  expect(access).toMatchObject({ sub: google, permissions: [] });
  expect(access.event).toMatchObject({
    authentication: { methods: [{ name: 'federated' }] },
    connection: { name: 'google-oauth2', strategy: 'google-oauth2' },
    request: { query: { invitation: 'ticket' } },
  });
});

describe('a client is told', () => {
  test.each([
    [{ login_hint: 'nobody' }, 'access_denied'],
    [{ connection: 'other' }, 'access_denied'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ audience: 'https://elsewhere' }, 'access_denied'],
    [{ organization: 'nobody' }, 'invalid_request'],
  ])('for %j: %s', async (query, error) => {
    const { callback } = await tenantOfTest();
    expect(await callback({ ...query, state: 's' })).toEqual({
      error,
      error_description: expect.any(String),
      state: 's',
    });
  });

  test('when an action denies it, and when somebody is not a member', async () => {
    const denying = 'exports.onExecutePostLogin = async (event, api) => api.access.deny("Not today.");';
    const { callback, create } = await tenantOfTest(denying);
    expect(await callback()).toEqual({ error: 'access_denied', error_description: 'Not today.' });
    await create('/users', { connection: database, email: 'bob@example.com' });
    const { error_description: why } = await callback({ login_hint: 'bob@example.com', organization: 'acme' });
    expect(why).toContain('is not part of the org_');
  });

  test.each([
    [{ redirect_uri: 'https://elsewhere.example/callback' }],
    [{ redirect_uri: 'nonsense' }],
    [{ client_id: 'nobody' }],
  ])('nothing for %j: no answer is sent there', async (query) => {
    const { authorize } = await tenantOfTest();
    const { status, headers } = await authorize(query);
    expect([status, headers.location]).toEqual([403, undefined]);
  });
});

describe('a code', () => {
  test('is good once, for a minute, for where it was sent', async () => {
    const { callback, redeem } = await tenantOfTest();
    const refused = { status: 403, body: { error: 'invalid_grant' } };
    const { code } = await callback();
    expect(await redeem({ code })).toMatchObject({ status: 200 });
    expect(await redeem({ code })).toMatchObject(refused);
    expect(await redeem({ code: 'made-up' })).toMatchObject(refused);
    expect(await redeem({ code: (await callback()).code, redirect_uri: 'http://127.0.0.1/x' })).toMatchObject(refused);
    const { code: late } = await callback();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect(await redeem({ code: late })).toMatchObject(refused);
  });

  test('that was asked for with a challenge needs the verifier', async () => {
    const { callback, redeem } = await tenantOfTest();
    const code_challenge = createHash('sha256').update('verifier').digest('base64url');
    const asked = async () => (await callback({ code_challenge, code_challenge_method: 'S256' })).code;
    expect(await redeem({ code: await asked() })).toMatchObject({ status: 403 });
    expect(await redeem({ code: await asked(), code_verifier: 'other' })).toMatchObject({ status: 403 });
    expect(await redeem({ code: await asked(), code_verifier: 'verifier' })).toMatchObject({ status: 200 });
  });
});
