import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatSource } from '../../src/language/format.ts';
import type { ObservedState } from '../../src/model/observed-state.ts';
import { build } from '../../src/pipeline.ts';
import { lower } from '../../src/targets/auth0/lower.ts';
import type { Sketch } from '../support/arbitrary-repository.ts';
import { documentsOf, filesOf, sketches } from '../support/arbitrary-repository.ts';
import { tenants } from './arbitrary-tenant.ts';
import { adopted, observedOf, request } from './observed.ts';

/** What is declared as it would be at Auth0, by audience and by title; what is wrong with it fails the test. */
function declaredBy(files: Parameters<typeof build>[0]) {
  const [desired, problems] = build(files, 'production');
  expect(problems.filter(({ severity }) => severity !== 'advice' && severity !== 'warning')).toEqual([]);
  const applications = desired === null ? [] : lower(desired).applications;
  return {
    apis: new Map(
      applications.map(({ api: { identifier, name, tokenLifetime }, scopes }) => {
        return [identifier, { title: name, lifetime: tokenLifetime, scopes }];
      }),
    ),
    roles: new Map(
      applications.flatMap(({ api: { identifier: audience }, roles }) =>
        roles.map(({ name, description, scopes }) => {
          return [name, { description, grants: scopes.map((scope) => ({ audience, scope })) }] as const;
        }),
      ),
    ),
  };
}

/** The same of what a tenant has. */
function heldBy({ apis, roles }: ObservedState) {
  return {
    apis: new Map(
      apis.map(({ audience, title, tokenLifetimeSeconds, scopes }) => {
        const named = scopes.map(({ value, description }) => ({ name: value, description }));
        return [audience, { title, lifetime: tokenLifetimeSeconds ?? 3600, scopes: named }];
      }),
    ),
    roles: new Map(roles.map(({ title, description, grants }) => [title, { description, grants }])),
  };
}

test('whatever is adopted is without errors and comes out just as the tenant has it; all else is told by name', () => {
  fc.assert(
    fc.property(tenants, (observed) => {
      const { files, told } = adopted(request(observed));
      const declared = files.length === 0 ? { apis: new Map(), roles: new Map() } : declaredBy(files);
      const held = heldBy(observed);
      for (const [audience, api] of declared.apis) expect(api).toEqual(held.apis.get(audience));
      for (const [title, role] of declared.roles) expect(role).toEqual(held.roles.get(title));
      const isTold = (what: string) => told.some((line) => line.includes(` ${what} is left out: `));
      for (const audience of held.apis.keys()) {
        expect(declared.apis.has(audience) !== isTold(`API ${audience}`), audience).toBe(true);
      }
      for (const { title, grants } of observed.roles) {
        const isOfApiLeftOut = grants.length > 0 && grants.every(({ audience }) => !declared.apis.has(audience));
        if (!isOfApiLeftOut) expect(declared.roles.has(title) !== isTold(`role "${title}"`), title).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
});

test('adopting twice changes no byte, and neither does formatting', () => {
  fc.assert(
    fc.property(tenants, (observed) => {
      const { files } = adopted(request(observed));
      expect(adopted(request(observed, { files })).changed).toEqual([]);
      for (const file of files) expect(formatSource(file)).toEqual([file.text, []]);
    }),
    { numRuns: 100 },
  );
});

/** Nobody sells the apps: a tenant does not say who sells which. */
function withoutSellers({ apps, ...sketch }: Sketch): Sketch {
  return { ...sketch, vendors: [], apps: apps.map(({ name }) => ({ name, vendor: null, resellers: [] })) };
}

test('what Rolewright itself has put into a tenant is found again: roles, restrictions and apps', () => {
  let restricted = 0;
  fc.assert(
    fc.property(sketches.map(withoutSellers), (sketch) => {
      const files = filesOf(documentsOf(sketch).map((text) => text.replace('  vendors:\n', '')));
      const [desired] = build(files, 'production');
      if (desired === null) throw new Error('the sketch is wrong');
      const observed = observedOf(desired);
      if (observed.roles.length === 0) return;
      const again = adopted(request(observed, { ofEmpty: 'https://api.shop.example' }));
      expect(again.told.filter((line) => line.includes('left out'))).toEqual([]);
      expect(declaredBy(again.files)).toEqual(heldBy(observed));
      const narrowed = again.files.filter(({ path }) => path.includes('/custom-roles/')).length;
      expect(narrowed).toBe(sketch.customRoles.length);
      restricted += narrowed;
    }),
    { numRuns: 100 },
  );
  expect(restricted).toBeGreaterThan(20);
});
