import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Policy, Resource } from '../../src/authorize/authorize.ts';
import { createAuthorizer, reasons } from '../../src/authorize/authorize.ts';
import { claimsOf, modelOf, now, policyOf, sampleFiles } from './sample.ts';

const policy = policyOf(modelOf(sampleFiles), 'production', 'shop');
const authorize = createAuthorizer(policy);
const edit = 'data/spend-data:edit';
const zoom: Resource = { app: 'zoom-workplace' };
const good = claimsOf(policy, ['edit:spend-data', 'restriction:none']);
const ask = (claims: unknown) => authorize(claims, edit, zoom, { now });

const throwing = () => {
  throw new Error('not today');
};
const holed = ['edit:spend-data', 'x', 'restriction:none'];
delete holed[1];
const revoked = Proxy.revocable({}, {});
revoked.revoke();

describe('claims that are not what they look like', () => {
  it('are compared with ones that are good', () => {
    expect(ask(good)).toEqual({ allowed: true });
    expect(ask(Object.assign(Object.create(null), good))).toEqual({ allowed: true });
    expect(ask(Object.freeze({ ...good }))).toEqual({ allowed: true });
  });

  it.each<readonly [string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a token not decoded', 'eyJhbGciOiJSUzI1NiJ9.e30.x'],
    ['a number', 1],
    ['a function', Object.assign(() => undefined, good)],
    ['a list', [good]],
    ['a list with claims', Object.assign([], good)],
    ['a map', new Map(Object.entries(good))],
    ['claims of a prototype', Object.create(good)],
    [
      'permissions of a prototype',
      Object.assign(Object.create({ permissions: good.permissions }), { ...good, permissions: undefined }),
    ],
    [
      'a getter',
      {
        ...good,
        get permissions() {
          return ['edit:spend-data', 'restriction:none'];
        },
      },
    ],
    ['a getter of what may be missing', Object.defineProperty({ ...good }, 'gty', { get: () => undefined })],
    ['a getter that throws', Object.defineProperty({ ...good }, 'permissions', { get: throwing })],
    [
      'a getter of an entry',
      { ...good, permissions: Object.defineProperty(['x', 'restriction:none'], 0, { get: () => 'edit:spend-data' }) },
    ],
    ['what looks like a list', { ...good, permissions: { 0: 'edit:spend-data', 1: 'restriction:none', length: 2 } }],
    ['a list with a hole', { ...good, permissions: holed }],
    ['a string object', { ...good, permissions: [new String('edit:spend-data'), 'restriction:none'] }],
    ['what turns into a string', { ...good, iss: { toString: () => policy.issuer } }],
    ['what turns into a number', { ...good, exp: { valueOf: () => now + 60 } }],
    ['a set', { ...good, permissions: new Set(['edit:spend-data', 'restriction:none']) }],
    ['more than can be', { ...good, permissions: ['edit:spend-data', 'restriction:none', ...Array(10_000).fill('x')] }],
    ['a list of any length', { ...good, permissions: Array(2 ** 32 - 1) }],
  ])('%s: no', (_, claims) => {
    expect(ask(claims)).toMatchObject({ allowed: false, reason: 'malformed-claims' });
  });

  it.each<readonly [string, unknown]>([
    ['a proxy that throws', new Proxy({}, { getOwnPropertyDescriptor: throwing })],
    ['a proxy that is gone', revoked.proxy],
    ['a list that throws', { ...good, permissions: new Proxy([], { get: throwing }) }],
    ['a list that is gone', { ...good, permissions: revoked.proxy }],
  ])('%s: no, as whatever throws', (_, claims) => {
    expect(ask(claims)).toMatchObject({ allowed: false, reason: 'internal', whenDenied: null });
  });

  it('are read once: a proxy cannot show one marker first and another later', () => {
    const seen = new Map<PropertyKey, number>();
    const claims = new Proxy(good, {
      getOwnPropertyDescriptor: (target, key) => {
        seen.set(key, (seen.get(key) ?? 0) + 1);
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
    });
    expect(ask(claims)).toEqual({ allowed: true });
    expect([...seen.values()].filter((times) => times > 1)).toEqual([]);
  });

  it('are no if the question throws', () => {
    const resource = new Proxy({ app: 'slack' }, { ownKeys: throwing });
    const options = Object.defineProperty({}, 'now', { get: throwing });
    expect(authorize(good, edit, resource, { now })).toMatchObject({ allowed: false, reason: 'internal' });
    expect(authorize(good, edit, zoom, options)).toMatchObject({ allowed: false, reason: 'internal' });
  });
});

describe('a polluted prototype', () => {
  const pollute = (values: object) => Object.assign(Object.prototype, values);
  afterEach(() => {
    for (const key of Object.keys(Object.prototype)) delete (Object.prototype as Record<string, unknown>)[key];
  });

  it('gives a token nothing', () => {
    const { permissions, iss, exp } = good;
    pollute({ permissions, iss, exp });
    for (const key of ['permissions', 'iss', 'exp']) {
      const claims = { ...good };
      delete claims[key];
      expect(ask(claims)).toMatchObject({ allowed: false, reason: 'malformed-claims' });
    }
  });

  it('gives the policy no app and no permission', () => {
    pollute({ jira: { title: 'Jira', scope: 'app:jira' }, 'data/more': policy.permissions['data/notes'] });
    expect(authorize(good, edit, { app: 'jira' }, { now })).toMatchObject({ reason: 'unknown-app' });
    expect(authorize(good, 'data/more', zoom, { now })).toMatchObject({ reason: 'unknown-permission' });
  });
});

describe('any JSON for claims', () => {
  const scopes = Object.values(policy.permissions).flatMap(({ levels }) => levels.map(({ scope }) => scope));
  const narrowing = [policy.apps, policy.vendors, policy.resellers, policy.restrictions].flatMap((named) =>
    Object.values(named).map(({ scope }) => scope),
  );
  const known = fc.constantFrom(...scopes, ...narrowing, 'restriction:gone', 'app:gone', 'constructor');
  const references = Object.entries(policy.permissions).flatMap(([reference, { levels }]) =>
    levels.map(({ name }) => (name === null ? reference : `${reference}:${name}`)),
  );
  const resources: fc.Arbitrary<Resource> = fc.constantFrom<Resource>(
    { applicationWide: true },
    ...Object.keys(policy.apps).map((app) => ({ app })),
    ...Object.keys(policy.vendors).map((vendor) => ({ vendor })),
    ...Object.keys(policy.resellers).map((reseller) => ({ reseller })),
  );

  it('never throws, and allows nothing', () => {
    const question = fc.oneof(fc.constantFrom(...references), fc.string());
    fc.assert(
      fc.property(fc.jsonValue(), question, fc.jsonValue(), (claims, permission, resource) => {
        const decision = authorize(claims, permission, resource as unknown as Resource, { now });
        expect(decision.allowed === false && reasons.includes(decision.reason)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('never allows a token with one claim that is anything, unless it is what it was or what it may be', () => {
    const keys = ['iss', 'aud', 'exp', 'sub', 'permissions'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
        // A subject may be any text, and an end any time to come.
        fc.pre(!(key === 'sub' && typeof value === 'string') && !(key === 'exp' && typeof value === 'number'));
        expect(ask({ ...good, [key]: value }).allowed).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('allows exactly what the rules say, for any set of scopes', () => {
    fc.assert(
      fc.property(
        fc.array(known, { maxLength: 6 }),
        fc.constantFrom(...references),
        resources,
        (held, reference, resource) => {
          const decision = authorize(claimsOf(policy, held), reference, resource, { now });
          expect(decision.allowed).toBe(rules(policy, new Set(held), reference, resource));
        },
      ),
      { numRuns: 3000 },
    );
  });
});

/** The rules of the design once more, in as few words as they have, for tokens that count. */
function rules(known: Policy, held: ReadonlySet<string>, reference: string, resource: Resource): boolean {
  const [path = '', name = null] = reference.split(':');
  const permission = known.permissions[path];
  if (permission === undefined) return false;
  const rank = permission.levels.findIndex((level) => level.name === name);
  if (!permission.levels.some(({ scope }, index) => index >= rank && held.has(scope))) return false;
  if (permission.restrictedBy === null) return true;
  const markers = [...held].filter((scope) => scope.startsWith('restriction:'));
  if (markers.length !== 1) return false;
  if (markers[0] === 'restriction:none') return true;
  if (markers[0] === 'restriction:gone') return false;
  if ('app' in resource) return held.has(known.apps[resource.app]?.scope ?? '');
  if ('applicationWide' in resource || permission.levels[rank]?.alsoForVendors !== true) return false;
  const named = 'vendor' in resource ? known.vendors[resource.vendor] : known.resellers[resource.reseller];
  return held.has(named?.scope ?? '');
}
