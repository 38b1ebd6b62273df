import { expect, test } from 'vitest';
import type { StackState } from '../../src/reconcile/state.ts';
import { emptyState } from '../../src/reconcile/state.ts';
import type { Found } from '../../src/reconcile/what-is-there.ts';
import { adoptionOf, otherwiseAtTenant, whatIsThere } from '../../src/reconcile/what-is-there.ts';
import { noAdoption } from '../../src/stack/adoption.ts';
import { kinds } from '../../src/stack/resource-kinds.ts';
import { lower } from '../../src/targets/auth0/lower.ts';
import { desired } from '../support/desired.ts';

const target = lower(
  desired([
    {
      permissions: ['data/spend:view'],
      roles: [
        { name: 'admin', scopes: ['view:spend'] },
        { name: 'nobody', scopes: [] },
        { name: 'renamed', formerly: ['old'], scopes: ['view:spend'] },
      ],
    },
  ]),
);
const api = {
  ...{ id: 'api_1', audience: 'https://shop.example', title: 'Shop', system: false, enforced: true },
  ...{ tokenLifetimeSeconds: 3600, scopes: [] },
};
const role = (name: string) => {
  const observed = { id: `rol_${name}`, title: name, description: '', grants: [] };
  return { application: 'shop', name, observed };
};
const all: Found = { applications: [{ name: 'shop', api }], roles: ['admin', 'nobody', 'renamed'].map(role) };

/** A state that holds these, `type name` each. */
function holding(...resources: readonly (readonly [type: string, name: string])[]): StackState {
  return {
    ...emptyState,
    resources: resources.map(([type, name]) => ({
      urn: `${type}::${name}`,
      type,
      name,
      id: 'x',
      holds: {},
      protect: false,
    })),
  };
}

test('all that the tenant has as declared is imported, permissions only where there are some', () => {
  expect(adoptionOf(target, emptyState, all)).toEqual({
    ...noAdoption,
    apis: { shop: 'api_1' },
    scopes: { shop: 'api_1' },
    roles: { 'shop.admin': 'rol_admin', 'shop.nobody': 'rol_nobody', 'shop.renamed': 'rol_renamed' },
    grants: { 'shop.admin': 'rol_admin', 'shop.renamed': 'rol_renamed' },
  });
});

test('what the state has, by its name or a former one, is not imported again', () => {
  const state = holding([kinds.api, 'shop'], [kinds.role, 'shop.admin'], [kinds.role, 'shop.old']);
  expect(adoptionOf(target, state, all)).toEqual({
    ...noAdoption,
    apis: {},
    scopes: { shop: 'api_1' },
    roles: { 'shop.nobody': 'rol_nobody' },
    grants: { 'shop.admin': 'rol_admin', 'shop.renamed': 'rol_renamed' },
  });
});

test('what is at neither of the two is not declared to the engine', () => {
  const some: Found = { applications: all.applications, roles: [role('nobody')] };
  const state = holding([kinds.role, 'shop.admin']);
  const [shop] = whatIsThere(target, state, adoptionOf(target, state, some)).applications;
  expect(shop?.roles.map(({ logicalName, scopes }) => [logicalName, scopes])).toEqual([
    ['shop.admin', []],
    ['shop.nobody', []],
  ]);
  expect(
    whatIsThere(target, emptyState, adoptionOf(target, emptyState, { ...some, applications: [] })).applications,
  ).toEqual([]);
});

test('what the tenant has otherwise is known by its logical name', () => {
  expect([...otherwiseAtTenant(target, { applications: [], roles: [role('admin')] })]).toEqual([
    'shop',
    'shop.nobody',
    'shop.renamed',
  ]);
});
