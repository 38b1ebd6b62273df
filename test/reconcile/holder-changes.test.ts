import { describe, expect, test } from 'vitest';
import type { DesiredHolder } from '../../src/model/desired-state.ts';
import type { Step } from '../../src/reconcile/plan-from-steps.ts';
import { planFromSteps } from '../../src/reconcile/plan-from-steps.ts';
import { desired } from '../support/desired.ts';
import { role, step } from '../support/steps.ts';

const email = { by: 'email', email: 'Dana@example.com', connection: 'sso' } as const;
const dana: DesiredHolder = { role: 'user', assignment: 'team', account: email };
const pin = 'dana@example.com (sso)';
const application = { name: 'store', formerly: ['shop'], roles: [{ name: 'user', title: 'Clerk' }], holders: [dana] };
const plan = (accounts: { before: Record<string, string>; now: Record<string, string> }, ...steps: readonly Step[]) =>
  planFromSteps(steps, desired([application]), 'tenant', accounts);
const given = { now: { userId: 'a1', roleId: 'rol_1' } };
const taken = { old: { userId: 'a1', roleId: 'rol_1' } };

describe('a person', () => {
  test('who is given a role is told as the YAML names them', () => {
    const { changes, summary } = plan(
      { before: {}, now: { [pin]: 'a1' } },
      step('create', 'holder', 'store.user.a1', given),
    );
    expect(changes).toEqual([
      {
        ...{ subject: 'holder', action: 'add', application: 'store', role: 'user', title: 'Clerk' },
        ...{ account: 'Dana@example.com (sso)', assignment: 'team', direction: 'widening' },
      },
    ]);
    expect(summary).toMatchObject({ peopleAdded: 1, peopleRemoved: 0, rolesChanged: 0 });
  });

  test('who no longer holds one is told by the address that the state knows, else by the id', () => {
    const { changes, summary } = plan(
      { before: { 'kim@example.com (sso)': 'a1' }, now: {} },
      step('delete', 'holder', 'shop.user.a1', taken),
      step('delete', 'holder', 'shop.old.a2', taken),
      step('delete', 'role', 'shop.old', { old: role('Elder') }),
    );
    expect(changes.filter(({ subject }) => subject === 'holder')).toMatchObject([
      { application: 'store', action: 'remove', role: 'old', title: 'Elder', account: 'a2' },
      { application: 'store', role: 'user', title: 'Clerk', account: 'kim@example.com (sso)', assignment: null },
    ]);
    expect(summary).toMatchObject({ peopleAdded: 0, peopleRemoved: 2 });
  });

  test('whose role is renamed, and who holds what they held, is not told', () => {
    const same = { old: taken.old, now: given.now, oldName: 'shop.user.a1' };
    expect(plan({ before: {}, now: {} }, step('same', 'holder', 'store.user.a1', same)).changes).toEqual([]);
  });

  test('whose address is another account now is two, told apart by their ids', () => {
    const { changes } = plan(
      { before: { [pin]: 'a1' }, now: { [pin]: 'a2' } },
      step('create', 'holder', 'store.user.a2', given),
      step('delete', 'holder', 'store.user.a1', taken),
    );
    expect(changes).toMatchObject([
      { action: 'add', account: 'Dana@example.com (sso) as a2', direction: 'widening' },
      { action: 'remove', account: 'dana@example.com (sso) as a1', direction: 'narrowing' },
    ]);
  });
});
