import { describe, expect, test } from 'vitest';
import type { DesiredProvisioning } from '../../src/model/desired-state.ts';
import { stagesWithNewcomers } from '../../src/reconcile/newcomers.ts';
import { withSignIn } from '../../src/reconcile/sign-in-stages.ts';
import type { StackState, StateResource } from '../../src/reconcile/state.ts';
import { emptyState } from '../../src/reconcile/state.ts';
import type { LoweredState } from '../../src/stack/lowered-state.ts';
import { kinds } from '../../src/stack/resource-kinds.ts';
import { actionCode } from '../../src/targets/auth0/action/action-code.ts';
import { lower } from '../../src/targets/auth0/lower.ts';
import { signInPolicy } from '../../src/targets/auth0/lower-just-in-time.ts';
import { desired } from '../support/desired.ts';

const guest: DesiredProvisioning = { default: 'guest', byEmailDomain: [] };
const visitor: DesiredProvisioning = { default: 'visitor', byEmailDomain: [] };

function state(
  scopesOfGuest: readonly string[],
  provisioning: DesiredProvisioning | null,
  scopesOfVisitor: readonly string[] = ['a'],
): LoweredState {
  const roles = [
    { name: 'guest', scopes: scopesOfGuest },
    { name: 'visitor', scopes: scopesOfVisitor },
  ];
  const policy = provisioning === null ? {} : { provisioning };
  return lower(desired([{ permissions: ['data/a', 'data/b', 'data/c'], roles, ...policy }]));
}

/** The state of a stack that is as declared. */
function stateOf({ applications, justInTime }: LoweredState): StackState {
  const resource = (type: string, name: string, holds: object): StateResource => ({
    ...{ urn: `urn:${type}::${name}`, type, name, id: `id of ${name}`, protect: false },
    holds: { ...holds },
  });
  const idOf = (name: string) => `id of ${name}`;
  return {
    ...emptyState,
    resources: [
      ...applications.flatMap(({ name, scopes, roles, api: { identifier } }) => [
        resource(kinds.scopes, name, { scopes }),
        ...roles.flatMap((role) => [
          resource(kinds.role, role.logicalName, { name: role.name }),
          resource(kinds.grants, role.logicalName, {
            permissions: role.scopes.map((scope) => ({ name: scope, resourceServerIdentifier: identifier })),
          }),
        ]),
      ]),
      ...(justInTime === null
        ? []
        : [
            resource(kinds.action, 'just-in-time', { code: actionCode(signInPolicy(justInTime, idOf)) }),
            resource(kinds.binding, 'just-in-time', {}),
          ]),
    ],
  };
}

/** What is given by default in each stage, and what the role guest may do in it. */
function course(before: LoweredState, after: LoweredState, more: Partial<StackState> = {}) {
  const seen = { ...stateOf(before), ...more };
  const stages = withSignIn(stagesWithNewcomers(after, seen), { seen, state: seen });
  expect(stages.at(-1)).toBe(after);
  return stages.map(({ applications, justInTime }) => ({
    given: justInTime?.applications.map((application) => application.default.role).join() ?? null,
    guest: applications[0]?.roles.find(({ name }) => name === 'Guest')?.scopes.join(),
    ...(justInTime?.deploy === false ? { deploy: false, bound: justInTime.bound } : {}),
  }));
}

describe('whoever may sign in at any moment', () => {
  test('is given something by one update, where the roles stay as they are', () => {
    expect(course(state(['a'], null), state(['a'], guest))).toEqual([{ given: 'guest', guest: 'a' }]);
    expect(course(state(['a'], guest), state(['a'], visitor))).toEqual([{ given: 'visitor', guest: 'a' }]);
    expect(course(state(['a'], guest), state(['a'], null))).toEqual([{ given: null, guest: 'a' }]);
    expect(course(state(['a'], guest), state(['a', 'b'], guest))).toEqual([{ given: 'guest', guest: 'a,b' }]);
  });

  test('is given a role no longer before that role gains anything', () => {
    expect(course(state(['a'], guest), state(['a', 'b'], visitor))).toEqual([
      { given: '', guest: 'a' },
      { given: 'visitor', guest: 'a,b' },
    ]);
    expect(course(state(['a'], guest), state(['a', 'b'], null))).toEqual([
      { given: null, guest: 'a' },
      { given: null, guest: 'a,b' },
    ]);
  });

  test('is given a role only when it has let go of what it loses', () => {
    // The engine changes the action after the roles.
    expect(course(state(['a', 'b'], null), state(['a'], guest))).toEqual([{ given: 'guest', guest: 'a' }]);
    const moving = course(state(['a', 'b'], null), state(['a'], guest, ['a', 'b']));
    expect(moving).toEqual([
      { given: null, guest: 'a,b' },
      { given: 'guest', guest: 'a' },
    ]);
  });

  test('is deployed for once more after a run that was cut off, and bound only then if it was not', () => {
    const left = { owed: [{ kind: 'action', name: 'just-in-time', title: 'x' }] } as const;
    const again = { given: 'guest', guest: 'a' };
    expect(course(state(['a'], guest), state(['a'], guest), left)).toEqual([
      { ...again, deploy: false, bound: true },
      again,
    ]);
    const resources = stateOf(state(['a'], guest)).resources.filter(({ type }) => type !== kinds.binding);
    expect(course(state(['a'], guest), state(['a'], guest), { ...left, resources })).toEqual([
      { ...again, deploy: false, bound: false },
      again,
    ]);
  });
});
