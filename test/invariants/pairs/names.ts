import type { Pair } from '../pair.ts';
import { pairOf } from '../shop.ts';
import { admin, owner, shop, user, withMore, without, withoutReports } from './parts.ts';

/** What roles are called. */
export const pairsOfNames: readonly Pair[] = [
  pairOf(
    'a role is renamed',
    shop([user, admin]),
    shop([user, { ...admin, name: 'boss', formerly: ['admin'], title: 'Admin' }]),
  ),
  pairOf('a role is retitled', shop([user, admin]), shop([user, { ...admin, title: 'Boss' }])),
  pairOf(
    'a role is renamed and retitled',
    shop([user, admin]),
    shop([user, { ...admin, name: 'boss', formerly: ['admin'] }]),
  ),
  pairOf(
    'a role is renamed, retitled and widened',
    shop([user, admin]),
    shop([admin, { ...withMore(user, 'contracts'), name: 'member', formerly: ['user'] }]),
  ),
  pairOf(
    'a custom role is renamed and gets another app',
    shop([admin, owner]),
    shop([admin, { ...owner, name: 'keeper', formerly: ['owner'], apps: ['slack'] }]),
  ),
  pairOf(
    'two roles swap their titles',
    shop([user, admin]),
    shop([
      { ...user, title: 'Admin' },
      { ...admin, title: 'User' },
    ]),
  ),
  pairOf(
    'three roles pass their titles round',
    shop([user, admin, owner]),
    shop([
      { ...user, title: 'Admin' },
      { ...admin, title: 'Owner' },
      { ...owner, title: 'User' },
    ]),
  ),
  pairOf('the title of a removed role is taken', shop([user, admin]), shop([user, { ...owner, title: 'Admin' }])),
  pairOf(
    'the title of a retitled role is taken',
    shop([user, admin]),
    shop([user, { ...admin, title: 'Boss' }, { ...owner, title: 'Admin' }]),
  ),
  pairOf(
    'the title of a removed role is taken while a scope goes',
    shop([user, admin]),
    shop([without(user, 'reports'), { ...owner, title: 'Admin' }], { permissions: withoutReports }),
  ),
];
