import fc from 'fast-check';
import { byCodePoint } from '../../src/language/source.ts';
import type { ObservedApi, ObservedGrant, ObservedRole, ObservedState } from '../../src/model/observed-state.ts';

const tenant = 'acme.eu.auth0.com';
const system: ObservedApi = {
  id: 'system',
  audience: `https://${tenant}/api/v2/`,
  title: 'Auth0 Management API',
  system: true,
  enforced: false,
  tokenLifetimeSeconds: 86_400,
  scopes: [{ value: 'read:users', description: 'Read users' }],
};

/** Prose as people, and other programs, leave it in a tenant. */
const text = fc.oneof(
  fc.constantFrom(
    '',
    'Reads: all # of it',
    'it\'s "so"',
    '- a',
    'two\nlines',
    '  blanks  ',
    'true',
    'null',
    '1e5',
    '\t',
    '管理者',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

const title = fc.oneof(
  fc.constantFrom(
    'Admin',
    'admin',
    'Аdmin',
    'Application Admin',
    'None',
    '2024',
    'Åse & Co',
    '管理者',
    ' Blank',
    'yes',
    'A: b #c',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
);

const scopeValue = fc.oneof(
  fc.constantFrom(
    'read:a',
    'edit:a',
    'read:A',
    'read-a',
    'a',
    'x:y:z',
    'all',
    'read:all',
    '42',
    ':',
    'no',
    'app',
    'restriction',
  ),
  fc.string({ unit: fc.constantFrom(...'abAB12:-./_'), minLength: 1, maxLength: 12 }),
);

const scopes = fc.uniqueArray(fc.record({ value: scopeValue, description: text }), {
  selector: ({ value }) => value,
  maxLength: 8,
});

const api = (index: number): fc.Arbitrary<ObservedApi> =>
  fc.record({
    id: fc.constant(`api-${index}`),
    audience: fc.constantFrom(`https://api-${index}.example`, `urn:api ${index}`),
    title: fc.oneof(fc.constantFrom('Shop', 'shop', 'SHOP API'), title),
    system: fc.constant(false),
    enforced: fc.boolean(),
    tokenLifetimeSeconds: fc.constantFrom(null, 1, 60, 3600, 5400, 86_400, 2_592_000),
    scopes: scopes.map((list) => list.toSorted((a, b) => byCodePoint(a.value, b.value))),
  });

function rolesOver(apis: readonly ObservedApi[]): fc.Arbitrary<readonly ObservedRole[]> {
  const all = apis.flatMap((one) =>
    one.scopes.map(({ value }): ObservedGrant => ({ audience: one.audience, scope: value })),
  );
  const ofOne = fc
    .constantFrom(...apis)
    .chain(({ audience }) => fc.subarray(all.filter((grant) => grant.audience === audience)));
  const grants = fc.oneof({ weight: 8, arbitrary: ofOne }, { weight: 1, arbitrary: fc.subarray(all) });
  return fc
    .uniqueArray(fc.record({ title, description: text, grants }), { selector: (role) => role.title, maxLength: 8 })
    .map((roles) =>
      roles
        .toSorted((a, b) => byCodePoint(a.title, b.title))
        .map((role, index) => ({
          id: `rol_${index}`,
          ...role,
          grants: role.grants.toSorted((a, b) => byCodePoint(a.audience, b.audience) || byCodePoint(a.scope, b.scope)),
        })),
    );
}

/** Tenants with what the Management API lets in, and with what the language does not. */
export const tenants: fc.Arbitrary<ObservedState> = fc
  .integer({ min: 1, max: 3 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => api(index))))
  .chain((apis) => {
    const known = [...apis, system];
    return rolesOver(known).map((roles) => ({
      tenant,
      apis: known.toSorted((a, b) => byCodePoint(a.audience, b.audience)),
      roles,
    }));
  });
