import { describe, expect, test } from 'vitest';
import type { HolderCount } from '../../src/reconcile/guards.ts';
import { refusals, rolesToCount } from '../../src/reconcile/guards.ts';
import { holdersAfter } from '../../src/reconcile/holders-after.ts';
import type { Step } from '../../src/reconcile/plan-from-steps.ts';
import { planFromSteps, seenBy } from '../../src/reconcile/plan-from-steps.ts';
import { unknownOverrides } from '../../src/reconcile/refusal.ts';
import type { StackState } from '../../src/reconcile/state.ts';
import { emptyState } from '../../src/reconcile/state.ts';
import type { RoleSketch } from '../support/desired.ts';
import { desired } from '../support/desired.ts';
import { holding, role, step } from '../support/steps.ts';

const permissions = ['data/a', 'data/b', 'data/c', 'data/d'];
const required = (minimumHolders: number | null = null) => ({
  maximumRemoval: null,
  requiredRoles: [{ application: 'shop', role: 'admin', minimumHolders }],
});
type Guards = ReturnType<typeof required> | { maximumRemoval: number; requiredRoles: [] };

function judge(
  guards: Guards,
  roles: readonly RoleSketch[],
  steps: readonly Step[],
  {
    holders = new Map(),
    removalGate = null,
  }: { holders?: ReadonlyMap<string, HolderCount>; removalGate?: number | null } = {},
) {
  const state = desired([{ permissions, roles }], { guards });
  const plan = planFromSteps(steps, state, 'tenant');
  const seen: StackState = seenBy(steps, emptyState);
  return refusals({ desired: state, plan, state: seen, leavers: [], holders, removalGate });
}

const admin = step('same', 'role', 'shop.admin', { old: role('Admin'), now: role('Admin') });
const update = (old: readonly string[], now: readonly string[]) =>
  step('update', 'grants', 'shop.admin', { old: holding(...old), now: holding(...now) });

describe('maximum-removal', () => {
  const atMost = (share: number): Guards => ({ maximumRemoval: share, requiredRoles: [] });
  const roles = [{ name: 'admin', scopes: ['a', 'b', 'c'] }];

  test('counts what is lost against all that is held', () => {
    const steps = [admin, update(['a', 'b', 'c', 'd'], ['a', 'b', 'c'])];
    expect(judge(atMost(0.25), roles, steps)).toEqual([]);
    expect(judge(atMost(0.2), roles, steps)).toMatchObject([
      {
        override: 'maximum-removal',
        diagnostic: {
          message: 'the plan takes away 1 of 4 grants, more than the 20 % that are allowed',
          help: 'to go ahead all the same: --override maximum-removal',
        },
      },
    ]);
  });

  test('is the stricter of the guard and the gate', () => {
    const steps = [admin, update(['a', 'b', 'c', 'd'], ['a', 'b', 'c'])];
    expect(judge(atMost(0.25), roles, steps, { removalGate: 0.2 })).toMatchObject([{ override: 'maximum-removal' }]);
    expect(judge(required(), roles, steps, { removalGate: 0.2 })).toHaveLength(1);
    expect(judge(atMost(0.2), roles, steps, { removalGate: 1 })).toHaveLength(1);
  });

  test('counts roles as well: one with a single grant weighs little among all grants', () => {
    const kept = ['b', 'c', 'd'].map((name) =>
      step('same', 'role', `shop.${name}`, { old: role(name), now: role(name) }),
    );
    const steps = [
      ...[admin, ...kept, update(['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd'])],
      step('delete', 'role', 'shop.gone', { old: role('Gone') }),
    ];
    expect(judge(atMost(0.2), roles, steps)).toEqual([]);
    expect(judge(atMost(0.1), roles, steps)).toMatchObject([
      {
        override: 'maximum-removed-roles',
        diagnostic: { message: 'the plan removes 1 of 5 roles, more than the 10 % that are allowed' },
      },
    ]);
  });

  test('0 refuses any removal, and has nothing against a first apply', () => {
    expect(judge(atMost(0), roles, [admin, update(['a', 'b'], ['a'])])).toHaveLength(1);
    const create = step('create', 'role', 'shop.admin', { now: role('Admin') });
    expect(judge(atMost(0), roles, [create])).toEqual([]);
  });
});

describe('required roles', () => {
  test('must be declared', () => {
    expect(judge(required(), [], [])).toMatchObject([
      { override: 'required-role:shop/admin', diagnostic: { code: 'RW6402' } },
    ]);
    expect(judge(required(), [{ name: 'admin', scopes: ['a'] }], [])).toEqual([]);
  });

  test('must not be emptied, but may have been empty', () => {
    const steps = [admin, step('delete', 'grants', 'shop.admin', { old: holding('a') })];
    expect(judge(required(), [{ name: 'admin' }], steps)).toMatchObject([{ override: 'emptied-role:shop/admin' }]);
    expect(judge(required(), [{ name: 'admin' }], [admin])).toEqual([]);
    expect(judge(required(), [{ name: 'admin', scopes: ['b'] }], [admin, update(['a', 'b'], ['b'])])).toEqual([]);
  });
});

describe('minimum-holders', () => {
  const roles = [{ name: 'admin', scopes: ['a'] }];
  const steps = [admin, update(['a', 'b'], ['a'])];

  test('asks only for roles that the plan touches and that exist', () => {
    const toCount = (list: readonly Step[]) => {
      const state = desired([{ permissions, roles }], { guards: required(2) });
      const seen = seenBy(list, emptyState);
      const resources = seen.resources.map((resource) => ({ ...resource, id: 'rol_1' }));
      return [
        ...rolesToCount({ desired: state, plan: planFromSteps(list, state, 'tenant'), state: { ...seen, resources } }),
      ];
    };
    expect(toCount(steps)).toEqual([['shop.admin', 'rol_1']]);
    expect(toCount([admin])).toEqual([]);
    expect(toCount([step('create', 'role', 'shop.admin', { now: role('Admin') })])).toEqual([]);
    const renamed = step('same', 'role', 'shop.admin', {
      old: role('Admin'),
      now: role('Admin'),
      oldName: 'store.boss',
    });
    expect(toCount([renamed])).toEqual([['shop.admin', 'rol_1']]);
  });

  test('asks for a role that the plan takes from somebody, although the role itself does not change', () => {
    const leaving = step('delete', 'holder', 'shop.admin.auth0|1', { old: { userId: 'auth0|1' } });
    const state = desired([{ permissions, roles }], { guards: required(2) });
    const seen = seenBy([admin, leaving], emptyState);
    const resources = seen.resources.map((resource) => ({ ...resource, id: 'rol_1' }));
    const plan = planFromSteps([admin, leaving], state, 'tenant');
    expect([...rolesToCount({ desired: state, plan, state: { ...seen, resources } })]).toEqual([
      ['shop.admin', 'rol_1'],
    ]);
  });

  test('refuses what is below', () => {
    const held = (now: number, afterwards = now) => ({ holders: new Map([['shop.admin', { now, afterwards }]]) });
    expect(judge(required(2), roles, steps, held(2))).toEqual([]);
    expect(judge(required(2), roles, steps, held(1, 2))).toEqual([]);
    expect(judge(required(2), roles, steps, held(1))).toMatchObject([
      { override: 'minimum-holders:shop/admin', diagnostic: { message: expect.stringContaining('has 1 holder,') } },
    ]);
    expect(judge(required(2), roles, steps, held(2, 1))).toMatchObject([
      { diagnostic: { message: expect.stringContaining('would have 1 holder,') } },
    ]);
  });

  test('counts who leaves and who comes, but not who held it by hand already or no longer holds it', () => {
    const leaves = (id: string) => step('delete', 'holder', `shop.admin.${id}`, { old: { userId: id } });
    const comes = (id: string) => step('create', 'holder', `shop.admin.${id}`, { now: { userId: id } });
    const left = (ids: readonly string[], ...taken: readonly Step[]) =>
      holdersAfter({ total: ids.length, ids }, ['shop.admin'], taken).afterwards;
    expect(left(['dana', 'kim'], leaves('kim'), comes('lee'))).toBe(2);
    expect(left(['dana', 'kim'], leaves('kim'), comes('dana'))).toBe(1);
    expect(left(['dana'], leaves('kim'))).toBe(1);
    const other = step('delete', 'holder', 'shop.user.dana', { old: { userId: 'dana' } });
    expect(left(['dana'], other)).toBe(1);
    expect(holdersAfter({ total: 300, ids: ['dana'] }, ['shop.admin'], [leaves('kim')]).afterwards).toBe(299);
  });
});

test('an override that names no guard is an error', () => {
  expect(unknownOverrides(['maximum-removal', 'protected:shop/admin'])).toEqual([]);
  expect(unknownOverrides(['protect:shop/admin'])).toMatchObject([{ code: 'RW6409' }]);
});
