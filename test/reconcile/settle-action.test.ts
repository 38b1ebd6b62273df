import { describe, expect, test } from 'vitest';
import { actionToLookFor, mayBeUndeployed, settleAction } from '../../src/reconcile/settle-action.ts';
import type { StackState } from '../../src/reconcile/state.ts';
import { emptyState } from '../../src/reconcile/state.ts';
import { noAdoption } from '../../src/stack/adoption.ts';
import { kinds } from '../../src/stack/resource-kinds.ts';
import { lower } from '../../src/targets/auth0/lower.ts';
import { desired } from '../support/desired.ts';
import { step } from '../support/steps.ts';

const name = 'rolewright-just-in-time-dev';
const roles = [{ name: 'guest' }];
const declared = lower(desired([{ roles, provisioning: { default: 'guest', byEmailDomain: [] } }]));
const nothing = lower(desired([{ roles }]));
const owed = { kind: 'action', name: 'just-in-time', title: name } as const;
const left: StackState = { ...emptyState, owed: [owed] };
const there: StackState['resources'][number] = {
  ...{ urn: `urn::${kinds.action}::just-in-time`, type: kinds.action, name: 'just-in-time', id: 'a1' },
  ...{ holds: {}, protect: false },
};
const create = [step('create', 'action', 'just-in-time', { now: {} })];
const change = [step('update', 'action', 'just-in-time', { old: {}, now: {} })];
const settlement = { adoption: noAdoption, owed: [], orphans: [] };

function settled(target: typeof declared, state: StackState, steps: typeof create, found: { id: string } | null) {
  const tenants = found === null ? null : { ...found, name };
  const [whole, problems] = settleAction(settlement, target, state, steps, tenants);
  return { ...whole, problems: problems.map(({ code, severity }) => `${severity} ${code}`) };
}

describe('the action at the tenant', () => {
  test('is looked for where it is to be created, or was left behind by a run and is not declared any more', () => {
    expect(actionToLookFor(declared, emptyState, create)).toBe(name);
    expect(actionToLookFor(declared, emptyState, change)).toBeNull();
    expect(actionToLookFor(declared, emptyState, [step('create', 'action', 'login', { now: {} })])).toBeNull();
    expect(actionToLookFor(nothing, left, [])).toBe(name);
    expect(actionToLookFor(nothing, { ...left, resources: [there] }, [])).toBeNull();
  });

  test('is written down before it is created or changed, and not where it stays as it is', () => {
    expect(settled(declared, emptyState, create, null)).toMatchObject({ owed: [owed], problems: [] });
    expect(settled(declared, emptyState, change, null)).toMatchObject({ owed: [owed], problems: [] });
    expect(settled(declared, left, [], null)).toMatchObject({ owed: [owed], problems: [] });
    expect(settled(declared, emptyState, [step('same', 'action', 'just-in-time', { old: {}, now: {} })], null)).toEqual(
      {
        ...settlement,
        problems: [],
      },
    );
  });

  test('is adopted if a run of ours has begun it, and refused if it is somebody else’s', () => {
    const actions = { 'just-in-time': 'a1' };
    expect(settled(declared, left, create, { id: 'a1' })).toMatchObject({ adoption: { actions }, problems: [] });
    expect(settled(declared, emptyState, create, { id: 'a1' }).problems).toEqual(['error RW6411']);
  });

  test('that was left behind is told for as long as it is there', () => {
    expect(settled(nothing, left, [], { id: 'a1' })).toMatchObject({ orphans: [owed], problems: ['warning RW6410'] });
    expect(settled(nothing, left, [], null)).toMatchObject({ orphans: [], problems: [] });
  });

  test('may have code that was never deployed where a run was cut off and the state has it', () => {
    expect([left, { ...left, resources: [there] }, { ...emptyState, resources: [there] }].map(mayBeUndeployed)).toEqual(
      [...[false, true, false]],
    );
  });
});
