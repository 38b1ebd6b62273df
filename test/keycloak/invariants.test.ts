import { describe, expect, test } from 'vitest';
import { violationText } from '../invariants/invariants.ts';
import type { Pair } from '../invariants/pair.ts';
import { layBaseInRealm } from './invariants/base-in-realm.ts';
import { observeRealm } from './invariants/observe-realm.ts';
import { violationsInRealm } from './invariants/rules.ts';
import { undisturbedPairs } from './invariants/selection.ts';
import { missing } from './realm.ts';

/**
 * The invariants of a reconcile on a Keycloak server, by the pairs that are written by hand: every write passes one at a time,
 * and after each the whole realm is read, with the tokens that everybody in it would be given.
 *
 * This is a selection of a minute or two. KEYCLOAK_INVARIANTS=all goes through all pairs, and `invariants-crash.test.ts`
 * through all crash points of all of them. That takes hours.
 */
async function observed(declared: Pair) {
  const base = await layBaseInRealm(declared);
  try {
    return await observeRealm(base, null);
  } finally {
    await base.remove();
  }
}

describe.skipIf(missing !== null)('undisturbed, with a realm of other people around it:', () => {
  test.each(undisturbedPairs().map((pair) => [pair.name, pair] as const))('%s', async (name, pair) => {
    const observation = await observed(pair);
    expect(violationsInRealm(observation).map(violationText)).toEqual([]);
    const calls = observation.runs.flatMap(({ instants }) => instants.map(({ call }) => `${call.method} ${call.path}`));
    if (name === 'nothing changes') expect(calls).toEqual([]);
    if (name === 'a grant is added') {
      expect(calls).toEqual([expect.stringMatching(/^POST \/roles-by-id\/[\w-]+\/composites$/u)]);
    }
  });
});
