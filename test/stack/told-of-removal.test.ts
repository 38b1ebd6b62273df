import { expect, test } from 'vitest';
import type { ResourcesInState } from '../../src/stack/told-of-removal.ts';
import { heldAndLeaving } from '../../src/stack/told-of-removal.ts';
import { lower } from '../../src/targets/auth0/lower.ts';
import { auth0 } from '../../src/targets/auth0/target.ts';
import { desired } from '../support/desired.ts';

const target = lower(desired([{ permissions: ['d/a', 'd/b'] }]));
const shop = 'https://shop.example';

/** A state in which `shop.user` holds these scopes, each of an API. */
function holding(...permissions: readonly (readonly [name: string, api: string])[]): ResourcesInState {
  const type = 'auth0:index/rolePermissions:RolePermissions';
  const list = permissions.map(([name, resourceServerIdentifier]) => ({ name, resourceServerIdentifier }));
  return {
    [`urn:pulumi:dev::p::rolewright:auth0:Role$${type}::shop.user`]: { type, outputs: { permissions: list } },
    'urn:pulumi:dev::p::auth0:index/role:Role::shop.user': { type: 'auth0:index/role:Role', outputs: {} },
  };
}

test('what a role holds and its API is to offer no more is told by the name of the role', () => {
  expect(heldAndLeaving(auth0, target, holding(['z', shop], ['a', shop], ['c', shop]))).toEqual([
    'shop.user holds c, z',
  ]);
});

test('what stays, what another API offers, and an API that goes with its roles, is not', () => {
  expect(heldAndLeaving(auth0, target, holding(['a', shop], ['b', shop], ['c', 'https://other.example']))).toEqual([]);
  expect(heldAndLeaving(auth0, target, {})).toEqual([]);
});
