import { describe, expect, test } from 'vitest';
import { audience, permissionsBody } from './emulator-of-test.ts';
import { bindings, database, signInTenant } from './sign-in-tenant.ts';

test('actions run at a sign-in as they were deployed, in the order in which they are bound', async () => {
  const { bind, claims, send } = await signInTenant();
  const say = (word: string) => ({ body: `api.accessToken.setCustomClaim('said', '${word}')` });
  const [first = '', second = ''] = await bind(say('one'), say('two'));
  expect((await claims()).said).toBe('two');
  const ref = (value: string) => ({ ref: { type: 'action_id', value } });
  await send('PATCH', bindings, { bindings: [ref(second), ref(first)] });
  expect((await claims()).said).toBe('one');
  await send('PATCH', `/actions/actions/${first}`, {
    code: "exports.onExecutePostLogin = async (event, api) => api.accessToken.setCustomClaim('said', 'three');",
  });
  expect((await claims()).said).toBe('one');
  await send('GET', `/actions/actions/${first}`);
  await send('POST', `/actions/actions/${first}/deploy`);
  expect((await claims()).said).toBe('three');
  await send('PATCH', bindings, { bindings: [] });
  expect(await claims()).not.toHaveProperty('said');
});

test('an event tells who signs in, where, for what, and how often', async () => {
  const { bind, claims, send, create, path, ada, applicationId, domain } = await signInTenant();
  const role = await create('/roles', { name: 'Reader' });
  await send('POST', `${path}/roles`, { roles: [role] });
  await bind({ body: "api.accessToken.setCustomClaim('event', event)", secrets: [{ name: 'KEY', value: 'hush' }] });
  await claims();
  const { event } = await claims({ scope: 'openid read:it' });
  expect(event).toEqual({
    authentication: { methods: [{ name: 'pwd', timestamp: expect.any(String) }] },
    authorization: { roles: ['Reader'] },
    client: { client_id: applicationId, name: expect.any(String), metadata: {} },
    connection: { id: expect.stringMatching(/^con_\w{16}$/), name: database, strategy: 'auth0', metadata: {} },
    request: {
      method: 'POST',
      ip: expect.any(String),
      hostname: '127.0.0.1',
      geoip: {},
      query: {},
      body: {
        grant_type: 'password',
        client_id: applicationId,
        username: 'ada@example.com',
        audience,
        scope: 'openid read:it',
      },
    },
    resource_server: { identifier: audience },
    stats: { logins_count: 2 },
    tenant: { id: domain },
    transaction: {
      ...{ protocol: 'oauth2-password', requested_scopes: ['openid', 'read:it'] },
      ...{ acr_values: [], ui_locales: [], locale: 'en', metadata: {} },
    },
    user: expect.objectContaining({
      user_id: ada,
      email: 'ada@example.com',
      email_verified: true,
      app_metadata: { plan: 'small', old: 1 },
      user_metadata: {},
      identities: [expect.objectContaining({ connection: database, provider: 'auth0', isSocial: false })],
    }),
    secrets: { KEY: 'hush' },
  });
});

describe('what actions ask for', () => {
  test('of metadata is written once, at the end, over what was changed meanwhile', async () => {
    const { bind, claims, send, path, clientId, clientSecret, domain } = await signInTenant();
    const secrets = Object.entries({ clientId, clientSecret, domain }).map(([name, value]) => ({ name, value }));
    const call = `
      const { domain, clientId, clientSecret } = event.secrets;
      const json = { 'content-type': 'application/json' };
      const granted = await fetch(\`https://\${domain}/oauth/token\`, { method: 'POST', headers: json, body: JSON.stringify({
        grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret,
        audience: \`https://\${domain}/api/v2/\` }) });
      const { access_token } = await granted.json();
      const user = \`https://\${domain}/api/v2/users/\${encodeURIComponent(event.user.user_id)}\`;
      const headers = { ...json, authorization: \`Bearer \${access_token}\` };
      const before = await (await fetch(user, { headers })).json();
      api.accessToken.setCustomClaim('meanwhile', before.app_metadata);
      await fetch(user, { method: 'PATCH', headers, body: JSON.stringify({ app_metadata: { plan: 'big' } }) });`;
    await bind(
      { body: "api.user.setAppMetadata('seen', 1).user.setAppMetadata('old', null)" },
      { body: `${call} api.user.setAppMetadata('seen', 2).user.setUserMetadata('colour', 'red')`, secrets },
    );
    expect((await claims()).meanwhile).toEqual({ plan: 'small', old: 1 });
    expect((await send('GET', path)).body).toMatchObject({
      app_metadata: { plan: 'big', seen: 2 },
      user_metadata: { colour: 'red' },
    });
    expect((await send('GET', path)).body).not.toMatchObject({ app_metadata: { old: 1 } });
  });

  test('of claims is in the token, but for those that Auth0 keeps for itself', async () => {
    const { bind, claims, ada } = await signInTenant();
    const asked = {
      permissions: ['write:it'],
      sub: 'auth0|root',
      exp: 4e9,
      scope: 'write:it',
      'urn:auth0:x': 1,
      'https://a.auth0.com/x': 1,
    };
    const body = `for (const [name, value] of Object.entries({ ...${JSON.stringify(asked)}, 'https://example.com/x': 1, team: 'a' }))
      api.accessToken.setCustomClaim(name, value);`;
    await bind({ body });
    const token = await claims();
    expect(token).toMatchObject({ 'https://example.com/x': 1, team: 'a', permissions: [], sub: ada });
    expect(token.exp).not.toBe(4e9);
    for (const name of ['scope', 'urn:auth0:x', 'https://a.auth0.com/x']) {
      expect(token).not.toHaveProperty([name]);
    }
  });

  test('of scopes overrides what RBAC computed, and leaves the permissions alone', async () => {
    const { bind, claims, send, path } = await signInTenant();
    await send('POST', `${path}/permissions`, permissionsBody('read:it'));
    await bind({ body: "api.accessToken.addScope('write:it').accessToken.removeScope('read:it')" });
    expect(await claims()).toMatchObject({ scope: 'write:it', permissions: ['read:it'] });
  });

  test('denied: nobody gets a token, no other action runs, and metadata is kept all the same', async () => {
    const { bind, signIn, send, path, executions } = await signInTenant();
    await bind(
      { body: "api.user.setAppMetadata('tried', true); api.access.deny('Not today.')" },
      { body: 'console.log(1)' },
    );
    expect(await signIn()).toMatchObject({
      status: 403,
      body: { error: 'access_denied', error_description: 'Not today.' },
    });
    expect((await send('GET', path)).body).toMatchObject({ app_metadata: { tried: true } });
    expect(executions().map(({ actions }) => actions.map(({ name }) => name))).toEqual([['action-1']]);
  });

  test('of the cache is there at the next sign-in, within its limits', async () => {
    const { bind, claims } = await signInTenant();
    await bind({
      body: `api.accessToken.setCustomClaim('found', api.cache.get('key')?.value ?? null);
        api.accessToken.setCustomClaim('large', api.cache.set('large', 'x'.repeat(9000)).type);
        api.cache.set('short', 'v', { ttl: 0 });
        api.accessToken.setCustomClaim('short', api.cache.get('short') ?? null);
        api.cache.set('key', 'v', { ttl: 60000 });`,
    });
    expect(await claims()).toMatchObject({ found: null, large: 'error', short: null });
    expect(await claims()).toMatchObject({ found: 'v' });
  });
});

test('a role that an action assigns is in the next token', async () => {
  const { bind, claims, create, send, token, domain } = await signInTenant();
  const role = await create('/roles', { name: 'Reader' });
  await send('POST', `/roles/${role}/permissions`, permissionsBody('read:it'));
  await bind({
    body: `await fetch(\`https://${domain}/api/v2/users/\${encodeURIComponent(event.user.user_id)}/roles\`, {
      method: 'POST', body: JSON.stringify({ roles: ['${role}'] }),
      headers: { 'content-type': 'application/json', authorization: 'Bearer ${token}' } })`,
  });
  expect((await claims()).permissions).toEqual([]);
  expect((await claims()).permissions).toEqual(['read:it']);
});
