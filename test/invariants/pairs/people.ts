import type { Pair } from '../pair.ts';
import { pairOf } from '../shop.ts';
import { admin, held, owner, shop, user, withMore, without } from './parts.ts';

const dana = 'dana';
const kim = 'kim';

/** Who holds roles, and the roles themselves where they come, go and change at the same time. */
export const pairsOfPeople: readonly Pair[] = [
  pairOf('a person is added', held([user, admin], ['user', dana]), held([user, admin], ['user', dana], ['admin', kim])),
  pairOf(
    'a person is removed',
    held([user, admin], ['user', dana], ['admin', kim]),
    held([user, admin], ['user', dana]),
  ),
  pairOf('a person moves', held([user, admin], ['user', dana]), held([user, admin], ['admin', dana])),
  pairOf(
    'a person moves from one custom role to another',
    held([admin, owner, { ...owner, name: 'viewer', grants: ['spend:view'], apps: ['slack'] }], ['owner', dana]),
    held([admin, owner, { ...owner, name: 'viewer', grants: ['spend:view'], apps: ['slack'] }], ['viewer', dana]),
  ),
  pairOf('a person leaves a role that widens', held([user], ['user', dana]), shop([withMore(user, 'contracts')])),
  pairOf(
    'a person moves out of a role that widens',
    held([user, { ...user, name: 'guest', grants: ['reports'] }], ['user', dana]),
    held([withMore(user, 'contracts'), { ...user, name: 'guest', grants: ['reports'] }], ['guest', dana]),
  ),
  pairOf('a person joins a role that narrows', shop([admin]), held([without(admin, 'spend:edit')], ['admin', dana])),
  pairOf('a person joins a new role', shop([user]), held([user, admin], ['admin', dana], ['user', kim])),
  pairOf(
    'a role goes that people hold',
    held([user, admin], ['admin', dana], ['user', kim]),
    held([user], ['user', kim]),
  ),
  pairOf(
    'a held role is renamed and retitled, and a person joins it',
    held([user, admin], ['admin', dana]),
    held([user, { ...admin, name: 'boss', formerly: ['admin'] }], ['boss', dana], ['boss', kim]),
  ),
];
