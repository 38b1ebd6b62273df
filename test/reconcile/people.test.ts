import { expect, test } from 'vitest';
import type { DesiredHolder } from '../../src/model/desired-state.ts';
import { leftBehind } from '../../src/reconcile/people.ts';
import { emptyState } from '../../src/reconcile/state.ts';
import { lower } from '../../src/targets/auth0/lower.ts';
import type { RoleSketch } from '../support/desired.ts';
import { desired } from '../support/desired.ts';

const permissions = ['data/spend:view', 'data/spend:edit'];
const target = (roles: readonly RoleSketch[], ...holders: readonly DesiredHolder[]) =>
  lower(desired([{ permissions, roles, holders }]));
const holder = (name: string, id: string): DesiredHolder => ({
  role: name,
  assignment: 'team',
  account: { by: 'id', id },
});
const narrow = { name: 'user', scopes: ['view:spend'] };

test('whom a run that was cut off may have left is told, unless they are to hold the role', () => {
  const cutOff = { ...emptyState, pendingHolders: ['shop.user.auth0|1', 'shop.user.auth0|2'] };
  const renamed = target([{ ...narrow, name: 'member', formerly: ['user'] }], holder('member', 'auth0|2'));
  expect(leftBehind(renamed, cutOff).map(({ code, message }) => `${code} ${message}`)).toEqual([
    'RW6515 an interrupted run may have left auth0|1 with shop/user, which is not declared any more',
  ]);
});
