import { byCodePoint } from '../../language/source.ts';
import type { Difference } from '../../model/difference.ts';
import type { EffectiveModel } from '../../model/effective-model.ts';
import { catalogDifference } from './catalog/catalog-differences.ts';
import { causeDifferences, reachCauses } from './cause-differences.ts';
import { comparisons } from './comparison.ts';
import { constraintPairs } from './control/constraint-changes.ts';
import { controlChanges } from './control/control-changes.ts';
import { differingSubject } from './differing-subject.ts';
import { environmentDifferences, environmentPairs } from './environments.ts';
import type { FileDigests } from './file-digests.ts';
import { provisioningChanges } from './provisioning.ts';
import { subjectChange } from './subject-changes.ts';
import { summaryOf } from './summary.ts';

/** The two sides as the reader named them. */
export interface SideNames {
  readonly base: string;
  readonly head: string;
}

/**
 * What differs from one effective model to another: who may do more or less, by which line, and what judges that differs.
 * It compares what the models mean, so that comments, line ends and moves between files are no difference.
 *
 * @param files the other files that judge a change; left out where a side is no repository, such as the output of `build`
 */
export function diffModels(
  base: EffectiveModel,
  head: EffectiveModel,
  names: SideNames,
  files?: { readonly base: FileDigests; readonly head: FileDigests },
): Difference {
  const compared = comparisons(base, head);
  const changes = compared
    .flatMap((comparison) =>
      comparison.subjects.flatMap((pair) => subjectChange(differingSubject(pair, comparison)) ?? []),
    )
    .toSorted(
      ({ difference: a }, { difference: b }) =>
        byCodePoint(a.application, b.application) || byCodePoint(a.kind, b.kind) || byCodePoint(a.name, b.name),
    );
  const subjects = changes.map(({ difference }) => difference);
  const environments = environmentPairs(base, head);
  const control = controlChanges({
    applications: compared,
    constraints: constraintPairs(base.constraints, head.constraints, compared),
    environments,
    files: files ?? { base: new Map(), head: new Map() },
  });
  return {
    schemaVersion: 1,
    ...names,
    control,
    catalogs: compared.flatMap((comparison) => catalogDifference(comparison) ?? []),
    subjects,
    causes: causeDifferences(changes),
    reachCauses: reachCauses(changes),
    provisioning: compared.flatMap(provisioningChanges).map(({ difference }) => difference),
    environments: environmentDifferences(environments, compared),
    summary: summaryOf(subjects, control, compared),
  };
}
