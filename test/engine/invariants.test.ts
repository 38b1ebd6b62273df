import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Base } from '../invariants/base.ts';
import { layBase } from '../invariants/base.ts';
import type { Case } from '../invariants/cases.ts';
import { wasStruck } from '../invariants/cases.ts';
import { disasters } from '../invariants/disasters.ts';
import { violationsOf, violationText } from '../invariants/invariants.ts';
import { kills } from '../invariants/kill.ts';
import { applyByUp, applyPlainly, observe, scopeRemovals } from '../invariants/observe.ts';
import { everythingAtOnce, handMadePairs } from '../invariants/pairs/hand-made.ts';
import { randomPairs } from '../invariants/pairs/random.ts';
import { writesNeeded } from '../invariants/rules/least-writes.ts';
import { auth0Prices } from '../invariants/rules/prices.ts';

/**
 * The seven invariants on the real engine, watched call by call: a selection that this seed decides, of about a minute and a half.
 * `tools/invariants.ts` goes through all of it; `test/invariants` tries many changes on paper, and shows that each invariant can
 * be broken.
 */
const seed = 20_261_122;
const violations = async (base: Base, one: Case, apply = applyByUp) => {
  const observation = await observe(base, { ...one, apply });
  expect(wasStruck(one, observation)).toBe(true);
  return violationsOf(observation).map(violationText);
};

function named(name: string): Base['pair'] {
  const pair = handMadePairs.find((one) => one.name === name);
  if (pair === undefined) throw new Error(`there is no pair "${name}"`);
  return pair;
}

/** A write for each of so many crashes, from the first to the last one. */
const someWrites = (pair: Base['pair'], count: number) =>
  fc.sample(fc.integer({ min: 1, max: writesNeeded(pair, auth0Prices) }), { seed, numRuns: count });

describe('a change of nearly every kind at once', () => {
  let base: Base;
  beforeAll(async () => {
    base = await layBase(everythingAtOnce);
  });
  afterAll(() => base.remove());
  const writes = someWrites(everythingAtOnce, disasters.length + kills.length);

  test('undisturbed', async () => {
    expect(await violations(base, { scopeRemoval: 'refuse', disturbance: null })).toEqual([]);
  });

  test.each(disasters.map((disaster, index) => [disaster, writes[index] ?? 1, index] as const))(
    '%s at write %i, and the next run',
    async (disaster, write, index) => {
      const scopeRemoval = scopeRemovals[index % 2] ?? 'refuse';
      expect(await violations(base, { scopeRemoval, disturbance: { disaster, write } })).toEqual([]);
    },
  );

  test.each(kills.map((kind, index) => [kind, writes[disasters.length + index] ?? 1] as const))(
    'kill -9 (%s) at write %i, and the next run',
    async (kind, write) => {
      const disturbance = { kills: kind, write };
      expect(await violations(base, { scopeRemoval: 'refuse', disturbance })).toEqual([]);
    },
  );
});

test('a random change, undisturbed and with its first answer lost', async () => {
  const pair = fc.sample(randomPairs, { seed, numRuns: 50 }).find((one) => writesNeeded(one, auth0Prices) > 3);
  if (pair === undefined) throw new Error('no such pair');
  const base = await layBase(pair);
  const disturbance = { disaster: 'answer lost', write: 1 } as const;
  const found = [
    await violations(base, { scopeRemoval: 'refuse', disturbance: null }),
    await violations(base, { scopeRemoval: 'cascade', disturbance }),
  ];
  await base.remove();
  expect([pair.name, ...found]).toEqual([pair.name, [], []]);
});

test('a role whose deletion is refused goes with the next run, before a scope that only it holds', async () => {
  const base = await layBase(named('a permission is removed with the role that held it'));
  // By then the engine has taken what the role holds out of its state.
  const disturbance = { disaster: 'refused', write: 1 } as const;
  const found = await violations(base, { scopeRemoval: 'refuse', disturbance });
  await base.remove();
  expect(found).toEqual([]);
});

test('the engine alone calls a refused grant done in its next run, and 6 sees it', async () => {
  const base = await layBase(named('a grant is swapped'));
  const disturbance = { disaster: 'refused', write: 2 } as const;
  const found = await violations(base, { scopeRemoval: 'refuse', disturbance }, applyPlainly);
  await base.remove();
  expect(found).toEqual([
    expect.stringMatching(
      /^6 converges: the next run is over, and shop\/user holds \[.*\], and \[.*contracts.*\] is declared/u,
    ),
    expect.stringMatching(/^6 converges: the again run is over/u),
  ]);
});
