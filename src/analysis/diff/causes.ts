import type { Place } from '../../language/source.ts';
import type { DifferingSubject } from './differing-subject.ts';
import { latest } from './differing-subject.ts';
import type { Holding } from './holdings.ts';
import type { Cause } from './lines.ts';
import { causeAt, linesBehind } from './lines.ts';
import type { LevelChange } from './permission-changes.ts';
import type { Side } from './sides.ts';
import type { Subject } from './subjects.ts';

/** The lines to which it is due that a subject holds, at the head, levels that it did not hold, or not for so much. */
export function causesOfGains(
  gained: readonly LevelChange[],
  head: Holding,
  base: Holding | null,
  subject: DifferingSubject,
): readonly Cause[] {
  const { lines } = subject.comparison;
  const side = subject.head?.side;
  if (side === undefined || lines.head === null) return [];
  const held = gained.filter(({ by }) => by === 'level');
  // The same level was held before: then no line gives more, but the catalog has put more below it.
  const behind = base?.highest === head.highest ? [] : linesBehind(head.held, lines.head, lines.base);
  return [...dueTo(held, behind, side, subject), ...causesOfReach(gained, head.permission.reference, side, subject)];
}

/** The lines to which it is due that a subject holds levels no longer, or not for so much. */
export function causesOfLosses(
  lost: readonly LevelChange[],
  base: Holding,
  head: Holding | null,
  subject: DifferingSubject,
): readonly Cause[] {
  const { lines, head: after } = subject.comparison;
  const side = subject.base?.side;
  if (side === undefined || lines.base === null) return [];
  const held = lost.filter(({ by }) => by === 'level');
  const gone = held.filter(({ access }) => after !== null && !after.access.has(access));
  const taken = held.filter((change) => !gone.includes(change));
  const behind = base.highest === head?.highest ? [] : linesBehind(base.held, lines.base, lines.head);
  const { reference } = base.permission;
  return [
    ...removedFromCatalog(gone, base, side, after),
    ...dueTo(taken, behind, after ?? side, subject),
    ...causesOfReach(lost, after === null ? reference : side.now.permission(reference), after ?? side, subject),
  ];
}

/**
 * The lines found, or where every line is as it was: the levels that the catalog has moved, or the declaration of a
 * building block that has become a role (or the reverse).
 */
function dueTo(
  changes: readonly LevelChange[],
  behind: readonly Cause[],
  side: Side,
  subject: DifferingSubject,
): readonly Cause[] {
  if (changes.length === 0) return [];
  if (behind.length > 0) return behind;
  if (subject.base === null || subject.head === null) {
    const { definition, side: own } = latest(subject);
    return [causeAt('assignable', definition, definition.place, definition.name, own)];
  }
  return changes.map((change) => levelLine(change, side));
}

function removedFromCatalog(
  gone: readonly LevelChange[],
  { permission }: Holding,
  side: Side,
  after: Side | null,
): readonly Cause[] {
  if (gone.length === 0) return [];
  const isWhole = after?.permissions.has(side.now.permission(permission.reference)) !== true;
  if (isWhole) return [inCatalog(permission.reference, permission.place, side)];
  return gone.map(({ access, level }) => inCatalog(access, level.place, side));
}

/** Where a level is held at both sides, and reaches more at one of them. */
function causesOfReach(
  changes: readonly LevelChange[],
  reference: string,
  side: Side,
  { base, head }: DifferingSubject,
): readonly Cause[] {
  const marked = changes.filter(({ by }) => by === 'vendors').map((change) => levelLine(change, side));
  if (!changes.some(({ by }) => by === 'everywhere')) return marked;
  if (base !== null && head !== null && (base.reach === null) !== (head.reach === null)) {
    return [...marked, narrowingLine(base, head)];
  }
  const permission = side.permissions.get(reference);
  return permission === undefined ? marked : [...marked, inCatalog(reference, permission.place, side)];
}

/** The line that narrows a subject, or, where it is narrowed no longer, what stands in its stead. */
export function narrowingLine(base: Subject, head: Subject): Cause {
  const { definition, side, basedOn } = head;
  if (isGivenAnother(base, head) && basedOn !== null) {
    return causeAt('assigns', definition, basedOn.place, basedOn.name, side);
  }
  const apps = 'apps' in definition ? definition.apps : [];
  const names = apps.length === 0 ? 'all apps' : apps.map(({ name }) => name).join(', ');
  return causeAt('apps', definition, apps[0]?.place ?? basedOn?.place ?? definition.place, names, side);
}

/** Whether an assignment gives another role than before; a renamed one is the same. */
export function isGivenAnother(base: Subject, head: Subject): boolean {
  if (head.kind !== 'assignment' || head.basedOn === null || base.basedOn === null) return false;
  return base.side.now.role(base.basedOn.name) !== head.basedOn.name;
}

function levelLine({ access, level }: LevelChange, side: Side): Cause {
  return inCatalog(access, side.access.get(access)?.place ?? level.place, side);
}

function inCatalog(names: string, place: Place, side: Side): Cause {
  return causeAt('catalog', side.application.definition, place, names, side);
}
