import type { CauseDifference, Difference, PermissionDifference, SubjectDifference } from '../../model/difference.ts';
import { isSamePlace } from './lines.ts';

/** Permissions that the same subjects gain, or lose: told once, however many lines and heirs there are. */
export interface AccessEntry {
  readonly kind: 'access';
  readonly part: 'more' | 'less';
  readonly application: string;
  /** Those in whose own declaration a line changed; all of them where no line is their own. */
  readonly main: readonly SubjectDifference[];
  /** Those that have it from others. */
  readonly heirs: readonly SubjectDifference[];
  /** What is sensitive first. */
  readonly changes: readonly AccessChange[];
}

/** A permission as the first subject gains or loses it. */
export interface AccessChange extends PermissionDifference {
  readonly shift: Shift;
  readonly lines: readonly CauseDifference[];
  /** The same permission of every subject, by name: an heir may have held another level before. */
  readonly of: ReadonlyMap<string, PermissionDifference>;
}

/**
 * What moves: the level held; `included`, what one and the same level includes; `everywhere`, for which apps; `vendors`,
 * whether for vendors; `both`: one thing is gained and another lost.
 */
export type Shift = 'level' | 'included' | 'everywhere' | 'vendors' | 'both';

interface Held {
  readonly subject: SubjectDifference;
  readonly item: PermissionDifference;
}

/** The permission changes of whatever was there and remains. */
export function accessEntries({ subjects, causes }: Difference): readonly AccessEntry[] {
  const all = subjects
    .filter(({ action }) => action === 'changed')
    .flatMap((subject) => subject.permissions.map((item) => ({ subject, item })))
    .filter((held) => !isToldByReach(held));
  const same = Map.groupBy(all, ({ subject, item }) => {
    const top = item.direction === 'narrowing' ? item.base : item.head;
    return JSON.stringify([subject.application, item.permission, item.direction, shiftOf(item), top?.level]);
  });
  const lines = Map.groupBy(causes, ({ application, permission }) => `${application}/${permission}`);
  const entries = [...same.values()].flatMap((group) => entryOf(group, lines));
  const together = Map.groupBy(entries, ({ application, part, main, heirs, changes }) => {
    const names = [main, heirs].map((list) => list.map(({ name }) => name));
    // Where some held another level before, the change is told alone, so that it can say of whom.
    return JSON.stringify([application, part, names, changes.filter(isMixed).map(({ permission }) => permission)]);
  });
  return [...together.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...first, changes: sorted([first, ...others].flatMap(({ changes }) => changes)) }],
  );
}

/** What moves with a change of a permission. */
export function shiftOf({ direction, base, head }: PermissionDifference): Shift {
  if (direction === 'both') return 'both';
  if (base === null || head === null || base.level !== head.level) return 'level';
  if (base.everywhere !== head.everywhere) return 'everywhere';
  return base.forVendors.length === head.forVendors.length ? 'included' : 'vendors';
}

/** A subject that is narrowed, or narrowed no longer: every permission moves with it, and one entry says so. */
export function isNarrowing({ reach }: SubjectDifference): boolean {
  return reach !== null && (reach.base === null || reach.head === null);
}

function isToldByReach({ subject, item }: Held): boolean {
  return isNarrowing(subject) && shiftOf(item) === 'everywhere';
}

function isMixed({ of }: AccessChange): boolean {
  return new Set([...of.values()].map(({ base, head }) => JSON.stringify([base?.level, head?.level]))).size > 1;
}

function entryOf(
  group: readonly Held[],
  causes: ReadonlyMap<string, readonly CauseDifference[]>,
): readonly AccessEntry[] {
  const [any] = group;
  const about = causes.get(`${any?.subject.application}/${any?.item.permission}`) ?? [];
  const lines = about.filter(({ place }) =>
    group.some(({ item }) => item.causes.some((cause) => isSamePlace(place, cause))),
  );
  const own = group.filter(({ subject }) => lines.some((line) => isOwn(line, subject)));
  const main = own.length === 0 ? group : own;
  const [first] = main;
  if (first === undefined) return [];
  const change = {
    ...first.item,
    sensitive: group.some(({ item }) => item.sensitive),
    reserved: group.some(({ item }) => item.reserved),
    shift: shiftOf(first.item),
    lines,
    of: new Map(group.map(({ subject, item }) => [subject.name, item])),
  };
  return [
    {
      kind: 'access',
      part: first.item.direction === 'narrowing' ? 'less' : 'more',
      application: first.subject.application,
      main: main.map(({ subject }) => subject),
      heirs: group.filter((held) => !main.includes(held)).map(({ subject }) => subject),
      changes: [change],
    },
  ];
}

/** Whether a line stands in a subject's own declaration, under its old name at the base. */
export function isOwn({ declaration }: { readonly declaration: string }, { name, renamedFrom }: SubjectDifference) {
  return declaration === name || declaration === renamedFrom;
}

function sorted(changes: readonly AccessChange[]): readonly AccessChange[] {
  const weight = ({ sensitive, reserved }: AccessChange) => Number(sensitive) + Number(reserved);
  return changes.toSorted((a, b) => weight(b) - weight(a));
}
