import { byCodePoint } from '../../language/source.ts';
import type { Constraint } from '../../model/definitions.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import type { Lines } from './lines.ts';
import { linesOf } from './lines.ts';
import type { Marks } from './marks.ts';
import { marksOf } from './marks.ts';
import type { ApplicationPair } from './sides.ts';
import { applicationPairs } from './sides.ts';
import type { SubjectPair } from './subjects.ts';
import { subjectPairs } from './subjects.ts';

/** An application of two models, with all that its comparison looks up. */
export interface Comparison extends ApplicationPair {
  readonly marks: Marks;
  readonly lines: { readonly base: Lines | null; readonly head: Lines | null };
  readonly subjects: readonly SubjectPair[];
}

/** Everything that is found again across two models, prepared once; sorted by application. */
export function comparisons(base: EffectiveModel, head: EffectiveModel): readonly Comparison[] {
  const constraints = { base: base.constraints, head: head.constraints };
  return applicationPairs(base, head)
    .toSorted((a, b) => byCodePoint(a.name, b.name))
    .map((pair) => comparisonOf(pair, constraints));
}

function comparisonOf(
  pair: ApplicationPair,
  constraints: { readonly base: readonly Constraint[]; readonly head: readonly Constraint[] },
): Comparison {
  return {
    ...pair,
    marks: marksOf(pair, constraints),
    lines: {
      base: pair.base === null ? null : linesOf(pair.base),
      head: pair.head === null ? null : linesOf(pair.head),
    },
    subjects: subjectPairs(pair),
  };
}
