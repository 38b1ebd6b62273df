import { createHash } from 'node:crypto';
import type { Case } from './cases.ts';
import { casesOf, caseText } from './cases.ts';
import type { Pair } from './pair.ts';

/** A few ways through one change, tried on one base: to lay it takes as long as to try one of them. */
export interface Visit {
  readonly pair: Pair;
  readonly cases: readonly Case[];
}

const casesOfVisit = 5;

/**
 * Every case of every pair, in an order that the seed decides: a few of each pair, then a few more of each, so that wherever
 * it ends something of everything has been tried. Each pair begins undisturbed.
 */
export function visitsOf(pairs: readonly Pair[], seed: number, isWanted: (one: Case) => boolean): readonly Visit[] {
  const byChance = <T>(list: readonly T[], text: (item: T) => string): readonly T[] => {
    const keys = new Map(list.map((item) => [item, digest(`${seed} ${text(item)}`)]));
    return list.toSorted((a, b) => ((keys.get(a) ?? '') < (keys.get(b) ?? '') ? -1 : 1));
  };
  const ofPair = byChance(pairs, ({ name }) => name).map((pair) => {
    const cases = byChance(casesOf(pair).filter(isWanted), (one) => `${pair.name} ${caseText(pair, one)}`);
    const ordered = [...cases.filter(isUndisturbed), ...cases.filter((one) => !isUndisturbed(one))];
    return Array.from({ length: Math.ceil(ordered.length / casesOfVisit) }, (_, round) => ({
      pair,
      cases: ordered.slice(round * casesOfVisit, (round + 1) * casesOfVisit),
    }));
  });
  const rounds = Math.max(0, ...ofPair.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => ofPair.flatMap((visits) => visits[round] ?? [])).flat();
}

function isUndisturbed({ disturbance }: Case): boolean {
  return disturbance === null;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
