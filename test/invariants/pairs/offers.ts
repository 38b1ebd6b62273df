import type { Pair } from '../pair.ts';
import type { ShopPermission } from '../shop.ts';
import { pairOf } from '../shop.ts';
import { admin, charts, owner, permissions, plain, shop, user, withMore, without, withoutReports } from './parts.ts';

const withCharts = [user, admin].map((role) => withMore(without(role, 'reports'), 'charts'));
const store = { permissions, name: 'store', roles: [{ ...user, title: 'Store User' }] };
const withComment = (permission: ShopPermission): ShopPermission =>
  permission.levels === undefined ? permission : { ...permission, levels: ['view', 'comment', 'edit'] };

/** What applications offer: their permissions and levels, and whether their roles can be narrowed. */
export const pairsOfOffers: readonly Pair[] = [
  pairOf('a permission is renamed', shop([user, admin]), shop(withCharts, { permissions: charts('Reports') })),
  pairOf(
    'a permission is renamed and retitled',
    shop([user, admin]),
    shop(withCharts, { permissions: charts('Charts') }),
  ),
  pairOf(
    'a permission keeps its name and gets other scopes',
    shop([user, admin, owner]),
    shop([user, admin, owner], {
      permissions: permissions.map((one) => (one.name === 'spend' ? { ...one, scope: 'budget' } : one)),
    }),
  ),
  pairOf(
    'a permission that roles hold is removed',
    shop([user, admin]),
    shop([without(user, 'reports'), without(admin, 'reports')], { permissions: withoutReports }),
  ),
  pairOf(
    'a permission is removed with the role that held it',
    shop([without(user, 'reports'), admin]),
    shop([without(user, 'reports')], { permissions: withoutReports }),
  ),
  pairOf(
    'a permission is replaced by another one',
    shop([user, admin]),
    shop([withMore(without(user, 'reports'), 'charts'), without(admin, 'reports')], {
      permissions: [...withoutReports, { name: 'charts' }],
    }),
  ),
  pairOf(
    'a level is inserted below a held one',
    shop([user, admin, owner]),
    shop([user, admin, owner], { permissions: permissions.map(withComment) }),
  ),
  pairOf('roles become restrictable', plain(user, admin), shop([user, admin, owner])),
  pairOf('roles are restrictable no more', shop([user, admin, owner]), plain(user, admin)),
  pairOf('a permission is restricted no more', shop([user, owner]), shop([user, owner], { permissions: anywhere() })),
  pairOf('the first up', [], shop([user, admin, owner])),
  pairOf('an application is added', shop([user]), [...shop([user]), store]),
  pairOf('an application is removed', [...shop([user]), store], shop([user])),
  pairOf(
    'an application is renamed, and a role with it',
    [store],
    [
      {
        ...store,
        ...{ name: 'market', formerly: ['store'], audience: 'https://store.example' },
        roles: [{ ...user, name: 'member', formerly: ['user'] }],
      },
    ],
  ),
];

function anywhere(): readonly ShopPermission[] {
  return permissions.map(({ isRestricted: _, ...permission }) => permission);
}
