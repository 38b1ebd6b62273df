import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffModels } from '../../../src/analysis/diff/diff-models.ts';
import { compareHoldings } from '../../../src/analysis/history/compare-holdings.ts';
import { holdingsOfModel } from '../../../src/analysis/history/holdings-of-model.ts';
import type { Difference } from '../../../src/model/difference.ts';
import type { EffectiveModel } from '../../../src/model/effective-model.ts';
import type { ArbitraryChange } from '../diff/arbitrary-change.ts';
import { changes, headFiles, peopledFiles } from '../diff/arbitrary-change.ts';
import { modelOf } from '../diff/trees.ts';

/**
 * `diff` and `history` were written apart, and say the same of the same two revisions: who gains and loses which
 * permission, who reaches what, who is new, gone and renamed.
 */
function byDiff({ subjects }: Difference): readonly string[] {
  return subjects
    .filter(({ kind }) => kind !== 'assignment')
    .flatMap(({ name, action, renamedFrom, permissions, reach }) => [
      ...(action === 'changed' ? [] : [`${name} is ${action}`]),
      ...(renamedFrom === null ? [] : [`${name} was ${renamedFrom}`]),
      ...permissions.flatMap(({ permission, gains, losses }) => [
        ...gains.map(({ level }) => `${name} gains ${permission}:${level}`),
        ...losses.map(({ level }) => `${name} loses ${permission}:${level}`),
      ]),
      ...(action !== 'changed'
        ? []
        : [
            ...(reach?.gained ?? []).map((thing) => `${name} reaches ${thing.kind} ${thing.name}`),
            ...(reach?.lost ?? []).map((thing) => `${name} reached ${thing.kind} ${thing.name}`),
          ]),
    ])
    .toSorted();
}

function byHistory(before: EffectiveModel, after: EffectiveModel): readonly string[] {
  return compareHoldings(holdingsOfModel(before), holdingsOfModel(after))
    .changes.filter(({ kind }) => kind !== 'assignment')
    .flatMap((change): readonly string[] => {
      const { name } = change;
      switch (change.what) {
        case 'subject':
          return [change.change === 'renamed' ? `${name} was ${change.before}` : `${name} is ${change.change}`];
        case 'permission':
          return [
            ...change.gained.map((level) => `${name} gains ${change.permission}:${level}`),
            ...change.lost.map((level) => `${name} loses ${change.permission}:${level}`),
          ];
        case 'reach': {
          const verb = change.change === 'given' ? 'reaches' : 'reached';
          return [`${name} ${verb} ${change.thing.kind} ${change.thing.name.replace('all apps', 'all-apps')}`];
        }
        default:
          return [];
      }
    })
    .toSorted();
}

/** Of what is lost and renamed at once, the one says the new name and the other the old. */
function withoutNew(line: string): string {
  return line.replace(/^(?!.* was )(.*)$/u, (text) => text.replaceAll('-now', ''));
}

function models(change: ArbitraryChange): readonly [EffectiveModel, EffectiveModel] {
  return [modelOf(peopledFiles(change.base, [])), modelOf(headFiles(change, []))];
}

describe('what history says of two revisions', () => {
  it('is what diff says', () => {
    fc.assert(
      fc.property(changes, (change) => {
        const [before, after] = models(change);
        const difference = diffModels(before, after, { base: 'a', head: 'b' });
        expect(byHistory(before, after).map(withoutNew).toSorted()).toEqual(
          byDiff(difference).map(withoutNew).toSorted(),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('is nothing of a revision and itself', () => {
    fc.assert(
      fc.property(changes, (change) => {
        const [before] = models(change);
        expect(compareHoldings(holdingsOfModel(before), holdingsOfModel(before)).changes).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
