import type { Pair } from '../../invariants/pair.ts';
import { everythingAtOnce, handMadePairs } from '../../invariants/pairs/hand-made.ts';
import { writesNeeded } from '../../invariants/rules/least-writes.ts';
import { keycloakPrices } from '../../invariants/rules/prices.ts';
import type { Strike } from './strikes.ts';
import { disasters } from './strikes.ts';

/** KEYCLOAK_INVARIANTS=all: every pair, and every disaster at every write of each. That takes hours. */
export const isLongRun = process.env.KEYCLOAK_INVARIANTS === 'all';

/** One of nearly every kind of change, which the others are like. */
const undisturbed = [
  'nothing changes',
  'a grant is added',
  'a grant moves from one role to another',
  'a custom role gets another app',
  'edit on zoom becomes view on slack and zoom',
  'a role is renamed and retitled',
  'two roles swap their titles',
  'the title of a removed role is taken',
  'a permission that roles hold is removed',
  'roles become restrictable',
  'an application is renamed, and a role with it',
  'a person moves out of a role that widens',
  'a role goes that people hold',
];

/** Every disaster, at some third of the writes: what is made and not heard of is found again, and what was cut off is gone on with. */
const struck: Readonly<Record<string, readonly Strike[]>> = {
  'a grant is swapped': [
    { disaster: 'cut before', write: 1 },
    { disaster: 'answer lost', write: 2 },
  ],
  'the first up': [
    { disaster: 'answer lost once', write: 1 },
    { disaster: 'answer lost', write: 2 },
    { disaster: 'refused', write: 4 },
    { disaster: 'cut before', write: 7 },
  ],
  'a permission is renamed': [
    { disaster: 'answer lost once', write: 1 },
    { disaster: 'unavailable', write: 4 },
  ],
  [everythingAtOnce.name]: [
    { disaster: 'answer lost', write: 1 },
    { disaster: 'answer lost once', write: 3 },
    { disaster: 'unavailable', write: 7 },
    { disaster: 'failing once', write: 10 },
    { disaster: 'refused', write: 13 },
    { disaster: 'cut before', write: 16 },
  ],
};

export function undisturbedPairs(): readonly Pair[] {
  return isLongRun ? handMadePairs : handMadePairs.filter(({ name }) => undisturbed.includes(name));
}

export interface StruckPair {
  readonly pair: Pair;
  readonly strikes: readonly Strike[];
}

/** Which changes are struck, and by what at which of their writes. */
export function struckPairs(): readonly StruckPair[] {
  return handMadePairs.flatMap((pair) => {
    const strikes = isLongRun ? everyStrike(pair) : (struck[pair.name] ?? []);
    return strikes.length === 0 ? [] : [{ pair, strikes }];
  });
}

function everyStrike(pair: Pair): readonly Strike[] {
  const writes = Array.from({ length: writesNeeded(pair, keycloakPrices) }, (_, index) => index + 1);
  return writes.flatMap((write) => disasters.map((disaster) => ({ disaster, write })));
}
