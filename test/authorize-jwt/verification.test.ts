import type { CryptoKey, FetchImplementation, JWK, JWTPayload } from 'jose';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAuthorizer, reasons } from '../../src/authorize/authorize.ts';
import type { Policy, Resource, TokenDenial } from '../../src/authorize-jwt/authorize-jwt.ts';
import { createTokenAuthorizer, statusOf, tokenReasons } from '../../src/authorize-jwt/authorize-jwt.ts';
import { claimsOf, modelOf, now, policyOf, sampleFiles } from '../authorize/sample.ts';

const policy = policyOf(modelOf(sampleFiles), 'production', 'shop');
const edit = 'data/spend-data:edit';
const slack: Resource = { app: 'slack' };
const editor = ['edit:spend-data', 'restriction:none'];

const first = await keyOfTest('first');
const second = await keyOfTest('second');

interface Key {
  readonly id: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

async function keyOfTest(id: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  return { id, privateKey, jwk: { ...(await exportJWK(publicKey)), kid: id, alg: 'RS256', use: 'sig' } };
}

interface Made {
  readonly claims?: JWTPayload;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: Key;
}

/** The token of an editor as Auth0 issues it, but for what is said otherwise. */
function sign({ claims = {}, header = {}, key = first }: Made = {}): Promise<string> {
  const payload = { ...claimsOf(policy, editor), ...claims } as JWTPayload;
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.id, ...header })
    .sign(key.privateKey);
}

/** An issuer that publishes keys, and counts how often it is asked. */
function issuerOfTest(...keys: readonly Key[]) {
  const state = { keys, asked: [] as string[], answer: undefined as (() => Promise<Response>) | undefined };
  const fetch: FetchImplementation = async (url) => {
    state.asked.push(url);
    return state.answer?.() ?? Response.json({ keys: state.keys.map(({ jwk }) => jwk) });
  };
  return { state, fetch };
}

async function decide(
  token: unknown,
  asked: { permission?: string; resource?: unknown; now?: number; policy?: Policy } = {},
) {
  const authorize = createTokenAuthorizer(asked.policy ?? policy, { fetch: issuerOfTest(first).fetch });
  const resource = ('resource' in asked ? asked.resource : slack) as Resource;
  return authorize(token, asked.permission ?? edit, resource, { now: asked.now ?? now });
}

function clockOfTest(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: now * 1000 });
  onTestFinished(() => void vi.useRealTimers());
}

describe('a token that verifies', () => {
  it('is decided as authorize decides its claims, yes and no', async () => {
    const authorize = createAuthorizer(policy);
    for (const permissions of [editor, ['edit:spend-data'], ['view:spend-data', 'restriction:none'], [], 'none']) {
      const claims = { permissions } as JWTPayload;
      const payload = { ...claimsOf(policy, []), ...claims };
      expect(await decide(await sign({ claims }))).toEqual(authorize(payload, edit, slack, { now }));
    }
    expect(await decide(await sign())).toEqual({ allowed: true });
  });

  it.each([
    ['of RFC 9068', { typ: 'at+jwt' }],
    ['with a type in capitals', { typ: 'application/AT+JWT' }],
  ])('may be one %s', async (_, header) => {
    expect(await decide(await sign({ header }))).toEqual({ allowed: true });
  });

  it('counts five seconds longer and earlier than it says, and not six', async () => {
    const token = await sign({ claims: { exp: now, nbf: now - 60 } });
    expect(await decide(token, { now: now + 4 })).toEqual({ allowed: true });
    expect(await decide(token, { now: now + 6 })).toMatchObject({ reason: 'expired' });
    expect(await decide(token, { now: now - 64 })).toEqual({ allowed: true });
    expect(await decide(token, { now: now - 66 })).toMatchObject({ reason: 'not-yet-valid' });
  });
});

describe('a token that does not', () => {
  const tampered = async () => {
    const [header = '', , signature = ''] = (await sign({ claims: { permissions: [] } })).split('.');
    const payload = Buffer.from(JSON.stringify(claimsOf(policy, editor))).toString('base64url');
    return `${header}.${payload}.${signature}`;
  };
  const withSecret = () =>
    new SignJWT(claimsOf(policy, editor) as JWTPayload)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: first.id })
      .sign(new TextEncoder().encode(JSON.stringify(first.jwk)));
  const unsigned = (header: object) =>
    [header, claimsOf(policy, editor)].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const withoutSignature = () => `${unsigned({ alg: 'none', typ: 'JWT' })}.`;
  const withExtension = () => `${unsigned({ alg: 'RS256', typ: 'JWT', crit: ['extra'], extra: 1 })}.AAAA`;

  it.each<[string, () => unknown, string, number]>([
    ['that is not there', () => undefined, 'missing-token', 401],
    ['that is empty', () => '', 'missing-token', 401],
    ['that is an object', () => ({ iss: policy.issuer }), 'malformed-token', 401],
    ['that is any text', () => 'a.b.c', 'malformed-token', 401],
    ['that is no JWT', () => 'opaque', 'malformed-token', 401],
    ['without a type', () => sign({ header: { typ: undefined } }), 'wrong-type', 401],
    ['of another type', () => sign({ header: { typ: 'logout+jwt' } }), 'wrong-type', 401],
    ['without a signature', withoutSignature, 'wrong-algorithm', 401],
    ['signed with the public key as a secret', withSecret, 'wrong-algorithm', 401],
    ['that asks for what nobody knows', withExtension, 'malformed-token', 401],
    ['signed with a key that nobody published', () => sign({ key: second }), 'unknown-key', 401],
    ['signed with another key of that name', () => sign({ key: { ...second, id: first.id } }), 'wrong-signature', 401],
    ['that was changed', tampered, 'wrong-signature', 401],
    ['of another issuer', () => sign({ claims: { iss: 'https://evil.example/' } }), 'wrong-issuer', 401],
    ['for another API', () => sign({ claims: { aud: 'https://other.example' } }), 'wrong-audience', 401],
    ['that never ends', () => sign({ claims: { exp: undefined } as unknown as JWTPayload }), 'malformed-claims', 401],
    ['that is over', () => sign({ claims: { exp: now - 60 } }), 'expired', 401],
    ['that is yet to come', () => sign({ claims: { nbf: now + 60 } }), 'not-yet-valid', 401],
    ["that is a machine's", () => sign({ claims: { gty: 'client-credentials' } }), 'machine-not-allowed', 403],
    ['without the permission', () => sign({ claims: { permissions: [] } }), 'not-held', 403],
  ])('%s is denied', async (_, make, reason, status) => {
    const denial = (await decide(await make())) as TokenDenial;
    const whenDenied = { hidden: [], refused: ['change spend information'], remains: ['seeing it'] };
    expect(denial).toEqual({ allowed: false, reason, message: expect.stringMatching(/^\S.+\.$/u), whenDenied });
    expect(statusOf(denial)).toBe(status);
  });

  it('repeats nothing of what it says', async () => {
    const token = await sign({ key: { ...second, id: 'EVIL' }, claims: { iss: 'EVIL', aud: 'EVIL', sub: 'EVIL' } });
    expect(JSON.stringify(await decide(token))).not.toContain('EVIL');
  });
});

describe('a question that has no answer', () => {
  it.each([
    [{ permission: 'data/nothing' }, 'unknown-permission'],
    [{ resource: undefined }, 'malformed-question'],
    [{ resource: { app: 'nothing' } }, 'unknown-app'],
    [{ now: Number.NaN }, 'malformed-question'],
  ])('%j is told without a look at the token', async (asked, reason) => {
    const { state, fetch } = issuerOfTest(first);
    const authorize = createTokenAuthorizer(policy, { fetch });
    const resource = ('resource' in asked ? asked.resource : slack) as Resource;
    const time = 'now' in asked ? asked.now : now;
    const denial = await authorize('nonsense', 'permission' in asked ? asked.permission : edit, resource, {
      now: time,
    });
    expect(denial).toMatchObject({ allowed: false, reason });
    expect(statusOf(denial as TokenDenial)).toBe(403);
    expect(state.asked).toEqual([]);
  });
});

describe("the issuer's keys", () => {
  it('are asked for once, where the issuer of the policy publishes them', async () => {
    const { state, fetch } = issuerOfTest(first);
    const authorize = createTokenAuthorizer(policy, { fetch });
    expect(state.asked).toEqual([]);
    const tokens = await Promise.all([1, 2, 3].map((index) => sign({ claims: { sub: `auth0|${index}` } })));
    const decisions = await Promise.all(tokens.map((token) => authorize(token, edit, slack, { now })));
    expect(decisions).toEqual([{ allowed: true }, { allowed: true }, { allowed: true }]);
    expect(state.asked).toEqual([`${policy.issuer}.well-known/jwks.json`]);
  });

  it('are asked for where the policy says, as that of a realm does', async () => {
    const { state, fetch } = issuerOfTest(first);
    const keys = 'http://127.0.0.1:8080/realms/acme/protocol/openid-connect/certs';
    const authorize = createTokenAuthorizer({ ...policy, keys }, { fetch });
    expect(await authorize(await sign(), edit, slack, { now })).toEqual({ allowed: true });
    expect(state.asked).toEqual([keys]);
  });

  it('are asked for again for a key that is new, but not for every key that somebody makes up', async () => {
    clockOfTest();
    const { state, fetch } = issuerOfTest(first);
    const authorize = createTokenAuthorizer(policy, { fetch });
    const ask = async (key: Key) => authorize(await sign({ key }), edit, slack, { now });
    expect(await ask(first)).toEqual({ allowed: true });
    for (let index = 0; index < 5; index += 1) {
      expect(await ask({ ...second, id: `made-up-${index}` })).toMatchObject({ reason: 'unknown-key' });
    }
    state.keys = [first, second];
    expect(await ask(second)).toMatchObject({ reason: 'unknown-key' });
    expect(state.asked).toHaveLength(1);
    vi.setSystemTime((now + 31) * 1000);
    expect(await ask(second)).toEqual({ allowed: true });
    expect(await ask(first)).toEqual({ allowed: true });
    expect(state.asked).toHaveLength(2);
  });

  it('count for ten minutes: a key that was withdrawn does not count for ever', async () => {
    clockOfTest();
    const { state, fetch } = issuerOfTest(first);
    const authorize = createTokenAuthorizer(policy, { fetch });
    const ask = async (key: Key) => authorize(await sign({ key }), edit, slack, { now });
    expect(await ask(first)).toEqual({ allowed: true });
    state.keys = [second];
    vi.setSystemTime((now + 599) * 1000);
    expect(await ask(first)).toEqual({ allowed: true });
    vi.setSystemTime((now + 601) * 1000);
    expect(await ask(first)).toMatchObject({ reason: 'unknown-key' });
  });

  it.each<[string, () => Promise<Response>]>([
    ['cannot be reached', () => Promise.reject(new TypeError('fetch failed'))],
    ['answers with an error', async () => new Response('no', { status: 500 })],
    ['leads elsewhere', async () => Response.redirect('https://evil.example/', 302)],
    ['answers with anything else', async () => new Response('<html>')],
    ['answers with no keys', async () => Response.json({ error: 'not_found' })],
  ])('are not to be had from an issuer that %s: denied, for a reason of its own', async (_, answer) => {
    const { state, fetch } = issuerOfTest(first);
    state.answer = answer;
    const denial = (await createTokenAuthorizer(policy, { fetch })(await sign(), edit, slack, { now })) as TokenDenial;
    expect(denial).toMatchObject({
      allowed: false,
      reason: 'keys-unavailable',
      whenDenied: { remains: ['seeing it'] },
    });
    expect(statusOf(denial)).toBe(503);
  });

  it('are given up after a while, and had when the issuer is there again', async () => {
    clockOfTest();
    const { state } = issuerOfTest(first);
    const hanging: FetchImplementation = (_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    let fetch = hanging;
    const authorize = createTokenAuthorizer(policy, { fetch: (url, request) => fetch(url, request), timeout: 20 });
    const token = await sign();
    expect(await authorize(token, edit, slack, { now })).toMatchObject({ reason: 'keys-unavailable' });
    fetch = issuerOfTest(first).fetch;
    expect(await authorize(token, edit, slack, { now })).toMatchObject({ reason: 'keys-unavailable' });
    vi.setSystemTime((now + 2) * 1000);
    expect(await authorize(token, edit, slack, { now })).toEqual({ allowed: true });
    expect(state.asked).toEqual([]);
  });

  it.each<[string, () => Promise<Response>]>([
    ['is down', () => Promise.reject(new TypeError('fetch failed'))],
    ['fails', async () => new Response('no', { status: 500 })],
  ])('are not asked for by each request while the issuer %s', async (_, answer) => {
    clockOfTest();
    const { state, fetch } = issuerOfTest(first);
    state.answer = answer;
    const authorize = createTokenAuthorizer(policy, { fetch });
    for (let index = 0; index < 5; index += 1) {
      expect(await authorize(await sign(), edit, slack, { now })).toMatchObject({ reason: 'keys-unavailable' });
    }
    expect(state.asked).toHaveLength(1);
  });
});

describe('an authorizer', () => {
  it.each(['http://acme.eu.auth0.com/', 'acme.eu.auth0.com', 'file:///etc/'])(
    'is not made for the issuer %s',
    (issuer) => {
      expect(() => createTokenAuthorizer({ ...policy, issuer })).toThrow(TypeError);
    },
  );

  it.each([
    'http://sso.example.com/certs',
    'http://127.0.0.1.example.com/certs',
    'http://localhost@sso.example.com/certs',
    'data:application/json,{"keys":[]}',
  ])('is not made for keys at %s', (keys) => {
    expect(() => createTokenAuthorizer({ ...policy, keys })).toThrow(/^The address of the keys/u);
  });

  it('is not made of what is no policy', () => {
    expect(() => createTokenAuthorizer({} as Policy)).toThrow(/^Not a policy of rolewright/u);
  });
});

it('no reason of the wrapper is one of authorize', () => {
  expect(tokenReasons.filter((reason) => (reasons as readonly string[]).includes(reason))).toEqual([]);
});
