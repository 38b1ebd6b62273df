import fc from 'fast-check';
import type { Pair } from '../pair.ts';
import type { ShopPermission, ShopRole } from '../shop.ts';
import { pairOf } from '../shop.ts';
import type { Chance, Draft } from './edits.ts';
import { apps, edits, isAllowed, levels, people } from './edits.ts';

const permission = (index: number): fc.Arbitrary<ShopPermission> =>
  fc
    .record({ hasLevels: fc.boolean(), isRestricted: fc.boolean() })
    .map(({ hasLevels, isRestricted }) => ({ name: `p${index}`, levels: hasLevels ? levels : [], isRestricted }));

const grantOf = ({ name, levels: known = [] }: ShopPermission): fc.Arbitrary<string> =>
  known.length === 0 ? fc.constant(name) : fc.constantFrom(...known).map((level) => `${name}:${level}`);

function role(name: string, { permissions, apps: known }: Pick<Draft, 'permissions' | 'apps'>): fc.Arbitrary<ShopRole> {
  const grants = fc.subarray([...permissions]).chain((granted) => fc.tuple(...granted.map(grantOf)));
  return fc.record({ grants, narrowed: fc.subarray([...known]) }).map(({ grants: list, narrowed }) => ({
    name,
    grants: list,
    ...(narrowed.length === 0 ? {} : { apps: narrowed }),
  }));
}

const drafts: fc.Arbitrary<Draft> = fc
  .record({ count: fc.integer({ min: 1, max: 4 }), apps: fc.constantFrom([], apps) })
  .chain(({ count, apps: known }) =>
    fc
      .tuple(...Array.from({ length: count }, (_, index) => permission(index)))
      .map((permissions) => ({ permissions, apps: known })),
  )
  .chain((offer) =>
    fc.integer({ min: 1, max: 4 }).chain((count) => {
      const names = Array.from({ length: count }, (_, index) => `r${index}`);
      const holders = people.flatMap((person) => names.map((name) => ({ role: name, person })));
      return fc.record({
        ...{ permissions: fc.constant(offer.permissions), apps: fc.constant(offer.apps) },
        roles: fc.tuple(...names.map((name) => role(name, offer))),
        holders: fc.subarray(holders, { maxLength: Math.min(3, holders.length) }),
      });
    }),
  );

const number = fc.nat({ max: 11 });
const chances: fc.Arbitrary<Omit<Chance, 'n'>> = fc.record({ first: number, second: number, third: number });

/** A small application and one to four edits of it. */
export const randomPairs: fc.Arbitrary<Pair> = fc
  .tuple(drafts, fc.array(fc.tuple(fc.constantFrom(...edits), chances), { minLength: 1, maxLength: 4 }))
  .map(([before, list]) => ({
    before,
    after: list.reduce((now, [edit, chance], n) => edit(now, { ...chance, n }), before),
  }))
  .filter(({ before, after }) => isAllowed(before) && isAllowed(after))
  .map(({ before, after }) => pairOf(JSON.stringify({ before, after }), [before], [after]));
