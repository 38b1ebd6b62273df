import { describe, expect, test } from 'vitest';
import type { DesiredScope } from '../../src/model/desired-state.ts';
import { closedGates, gateText, parseGate, widensAgainst } from '../../src/reconcile/gates.ts';
import type { Step } from '../../src/reconcile/plan-from-steps.ts';
import { planFromSteps } from '../../src/reconcile/plan-from-steps.ts';
import type { RoleSketch } from '../support/desired.ts';
import { desired, scope } from '../support/desired.ts';
import { holding, role, step } from '../support/steps.ts';

const zoom: DesiredScope = { ...scope('zoom'), value: 'app:zoom', kind: 'app' };
const scopes = [{ ...scope('data/secret'), sensitive: true }, zoom];
const permissions = ['data/a', 'data/b', 'data/c', 'data/d', 'data/e'];
const holder = { role: 'admin', assignment: 'team', account: { by: 'id', id: 'dana' } } as const;

const admin = step('same', 'role', 'shop.admin', { old: role('Admin'), now: role('Admin') });
const grants = (old: readonly string[], now: readonly string[]) =>
  step('update', 'grants', 'shop.admin', { old: holding(...old), now: holding(...now) });
const given = step('create', 'holder', 'shop.admin.dana', { now: { userId: 'dana' } });

function made(roles: readonly RoleSketch[], steps: readonly Step[]) {
  const state = desired([{ permissions, scopes, roles, holders: [holder] }]);
  return { state, plan: planFromSteps(steps, state, 'tenant') };
}

/** `override: message` of each refusal. */
function closed(gate: string, held: readonly string[], steps: readonly Step[]): readonly string[] {
  const { state, plan } = made([{ name: 'admin', scopes: held }], steps);
  const asked = parseGate(gate);
  if (asked === null) throw new Error(`${gate} is no gate`);
  return closedGates([asked], plan, state).map(({ override, diagnostic }) => `${override}: ${diagnostic.message}`);
}

test('a gate is read as it is written, and a misspelt one is none', () => {
  for (const text of ['no-new-access', 'no-sensitive', 'no-emptied-role', 'max-removal=25%', 'max-removal=0%']) {
    const gate = parseGate(text);
    expect(gate === null ? null : gateText(gate)).toBe(text);
  }
  const misspelt = ['no-new-acces', 'max-removal', 'max-removal=101%', 'max-removal=5', 'max-removal=-5%', ''];
  expect(misspelt.map(parseGate)).toEqual(misspelt.map(() => null));
});

describe('no-new-access', () => {
  test('lets a narrowing pass, and a new title', () => {
    expect(closed('no-new-access', ['a'], [admin, grants(['a', 'b'], ['a'])])).toEqual([]);
    const retitled = step('update', 'role', 'shop.admin', { old: role('Boss'), now: role('Admin') });
    expect(closed('no-new-access', ['a'], [retitled])).toEqual([]);
  });

  test('names the role, what it gains and who is given it, and the override of that role alone', () => {
    const steps = [admin, grants(['a'], ['a', 'b', 'c', 'd', 'e']), given];
    expect(closed('no-new-access', permissions, steps)).toEqual([
      'no-new-access:shop/admin: role shop/admin gains data/b, data/c, data/d and 1 more and is given to dana, and no new access is allowed',
    ]);
  });

  test('is closed to a swap, and to a new role that may do something', () => {
    expect(closed('no-new-access', ['b'], [admin, grants(['a'], ['b'])])).toHaveLength(1);
    const create = step('create', 'role', 'shop.admin', { now: role('Admin') });
    const granted = step('create', 'grants', 'shop.admin', { now: holding('a') });
    expect(closed('no-new-access', ['a'], [create, granted])).toHaveLength(1);
    expect(closed('no-new-access', [], [create])).toEqual([]);
  });
});

describe('no-sensitive', () => {
  test('is closed to what is sensitive, and to nothing else', () => {
    expect(closed('no-sensitive', ['a', 'b'], [admin, grants(['a'], ['a', 'b'])])).toEqual([]);
    expect(closed('no-sensitive', ['a', 'secret'], [admin, grants([], ['a', 'secret'])])).toEqual([
      'no-sensitive:shop/admin: role shop/admin gains data/secret, and no new sensitive access is allowed',
    ]);
  });

  test('is closed to one app more for a role that holds something sensitive', () => {
    const steps = (...held: readonly string[]) => [admin, grants(held, ['app:zoom', ...held])];
    expect(closed('no-sensitive', ['app:zoom', 'secret'], steps('secret'))).toEqual([
      'no-sensitive:shop/admin: role shop/admin gains app zoom, and no new sensitive access is allowed',
    ]);
    expect(closed('no-sensitive', ['app:zoom', 'a'], steps('a'))).toEqual([]);
  });

  test('is closed to somebody more who holds something sensitive', () => {
    expect(closed('no-sensitive', ['secret'], [admin, given])).toHaveLength(1);
    expect(closed('no-sensitive', ['a'], [admin, given])).toEqual([]);
  });
});

test('no-emptied-role is closed to the loss of the last grant; apps and markers are none', () => {
  expect(closed('no-emptied-role', ['app:zoom'], [admin, grants(['a', 'app:zoom'], ['app:zoom'])])).toEqual([
    'no-emptied-role:shop/admin: the plan empties role shop/admin',
  ]);
  expect(closed('no-emptied-role', ['b'], [admin, grants(['a', 'b'], ['b'])])).toEqual([]);
  expect(closed('no-emptied-role', [], [admin, grants(['app:zoom'], [])])).toEqual([]);
});

test('while exceptions are over, a plan that widens is refused, whatever it takes away besides', () => {
  const widens = (steps: readonly Step[]) => widensAgainst(made([{ name: 'admin', scopes: ['b'] }], steps).plan);
  expect(widens([admin, grants(['a', 'b'], ['b'])])).toEqual([]);
  expect(widens([admin, grants(['a'], ['b'])])).toMatchObject([
    { code: 'RW6423', message: 'the plan widens shop/admin while exceptions to constraints are over' },
  ]);
  expect(widens([admin, given])).toHaveLength(1);
});
