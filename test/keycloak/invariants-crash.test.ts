import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { violationText } from '../invariants/invariants.ts';
import type { RealmBase } from './invariants/base-in-realm.ts';
import { layBaseInRealm } from './invariants/base-in-realm.ts';
import { observeRealm } from './invariants/observe-realm.ts';
import { violationsInRealm } from './invariants/rules.ts';
import { isLongRun, struckPairs } from './invariants/selection.ts';
import { missing } from './realm.ts';

/**
 * Crash points on a Keycloak server: something happens to a run at its k-th write, and the next run ends in what is declared;
 * the other invariants hold over both. A selection of two minutes, see `invariants.test.ts`.
 */
describe.skipIf(missing !== null).each(struckPairs().map((one) => [one.pair.name, one] as const))(
  '%s,',
  (_, { pair, strikes }) => {
    let base: RealmBase;
    beforeAll(async () => {
      base = await layBaseInRealm(pair);
    });
    afterAll(() => base.remove());

    test.each(strikes.map((strike) => [strike.disaster, strike.write, strike] as const))(
      '%s at write %i',
      async (_disaster, _write, strike) => {
        const observation = await observeRealm(base, strike);
        // A change may need fewer writes than are enough for it.
        if (!isLongRun) expect(observation.runs[0]?.instants.length).toBeGreaterThanOrEqual(strike.write);
        expect(violationsInRealm(observation).map(violationText)).toEqual([]);
      },
    );
  },
);
