import type { Pair } from '../pair.ts';
import { pairOf } from '../shop.ts';
import { pairsOfGrants } from './grants.ts';
import { pairsOfNames } from './names.ts';
import { pairsOfOffers } from './offers.ts';
import { admin, held, owner, permissions, shop, user } from './parts.ts';
import { pairsOfPeople } from './people.ts';

const lives: readonly Pair[] = [
  pairOf('a role is added', shop([user]), shop([user, admin])),
  pairOf('a role is removed', shop([user, admin]), shop([user])),
  pairOf('a protected role is removed', shop([user, admin]), shop([user]), {
    protect: true,
    overrides: ['protected:shop/admin'],
  }),
];

const agreements = { name: 'agreements', isRestricted: true, formerly: ['contracts'] };

/** One change of nearly every kind, in one run: where kinds get into each other's way. */
export const everythingAtOnce: Pair = pairOf(
  'everything at once',
  held([user, admin, owner, { name: 'auditor', grants: ['reports'] }], ['user', 'dana'], ['admin', 'kim']),
  shop(
    [
      { name: 'user', grants: ['agreements', 'charts', 'spend:view'] },
      { name: 'boss', formerly: ['admin'], title: 'Auditor', grants: ['agreements', 'spend:edit'] },
      { ...owner, grants: ['agreements', 'spend:view'], apps: ['slack', 'zoom'] },
      { name: 'clerk', grants: ['charts'] },
    ],
    {
      permissions: [...permissions.filter(({ name }) => name === 'spend'), agreements, { name: 'charts' }],
      holders: [
        { role: 'boss', person: 'kim' },
        { role: 'clerk', person: 'dana' },
      ],
    },
  ),
);

export const handMadePairs: readonly Pair[] = [
  pairOf('nothing changes', shop([user, admin, owner]), shop([user, admin, owner])),
  ...pairsOfGrants,
  ...pairsOfNames,
  ...pairsOfOffers,
  ...lives,
  ...pairsOfPeople,
  everythingAtOnce,
];
