import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { violationsOf, violationText } from './invariants.ts';
import type { Course } from './on-paper.ts';
import { carryOutOnPaper } from './on-paper.ts';
import type { Pair } from './pair.ts';
import { catalogPairs } from './pairs/catalogs.ts';
import { handMadePairs } from './pairs/hand-made.ts';
import { admin, owner, permissions, shop, without } from './pairs/parts.ts';
import { randomPairs } from './pairs/random.ts';
import type { PaperTarget } from './paper-targets.ts';
import { paperTargets } from './paper-targets.ts';
import { pairOf } from './shop.ts';

/** How `up` parts a change into updates, tried without an engine: test/engine/invariants.test.ts has the real one. */
const violations = (pair: Pair, target: PaperTarget, course: Course) =>
  violationsOf(carryOutOnPaper(pair, target, course)).map(violationText);

describe.each(paperTargets)('on $name,', (target) => {
  test.each(handMadePairs.map((pair) => [pair.name, pair] as const))('%s', (_, pair) => {
    for (const seed of [1, 2, 3]) {
      const writes = carryOutOnPaper(pair, target, { seed, cutAfter: null }).runs.flatMap(
        ({ instants }) => instants,
      ).length;
      expect(violations(pair, target, { seed, cutAfter: null })).toEqual([]);
      for (let cutAfter = 0; cutAfter < writes; cutAfter += 1)
        expect(violations(pair, target, { seed, cutAfter })).toEqual([]);
    }
  });

  test('any change, in any order that the engine may take, cut off anywhere', () => {
    const courses = fc.record({ seed: fc.nat(), cutAfter: fc.option(fc.nat({ max: 12 })) });
    fc.assert(
      fc.property(randomPairs, courses, (pair, course) => {
        expect(violations(pair, target, course)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('a permission that goes and another one of the same words are not both there for a new app', () => {
    const roles = (...grants: readonly string[]) => [admin, { ...owner, grants }];
    const pair = pairOf(
      'contracts become agreements of the same title, with another app',
      shop(roles('contracts')),
      shop([without(admin, 'contracts'), { ...owner, grants: ['agreements'], apps: ['slack'] }], {
        permissions: permissions.map((one) =>
          one.name === 'contracts' ? { name: 'agreements', title: 'Contracts', isRestricted: true } : one,
        ),
      }),
    );
    // Nothing tells them from one permission under two scopes: the old one goes last (7), and the app comes in a write of its own (5).
    for (let seed = 1; seed <= 20; seed += 1) {
      const numbers = violationsOf(carryOutOnPaper(pair, target, { seed, cutAfter: null })).map(({ number }) => number);
      expect(numbers.filter((number) => number < 5)).toEqual([]);
    }
  });

  test('the three catalogs, changed all at once', async () => {
    const pair = (await catalogPairs()).at(-1);
    expect(pair === undefined ? null : violations(pair, target, { seed: 1, cutAfter: null })).toEqual([]);
  });
});
