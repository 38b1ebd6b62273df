import type { ControlChange, DifferenceSummary, SubjectDifference } from '../../model/difference.ts';
import type { Comparison } from './comparison.ts';
import { narrows, widens } from './direction.ts';
import { removalOf, shareOf } from './removal.ts';

/** Counts what a difference has. */
export function summaryOf(
  subjects: readonly SubjectDifference[],
  control: readonly ControlChange[],
  comparisons: readonly Comparison[],
): DifferenceSummary {
  const subjectsWhere = (is: (subject: SubjectDifference) => boolean) => subjects.filter(is).length;
  const permissions = subjects.flatMap((subject) => subject.permissions);
  const reach = subjects.flatMap((subject) => subject.reach ?? []);
  const people = subjects.flatMap((subject) => subject.people);
  const shares = comparisons.map((comparison) => shareOf(removalOf(comparison.subjects)));
  return {
    widening: subjectsWhere(({ direction }) => widens(direction)),
    narrowing: subjectsWhere(({ direction }) => narrows(direction)),
    subjectsNew: subjectsWhere(({ action }) => action === 'new'),
    subjectsRemoved: subjectsWhere(({ action }) => action === 'removed'),
    subjectsChanged: subjectsWhere(({ action }) => action === 'changed'),
    renamed: subjectsWhere(({ renamedFrom }) => renamedFrom !== null),
    permissionsGained: permissions.filter(({ gains }) => gains.length > 0).length,
    permissionsLost: permissions.filter(({ losses }) => losses.length > 0).length,
    reachGained: reach.flatMap(({ gained }) => gained).length,
    reachLost: reach.flatMap(({ lost }) => lost).length,
    peopleGained: people.filter(({ change }) => change === 'added' || change === 'extended').length,
    peopleLost: people.filter(({ change }) => change === 'removed' || change === 'shortened').length,
    sensitive: gainsOf(subjects, 'sensitive'),
    reserved: gainsOf(subjects, 'reserved'),
    control: control.length,
    loosening: control.filter(({ loosens }) => loosens === true).length,
    removedShare: Math.max(0, ...shares),
  };
}

function gainsOf(subjects: readonly SubjectDifference[], mark: 'sensitive' | 'reserved'): number {
  const permissions = subjects.flatMap((subject) => subject.permissions);
  const things = subjects.filter(({ action }) => action === 'changed').flatMap(({ reach }) => reach?.gained ?? []);
  return (
    permissions.filter(({ gains }) => gains.some((level) => level[mark])).length +
    things.filter((thing) => thing[mark]).length
  );
}
