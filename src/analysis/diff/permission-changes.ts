import { byCodePoint, byPlace } from '../../language/source.ts';
import type { LevelEffects, PermissionDifference } from '../../model/difference.ts';
import { causesOfGains, causesOfLosses } from './causes.ts';
import type { DifferingSubject } from './differing-subject.ts';
import type { Holding } from './holdings.ts';
import { isForVendors } from './holdings.ts';
import type { Cause } from './lines.ts';
import type { AccessLevel } from './sides.ts';

/** One permission of a subject that differs, with the lines behind it. */
export interface PermissionChange {
  readonly difference: PermissionDifference;
  readonly causes: readonly Cause[];
}

/** A level that is gained, or lost. */
export interface LevelChange {
  /** The key of its access. */
  readonly access: string;
  readonly level: AccessLevel;
  /** `level`: it is held at one side only. `everywhere`: for all apps at one side only. `vendors`: its mark differs. */
  readonly by: 'level' | 'everywhere' | 'vendors';
}

/** The permissions of a subject that differ in level or reach, sorted by reference. */
export function permissionChanges(subject: DifferingSubject): readonly PermissionChange[] {
  const { base, head } = subject.holdings;
  const references = new Set([...base.keys(), ...head.keys()]);
  return [...references].toSorted(byCodePoint).flatMap((reference) => changeOf(reference, subject) ?? []);
}

function changeOf(reference: string, subject: DifferingSubject): PermissionChange | null {
  const base = subject.holdings.base.get(reference) ?? null;
  const head = subject.holdings.head.get(reference) ?? null;
  const gained = beyond(head, base, subject);
  const lost = beyond(base, head, subject);
  if (gained.length === 0 && lost.length === 0) return null;
  const causes = [
    ...(head === null ? [] : causesOfGains(gained, head, base, subject)),
    ...(base === null ? [] : causesOfLosses(lost, base, head, subject)),
  ];
  const { comparison } = subject;
  const gains = gained.map((change) => effectsOf(change, subject));
  const losses = lost.map((change) => effectsOf(change, subject));
  const effects = [...gains, ...losses];
  const known = comparison.head?.permissions.get(reference) ?? (head ?? base)?.permission;
  const sorted = inOrder(causes);
  return {
    difference: {
      permission: reference,
      title: known?.title ?? reference,
      base: base?.level ?? null,
      head: head?.level ?? null,
      direction: losses.length === 0 ? 'widening' : gains.length === 0 ? 'narrowing' : 'both',
      sensitive: effects.some(({ sensitive }) => sensitive),
      reserved: effects.some(({ reserved }) => reserved),
      gains,
      losses,
      causes: sorted.map(({ place }) => place),
    },
    causes: sorted,
  };
}

/** The levels by which one holding goes beyond another, lowest first. */
function beyond(
  holding: Holding | null,
  other: Holding | null,
  { keepsSellers }: DifferingSubject,
): readonly LevelChange[] {
  if (holding === null) return [];
  return [...holding.levels].flatMap(([access, level]): readonly LevelChange[] => {
    const counterpart = other?.levels.get(access);
    if (other === null || counterpart === undefined) return [{ access, level, by: 'level' }];
    if (other.level.everywhere) return [];
    if (holding.level.everywhere) return [{ access, level, by: 'everywhere' }];
    const isMarked = keepsSellers && isForVendors(holding, level) && !isForVendors(other, counterpart);
    return isMarked ? [{ access, level, by: 'vendors' }] : [];
  });
}

function effectsOf({ access, level }: LevelChange, { comparison: { marks } }: DifferingSubject): LevelEffects {
  const { hidden = [], refused = [], remains = [], undocumented = null } = level.whenDenied ?? {};
  return {
    level: level.name,
    title: level.title,
    sensitive: marks.sensitive.has(access),
    reserved: marks.reserved.has(access),
    hidden,
    refused,
    remains,
    documented: level.whenDenied !== null && undocumented === null,
  };
}

/** Each line once, those of the head first. */
function inOrder(causes: readonly Cause[]): readonly Cause[] {
  const once = new Map(causes.map((cause) => [JSON.stringify(cause.place), cause]));
  return [...once.values()].toSorted((a, b) => byCodePoint(b.place.side, a.place.side) || byPlace(a.place, b.place));
}
