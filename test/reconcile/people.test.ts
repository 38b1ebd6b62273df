import { expect, test } from 'vitest';
import type { DesiredHolder } from '../../src/model/desired-state.ts';
import { leaveFirst, leftBehind } from '../../src/reconcile/people.ts';
import { seenBy } from '../../src/reconcile/plan-from-steps.ts';
import { emptyState } from '../../src/reconcile/state.ts';
import { lower } from '../../src/targets/auth0/lower.ts';
import type { RoleSketch } from '../support/desired.ts';
import { desired } from '../support/desired.ts';
import { holding, role, step } from '../support/steps.ts';

const permissions = ['data/spend:view', 'data/spend:edit'];
const target = (roles: readonly RoleSketch[], ...holders: readonly DesiredHolder[]) =>
  lower(desired([{ permissions, roles, holders }]));
const holder = (name: string, id: string): DesiredHolder => ({
  role: name,
  assignment: 'team',
  account: { by: 'id', id },
});
const stands = (kind: Parameters<typeof step>[1], name: string, old: object) =>
  step('same', kind, name, { old, now: old });
const state = seenBy(
  [
    stands('role', 'shop.user', role('User')),
    stands('rolePermissions', 'shop.user', holding('view:spend')),
    stands('userRole', 'shop.user.a', { userId: 'a' }),
    stands('userRole', 'shop.user.b', { userId: 'b' }),
  ],
  emptyState,
);
const narrow = { name: 'user', scopes: ['view:spend'] };
const wide = { name: 'user', scopes: ['edit:spend', 'view:spend'] };
const names = (...given: Parameters<typeof target>) =>
  leaveFirst(target(...given), state).map((urn) => urn.split('::')[3]);

test.each([
  ['whose role widens', [wide], [holder('user', 'b')], ['shop.user.a']],
  [
    'whose role widens and is renamed',
    [{ ...wide, name: 'member', formerly: ['user'] }],
    [holder('member', 'b')],
    ['shop.user.a'],
  ],
  ['but nobody whose role does not', [narrow], [holder('user', 'b')], []],
  ['but nobody whose role goes', [{ ...wide, name: 'other' }], [], []],
  [
    'but nobody who is given another role instead',
    [wide, { ...narrow, name: 'other' }],
    [holder('user', 'b'), holder('other', 'a')],
    [],
  ],
])('first leaves %s', (_, roles, holders, expected) => {
  expect(names(roles, ...holders)).toEqual(expected);
});

test('whom a run that was cut off may have left is told, unless they are to hold the role', () => {
  const cutOff = { ...emptyState, pendingHolders: ['shop.user.auth0|1', 'shop.user.auth0|2'] };
  const renamed = target([{ ...narrow, name: 'member', formerly: ['user'] }], holder('member', 'auth0|2'));
  expect(leftBehind(renamed, cutOff).map(({ code, message }) => `${code} ${message}`)).toEqual([
    'RW6515 an interrupted run may have left auth0|1 with shop/user, which is not declared any more',
  ]);
});
