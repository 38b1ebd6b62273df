import type { PersonDifference, SeverityReason, SubjectDifference } from '../../model/difference.ts';
import type { DifferingSubject } from './differing-subject.ts';
import { latest } from './differing-subject.ts';
import { directionOf, hasPurposeBeyond } from './direction.ts';
import { holdersOf, peopleChanges } from './people.ts';
import type { PermissionChange } from './permission-changes.ts';
import { permissionChanges } from './permission-changes.ts';
import type { ReachChange } from './reach-changes.ts';
import { reachChanges } from './reach-changes.ts';
import { severityOf } from './severity.ts';
import { wordsOf } from './subject-words.ts';
import type { Subject } from './subjects.ts';

/** A subject that differs, with what its causes are gathered from. */
export interface SubjectChange {
  readonly subject: DifferingSubject;
  readonly difference: SubjectDifference;
  readonly permissions: readonly PermissionChange[];
  readonly reach: readonly ReachChange[];
}

/** How a subject differs; null where it does not. */
export function subjectChange(subject: DifferingSubject): SubjectChange | null {
  const permissions = permissionChanges(subject);
  const reach = reachChanges(subject);
  const people = peopleChanges(subject);
  const { base, head } = subject;
  const now = latest(subject);
  const { definition, kind, side } = now;
  const onlyIn = purposes(base, head);
  // Somebody new holds all of it, and so does whoever holds it where it was not before.
  const isGivenWhole = people.some(isGiven) || (onlyIn !== null && hasPurposeBeyond(onlyIn.head, onlyIn.base));
  const isTakenWhole = people.some(isTaken) || (onlyIn !== null && hasPurposeBeyond(onlyIn.base, onlyIn.head));
  const counted = (reach?.changes ?? []).filter(({ counts }) => counts);
  const movement = {
    gains:
      permissions.some(({ difference }) => difference.gains.length > 0) ||
      counted.some(({ change }) => change === 'gained') ||
      people.some(isGiven) ||
      (isGivenWhole && subject.holdings.head.size > 0),
    loses:
      permissions.some(({ difference }) => difference.losses.length > 0) ||
      counted.some(({ change }) => change === 'lost') ||
      people.some(isTaken) ||
      (isTakenWhole && subject.holdings.base.size > 0),
  };
  const direction = directionOf(movement);
  const holders = holdersOf(now)?.size ?? null;
  const reasons = reasonsOf(subject, permissions, counted, isGivenWhole, holders);
  const difference: SubjectDifference = {
    application: subject.comparison.name,
    kind,
    name: definition.name,
    title: definition.title,
    action: base === null ? 'new' : head === null ? 'removed' : 'changed',
    renamedFrom: otherThan(definition.name, base?.definition.name),
    retitledFrom: otherThan(definition.title, base?.definition.title),
    kindFrom: base === null || base.kind === kind ? null : base.kind,
    direction,
    severity: severityOf(movement, reasons),
    reasons,
    permissions: permissions.map((change) => change.difference),
    reach: reach?.difference ?? null,
    people,
    onlyIn,
    basedOn: baseNames(base, head),
    details: base === null || head === null ? [] : wordsOf(base, head),
    holders,
    declaredAt: { side: side.side, ...definition.place },
  };
  if (isSame(difference)) return null;
  return { subject, difference, permissions, reach: reach?.changes ?? [] };
}

function isGiven({ change }: PersonDifference): boolean {
  return change === 'added' || change === 'extended';
}

function isTaken(person: PersonDifference): boolean {
  return !isGiven(person);
}

function isSame(difference: SubjectDifference): boolean {
  const { action, permissions, reach, people, onlyIn, basedOn, details, renamedFrom, retitledFrom, kindFrom } =
    difference;
  const lists = [permissions, people, details];
  const others = [reach, onlyIn, basedOn, renamedFrom, retitledFrom, kindFrom];
  return action === 'changed' && lists.every(({ length }) => length === 0) && others.every((value) => value === null);
}

function otherThan<T>(now: T, before: T | undefined): T | null {
  return before === undefined || before === now ? null : before;
}

function purposes(base: Subject | null, head: Subject | null): SubjectDifference['onlyIn'] {
  if (base === null || head === null) return null;
  const isSameSet = !hasPurposeBeyond(base.onlyIn, head.onlyIn) && !hasPurposeBeyond(head.onlyIn, base.onlyIn);
  return isSameSet ? null : { base: base.onlyIn, head: head.onlyIn };
}

/** The base, or the role given, where another one is named; one that was renamed is the same. */
function baseNames(base: Subject | null, head: Subject | null): SubjectDifference['basedOn'] {
  if (base?.basedOn == null || head?.basedOn == null) return null;
  const now = base.side.now.role(base.basedOn.name);
  return now === head.basedOn.name ? null : { base: base.basedOn.name, head: head.basedOn.name };
}

function reasonsOf(
  subject: DifferingSubject,
  permissions: readonly PermissionChange[],
  reach: readonly ReachChange[],
  isGivenWhole: boolean,
  holders: number | null,
): readonly SeverityReason[] {
  const { marks } = subject.comparison;
  const levels = permissions.flatMap(({ difference }) => difference.gains);
  const things = reach.filter(({ change }) => change === 'gained').map(({ thing }) => thing);
  const held = isGivenWhole ? [...subject.holdings.head.values()].flatMap((holding) => [...holding.levels.keys()]) : [];
  const has = (mark: 'sensitive' | 'reserved') =>
    [...levels, ...things].some((item) => item[mark]) || held.some((access) => marks[mark].has(access));
  const all: readonly [SeverityReason, boolean][] = [
    ['sensitive', has('sensitive')],
    ['reserved', has('reserved')],
    ['default-role', isDefault(subject.base) || isDefault(subject.head)],
    ['holders', (holders ?? 0) > 0],
  ];
  return all.flatMap(([reason, applies]) => (applies ? [reason] : []));
}

/** Whether provisioning gives a role to whoever signs in for the first time. */
function isDefault(subject: Subject | null): boolean {
  if (subject === null || subject.kind === 'assignment') return false;
  const policy = subject.side.application.definition.provisioning;
  return policy?.enabled === true && policy.default.name === subject.definition.name;
}
