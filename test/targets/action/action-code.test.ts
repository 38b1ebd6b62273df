import { describe, expect, test } from 'vitest';
import { actionCode } from '../../../src/targets/auth0/action/action-code.ts';
import { policyIn } from '../../../src/targets/auth0/action/sign-in-policy.ts';
import type { Answer, Circumstances } from './sign-in.ts';
import { role, rolesOfDana, shopPolicy, signIn } from './sign-in.ts';

const noteOf = (name: string) => ({ role: name, roleId: `rol_${name}`, at: expect.stringMatching(/^\d{4}-.*Z$/) });
const note = 'rolewright_default_dev_shop';
const given = ({ asked }: { asked: readonly { method: string; url: string; body: unknown }[] }) =>
  asked.flatMap(({ method, url, body }) =>
    method === 'POST' && url === rolesOfDana ? (body as { roles: string[] }).roles : [],
  );
const nothing = { asked: [], noted: {} };

/** What was asked and noted, and nothing else. */
async function cameTo(circumstances: Circumstances) {
  const { asked, noted } = await signIn(circumstances);
  return { asked, noted };
}

describe('a first sign-in', () => {
  test('gives the default role, and notes it', async () => {
    const done = await signIn();
    expect(done.asked).toEqual([
      {
        method: 'POST',
        url: 'https://acme.eu.auth0.com/oauth/token',
        token: null,
        body: {
          grant_type: 'client_credentials',
          client_id: 'machine',
          client_secret: 'hush',
          audience: 'https://acme.eu.auth0.com/api/v2/',
        },
      },
      { method: 'POST', url: rolesOfDana, token: 'Bearer token', body: { roles: ['rol_guest'] } },
    ]);
    expect(done.noted).toEqual({ [note]: noteOf('guest') });
    expect(done.said).toEqual([]);
  });

  test('gives the role of the application that is signed in to, and of no other', async () => {
    const desk = await signIn({ event: { resource_server: { identifier: 'https://desk.example' } } });
    expect(given(desk)).toEqual(['rol_caller']);
    expect(desk.noted).toEqual({ rolewright_default_dev_desk: noteOf('caller') });
    for (const event of [{ resource_server: undefined }, { resource_server: { identifier: 'https://other.example' } }])
      expect(await cameTo({ event })).toEqual(nothing);
  });

  test('is not one for a person who holds a role', async () => {
    expect(await cameTo({ event: { authorization: { roles: ['Auditor'] } } })).toEqual(nothing);
    expect(await cameTo({ event: { authorization: { roles: ['GUEST', 'Auditor'] } } })).toEqual(nothing);
  });

  test('asks the tenant where the event does not say which roles the person holds', async () => {
    const held = 'GET /api/v2/users/auth0%7Cdana/roles';
    const asks = { event: { authorization: undefined } };
    expect(given(await signIn(asks))).toEqual(['rol_guest']);
    const holder = await signIn({ ...asks, answers: { [held]: { status: 200, body: [{ id: 'rol_auditor' }] } } });
    expect({ given: given(holder), noted: holder.noted }).toEqual({ given: [], noted: {} });
  });
});

describe('a person who has been given a default before', () => {
  test('gets none again, whoever has revoked it; also under the old name of the application', async () => {
    for (const key of shopPolicy.applications[0]?.tombstones ?? [])
      expect(await cameTo({ user: { app_metadata: { [key]: noteOf('guest') } } })).toEqual(nothing);
  });

  test('gets that of another application, unless somebody has given them a role', async () => {
    const event = {
      authorization: { roles: ['GUEST'] },
      resource_server: { identifier: 'https://desk.example' },
    };
    const user = { app_metadata: { [note]: { role: 'guest', roleId: 'rol_guest', at: '2026-01-01T00:00:00.000Z' } } };
    const held = (...ids: string[]) => ({
      'GET /api/v2/users/auth0%7Cdana/roles': { status: 200, body: ids.map((id) => ({ id })) },
    });
    expect(given(await signIn({ event, user, answers: held('rol_guest') }))).toEqual(['rol_caller']);
    expect(given(await signIn({ event, user, answers: held('rol_guest', 'rol_auditor') }))).toEqual([]);
  });

  test('and whose note was lost with the answer of the tenant, gets the note', async () => {
    const { asked, noted } = await signIn({ event: { authorization: { roles: ['GUEST'] } } });
    expect({ asked, noted }).toEqual({ asked: [], noted: { [note]: noteOf('guest') } });
  });
});

describe('a person who was invited', () => {
  test.each<[string, Circumstances]>([
    ['to an organization', { event: { request: { query: { invitation: 'ticket' } } } }],
    ['by whoever created the account', { user: { app_metadata: { invited: true } } }],
  ])('%s is given nothing, then and later', async (_, circumstances) => {
    const { asked, noted } = await signIn(circumstances);
    expect({ asked, noted }).toEqual({ asked: [], noted: { [note]: { invited: true } } });
    expect(await cameTo({ user: { app_metadata: noted } })).toEqual(nothing);
  });
});

describe('an address of a domain that has rules', () => {
  const sso = (email: string, more: object = {}) => ({ user: { email, ...more } });

  test('is given the role of its connection, however it is written', async () => {
    for (const email of ['dana@acme.example', 'Dana@ACME.example', '"a@b"@acme.example'])
      expect(given(await signIn(sso(email)))).toEqual(['rol_buyer']);
    const adfs = {
      event: { connection: { name: 'acme-adfs' } },
      ...sso('dana@acme.example', { identities: [{ connection: 'acme-adfs' }] }),
    };
    expect(given(await signIn(adfs))).toEqual(['rol_clerk']);
  });

  test.each<[string, Circumstances]>([
    ['is not verified', sso('dana@acme.example', { email_verified: false })],
    ['does not say whether it is verified', sso('dana@acme.example', { email_verified: 'true' })],
    [
      'comes over another connection',
      {
        event: { connection: { name: 'google-oauth2' } },
        ...sso('dana@acme.example', { identities: [{ connection: 'google-oauth2' }] }),
      },
    ],
    ['is that of another identity', sso('dana@acme.example', { identities: [{ connection: 'google-oauth2' }] })],
  ])('and %s is given nothing, and nothing is noted: the right sign-in may come', async (_, circumstances) => {
    expect(await cameTo(circumstances)).toEqual(nothing);
    expect((await signIn(circumstances)).said).toEqual([expect.stringContaining('not verified')]);
  });

  test('of linked accounts is the one of the connection that was used', async () => {
    const google = { connection: 'google-oauth2' };
    const sso = (profileData: object) => ({ connection: 'acme-sso', profileData });
    const linked = (profileData: object) =>
      signIn({ user: { email: 'dana@private.example', identities: [google, sso(profileData)] } });
    expect(given(await linked({ email: 'dana@acme.example', email_verified: true }))).toEqual(['rol_buyer']);
    expect(given(await linked({ email: 'dana@acme.example', email_verified: false }))).toEqual([]);
    expect(given(await linked({ email: 'dana@private.example', email_verified: true }))).toEqual(['rol_guest']);
  });

  test.each(['dana@sub.acme.example', 'dana@acme.example.evil.example', 'acme.example@evil.example', '', undefined])(
    '%s is none',
    async (email) => {
      expect(given(await signIn({ user: { email } }))).toEqual(['rol_guest']);
    },
  );
});

describe('a Management API that fails', () => {
  const token = 'POST /oauth/token';
  const assign = 'POST /api/v2/users/auth0%7Cdana/roles';
  const failures: [string, Record<string, Answer>, RegExp][] = [
    ['refuses the token', { [token]: { status: 401, body: { error: 'access_denied' } } }, /token was answered 401/],
    ['has no patience for tokens', { [token]: { status: 429, body: {} } }, /token was answered 429/],
    ['fails to issue one', { [token]: { status: 500, text: 'oops' } }, /token was answered 500/],
    ['never answers for a token', { [token]: 'silence' }, /timeout/],
    ['answers without a token', { [token]: { status: 200, body: { access_token: 7 } } }, /another form/],
    ['answers null for a token', { [token]: { status: 200, text: 'null' } }, /./],
    ['answers in HTML', { [token]: { status: 200, text: '<html>' } }, /JSON/],
    ['is not there', { [token]: 'cut' }, /fetch failed/],
    ['refuses the role', { [assign]: { status: 403, body: {} } }, /POST roles was answered 403/],
    ['does not know the role', { [assign]: { status: 404, body: {} } }, /POST roles was answered 404/],
    ['has no patience', { [assign]: { status: 429, body: {} } }, /POST roles was answered 429/],
    ['fails', { [assign]: { status: 503, text: '' } }, /POST roles was answered 503/],
    ['never answers', { [assign]: 'silence' }, /timeout/],
    ['is cut off', { [assign]: 'cut' }, /fetch failed/],
  ];

  test.each(failures)('%s: the person is signed in, and served at the next sign-in', async (_, answers, why) => {
    const { asked, noted, said, cache } = await signIn({ answers });
    expect(noted).toEqual({});
    expect(said).toEqual([expect.stringMatching(why)]);
    // Auth0 keeps 256 characters of what an action says.
    expect(said[0]?.length).toBeLessThan(200);
    expect(new Set(asked.map(({ url }) => url)).size).toBe(asked.length);
    const next = await signIn({ cache });
    expect({ given: given(next), noted: next.noted }).toEqual({
      given: ['rol_guest'],
      noted: { [note]: noteOf('guest') },
    });
  });

  test.each<[string, Answer]>([
    ['fails', { status: 500, text: '' }],
    ['answers something else', { status: 200, body: { roles: [] } }],
  ])('%s where it is asked for the roles of a person: nothing is given', async (_, answer) => {
    const answers = { 'GET /api/v2/users/auth0%7Cdana/roles': answer };
    const { asked, noted } = await signIn({ event: { authorization: undefined }, answers });
    expect({ given: given({ asked }), noted }).toEqual({ given: [], noted: {} });
  });

  test('or an action without its secrets, or an event of another form, lets everybody in', async () => {
    const said = async (circumstances: Circumstances) => (await signIn(circumstances)).said;
    expect(await said({ event: { secrets: {} } })).toEqual([
      expect.stringContaining('secrets of the action are not set'),
    ]);
    expect(await said({ event: { user: undefined } })).toHaveLength(1);
    expect(await said({ event: { request: undefined, connection: undefined }, user: { identities: null } })).toEqual(
      [],
    );
  });
});

describe('the token', () => {
  test('is kept for ten minutes at most, and asked for once', async () => {
    const { cache } = await signIn();
    const [[key, { value, expires_at }] = ['', { value: '', expires_at: 0 }]] = cache;
    expect({ key, value }).toEqual({ key: 'rolewright-management-token', value: 'token' });
    expect(expires_at).toBeLessThanOrEqual(Date.now() + 10 * 60 * 1000);
    const again = await signIn({ cache });
    expect(again.asked.map(({ url }) => url)).toEqual([rolesOfDana]);
  });

  test('is not kept when it soon expires, and dropped when it is refused', async () => {
    const short = { 'POST /oauth/token': { status: 200, body: { access_token: 'short', expires_in: 60 } } };
    expect((await signIn({ answers: short })).cache.size).toBe(0);
    const cache = new Map([['rolewright-management-token', { value: 'stale', expires_at: Date.now() + 1000 }]]);
    const refused = { 'POST /api/v2/users/auth0%7Cdana/roles': { status: 401, body: {} } };
    const { asked } = await signIn({ cache, answers: refused });
    expect({ token: asked[0]?.token, kept: cache.size }).toEqual({ token: 'Bearer stale', kept: 0 });
  });
});

test('values of the declaration stay values, whatever is in them', async () => {
  const hostile = [
    '</script><script>alert(1)</script>',
    '`$' + '{process.exit()}` */ // \\',
    `"; throw 1; "'\u2028\u2029\n\0`,
    '};\nconst POLICY = {};\n',
    '__proto__',
    'line\n};\nexports = null;',
  ];
  for (const text of hostile) {
    const [application] = shopPolicy.applications;
    if (application === undefined) throw new Error('no application');
    const own = { ...role('guest'), role: text, title: text };
    const rules = [{ domain: 'acme.example', connection: text, ...role('buyer') }];
    const policy = { ...shopPolicy, applications: [{ ...application, default: own, byEmailDomain: rules }] };
    expect((await signIn({ policy })).noted).toEqual({ [note]: { ...noteOf('guest'), role: text } });
    expect(policyIn(actionCode(policy))).toEqual(policy);
    expect(actionCode(policy)).not.toMatch(/[<\u2028\u2029]/u);
    const user = { email: 'dana@acme.example', identities: [{ connection: text }] };
    expect(given(await signIn({ policy, user, event: { connection: { name: text } } }))).toEqual(['rol_buyer']);
  }
});

test('code that somebody has edited is understood, or not, and never taken for something else', () => {
  expect(policyIn(`${actionCode(shopPolicy)}\n// A comment.`)).toEqual(shopPolicy);
  const codes = [
    '',
    'const POLICY = 7;\n',
    'const POLICY = {\n};\n',
    'const POLICY = {\n"applications": [{}]\n};',
    undefined,
  ];
  for (const code of codes) expect(policyIn(code)).toBeNull();
});
