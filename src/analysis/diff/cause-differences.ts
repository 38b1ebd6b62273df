import { byCodePoint, byPlace } from '../../language/source.ts';
import type {
  CauseDifference,
  HeldLevel,
  LevelEffects,
  PermissionDifference,
  ReachCause,
  SidePlace,
  SubjectName,
} from '../../model/difference.ts';
import { latest } from './differing-subject.ts';
import type { Cause } from './lines.ts';
import { holdersOf } from './people.ts';
import type { ReachChange } from './reach-changes.ts';
import type { SubjectChange } from './subject-changes.ts';

/** The permission changes of all subjects by the lines behind them: a change that one line makes in many is told once. */
export function causeDifferences(changes: readonly SubjectChange[]): readonly CauseDifference[] {
  const all = changes.flatMap((change) =>
    change.permissions.flatMap(({ difference, causes }) => causes.map((cause) => ({ change, difference, cause }))),
  );
  const grouped = Map.groupBy(all, ({ change, difference, cause }) =>
    JSON.stringify([change.difference.application, cause.place, ...sameChange(difference)]),
  );
  return [...grouped.values()]
    .map((items) => causeDifference(items))
    .toSorted(
      (a, b) =>
        byCodePoint(a.application, b.application) ||
        bySidePlace(a.place, b.place) ||
        byCodePoint(a.permission, b.permission) ||
        byCodePoint(JSON.stringify([a.base, a.head]), JSON.stringify([b.base, b.head])),
    );
}

interface Item {
  readonly change: SubjectChange;
  readonly difference: PermissionDifference;
  readonly cause: Cause;
}

/** What makes two changes of a permission one, whoever is narrowed and whoever is not. */
function sameChange({ permission, base, head, gains, losses }: PermissionDifference): readonly unknown[] {
  const levels = (effects: readonly LevelEffects[]) => effects.map(({ level }) => level);
  const isSpread = base !== null && head !== null && base.everywhere !== head.everywhere;
  return [permission, base?.level, head?.level, levels(gains), levels(losses), isSpread];
}

function causeDifference(items: readonly Item[]): CauseDifference {
  const [first] = items;
  if (first === undefined) throw new Error('a cause of nothing');
  const { change, difference, cause } = first;
  const { permission, title, direction, sensitive, reserved, gains, losses } = difference;
  return {
    application: change.difference.application,
    ...lineOf(cause),
    names: cause.names,
    permission,
    title,
    base: together(items.map((item) => item.difference.base)),
    head: together(items.map((item) => item.difference.head)),
    direction,
    sensitive,
    reserved,
    gains,
    losses,
    ...reached(
      items.map((item) => item.change),
      cause,
    ),
  };
}

/** A level as all that are reached hold it. */
function together(levels: readonly (HeldLevel | null)[]): HeldLevel | null {
  const held = levels.filter((level) => level !== null);
  const [first] = held;
  if (first === undefined) return null;
  const narrowed = held.find(({ everywhere }) => !everywhere);
  return { ...first, everywhere: narrowed === undefined, forVendors: narrowed?.forVendors ?? [] };
}

/** What subjects come to reach, or reach no longer, by the lines behind it; those that are new or removed tell it themselves. */
export function reachCauses(changes: readonly SubjectChange[]): readonly ReachCause[] {
  const all = changes
    .filter(({ difference }) => difference.action === 'changed')
    .flatMap((change) => change.reach.map((reach) => ({ change, reach })));
  const grouped = Map.groupBy(all, ({ change, reach: { cause, thing, change: kind } }) =>
    JSON.stringify([change.difference.application, cause.place, kind, thing.kind, thing.name]),
  );
  return [...grouped.values()]
    .flatMap((items) => {
      const [first] = items;
      if (first === undefined) return [];
      return [
        reachCause(
          items.map(({ change }) => change),
          items.map(({ reach }) => reach),
          first.reach,
        ),
      ];
    })
    .toSorted(
      (a, b) =>
        byCodePoint(a.application, b.application) ||
        bySidePlace(a.place, b.place) ||
        byCodePoint(a.change, b.change) ||
        byCodePoint(a.thing.kind, b.thing.kind) ||
        byCodePoint(a.thing.name, b.thing.name),
    );
}

function reachCause(
  changes: readonly SubjectChange[],
  reach: readonly ReachChange[],
  { change, cause, thing: { kind, name, title } }: ReachChange,
): ReachCause {
  return {
    application: changes[0]?.difference.application ?? '',
    ...lineOf(cause),
    change,
    thing: { kind, name, title },
    sensitive: reach.some(({ thing }) => thing.sensitive),
    reserved: reach.some(({ thing }) => thing.reserved),
    ...reached(changes, cause),
  };
}

function lineOf({ place, line, declaration, declarationTitle }: Cause) {
  return { place, line, declaration, declarationTitle };
}

/** Whom a line reaches, the declaration in which it stands first, and how many people that is. */
function reached(
  changes: readonly SubjectChange[],
  { declaration, place }: Cause,
): { readonly reaches: readonly SubjectName[]; readonly people: number | null } {
  const isOwn = ({ subject }: SubjectChange) => {
    const { definition } = subject[place.side] ?? latest(subject);
    return definition.name === declaration;
  };
  const sorted = changes.toSorted(
    (a, b) =>
      Number(isOwn(b)) - Number(isOwn(a)) ||
      byCodePoint(a.difference.kind, b.difference.kind) ||
      byCodePoint(a.difference.name, b.difference.name),
  );
  const holders = changes.map(({ subject }) => holdersOf(latest(subject))).filter((people) => people !== null);
  return {
    reaches: sorted.map(({ difference: { kind, name, title } }) => ({ kind, name, title })),
    people: holders.length === 0 ? null : new Set(holders.flatMap((people) => [...people])).size,
  };
}

function bySidePlace(a: SidePlace, b: SidePlace): number {
  return byCodePoint(b.side, a.side) || byPlace(a, b);
}
