import type { Pair } from '../pair.ts';
import { pairOf } from '../shop.ts';
import { admin, owner, plain, shop, user, withMore, without } from './parts.ts';

/** What roles and custom roles hold. */
export const pairsOfGrants: readonly Pair[] = [
  pairOf('a grant is added', shop([user, admin]), shop([withMore(user, 'contracts'), admin])),
  pairOf('a grant is taken', shop([user, admin]), shop([without(user, 'spend:view'), admin])),
  pairOf('a grant is swapped', shop([user, admin]), shop([withMore(without(user, 'reports'), 'contracts'), admin])),
  pairOf('a level is lowered', shop([user, admin]), shop([user, { ...admin, grants: user.grants }])),
  pairOf('all grants are taken', plain(user, admin), plain({ ...user, grants: [] }, admin)),
  pairOf('the first grants are given', plain({ ...user, grants: [] }, admin), plain(user, admin)),
  pairOf(
    'a grant moves from one role to another',
    shop([admin, without(user, 'reports')]),
    shop([without(admin, 'reports'), user]),
  ),
  pairOf(
    'two roles exchange a grant',
    shop([
      { ...admin, grants: ['contracts'] },
      { ...user, grants: ['reports'] },
    ]),
    shop([
      { ...admin, grants: ['reports'] },
      { ...user, grants: ['contracts'] },
    ]),
  ),
  pairOf('a removed role leaves a grant to another one', shop([admin, without(user, 'reports')]), shop([user])),
  pairOf('a custom role gets an app more', shop([admin, owner]), shop([admin, { ...owner, apps: ['slack', 'zoom'] }])),
  pairOf('a custom role gets an app less', shop([admin, { ...owner, apps: ['slack', 'zoom'] }]), shop([admin, owner])),
  pairOf('a custom role gets another app', shop([admin, owner]), shop([admin, { ...owner, apps: ['slack'] }])),
  pairOf(
    'edit on zoom becomes view on slack and zoom',
    shop([admin, owner]),
    shop([admin, { ...owner, grants: ['contracts', 'spend:view'], apps: ['slack', 'zoom'] }]),
  ),
  pairOf(
    'view on slack and zoom becomes edit on zoom',
    shop([admin, { ...owner, grants: ['contracts', 'spend:view'], apps: ['slack', 'zoom'] }]),
    shop([admin, owner]),
  ),
  pairOf(
    'a role loses what a custom role gains',
    shop([admin, without(owner, 'contracts')]),
    shop([without(admin, 'contracts'), { ...owner, apps: ['slack'] }]),
  ),
];
