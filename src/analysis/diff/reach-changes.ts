import { byCodePoint } from '../../language/source.ts';
import type { Reachable, ReachDifference, ReachedThing } from '../../model/difference.ts';
import { referenceText } from '../../model/reference-text.ts';
import { narrowingLine } from './causes.ts';
import type { DifferingSubject } from './differing-subject.ts';
import type { Holding } from './holdings.ts';
import { isForVendors } from './holdings.ts';
import type { Cause } from './lines.ts';
import { causeOfReaching } from './reach-causes.ts';
import type { Reached, ReachedThings } from './reached-things.ts';

/** A thing that a subject comes to reach, or reaches no longer, with the line behind it. */
export interface ReachChange {
  readonly change: 'gained' | 'lost';
  readonly thing: ReachedThing;
  readonly cause: Cause;
  /** Whether somebody may do more or less by it; false where nothing is held for the thing, or all of it elsewhere too. */
  readonly counts: boolean;
}

/** The reach of a subject, where it differs, and each thing that does. */
export function reachChanges(
  subject: DifferingSubject,
): { readonly difference: ReachDifference; readonly changes: readonly ReachChange[] } | null {
  const { base, head, reach } = subject;
  // A new role that is narrowed by nothing has no reach to tell, nor has a removed one.
  if ((base === null && reach.head === null) || (head === null && reach.base === null)) return null;
  const gained = onlyAt('head', subject);
  const lost = onlyAt('base', subject);
  if (gained.length === 0 && lost.length === 0) return null;
  const things = (changes: readonly ReachChange[]) => changes.map(({ thing }) => thing);
  return {
    difference: { base: listed(reach.base), head: listed(reach.head), gained: things(gained), lost: things(lost) },
    changes: [...gained, ...lost],
  };
}

/** What a subject reaches at one side and not at the other. */
function onlyAt(side: 'base' | 'head', subject: DifferingSubject): readonly ReachChange[] {
  const other = side === 'head' ? 'base' : 'head';
  const change = side === 'head' ? 'gained' : 'lost';
  const own = subject[side];
  const [reached, reachedThere] = [subject.reach[side], subject.reach[other]];
  const [held, heldThere] = [subject.holdings[side], subject.holdings[other]];
  if (own === null || reachedThere === null) return [];
  if (reached === null) {
    const base = subject.base ?? own;
    const cause = narrowingLine(base, subject.head ?? own);
    const access = [...held].flatMap(([reference, holding]) => accessToAll(holding, heldThere.get(reference)));
    const thing: Reachable = { kind: 'all-apps', name: 'all-apps', title: 'all apps' };
    // What it gives or takes is told of each permission, and counts there.
    return [{ change, cause, counts: false, thing: told(thing, access, cause, subject) }];
  }
  const bound = [...held].filter(([, { level }]) => !level.everywhere);
  return [...reached.values()]
    .filter(({ key }) => !reachedThere.has(key))
    .toSorted(byKindAndName)
    .map((thing) => {
      const access = bound.flatMap(([reference, holding]) => accessTo(thing, holding, heldThere.get(reference)));
      const cause = causeOfReaching(thing, own, subject[other], subject.comparison);
      return { change, cause, counts: access.some(({ isNew }) => isNew), thing: told(thing, access, cause, subject) };
    });
}

/** A level that is held for a thing. */
interface Access {
  readonly key: string;
  /** As it is told; null for a level that the next one includes. */
  readonly text: string | null;
  /** Whether the other side does not hold it for everything anyway. */
  readonly isNew: boolean;
}

function accessTo({ kind }: Reached, holding: Holding, there: Holding | undefined): readonly Access[] {
  return [...holding.levels].flatMap(([key, level]) => {
    if (kind !== 'app' && !isForVendors(holding, level)) return [];
    const isTold = kind !== 'app' || key === holding.highest;
    const isNew = there?.level.everywhere !== true || !there.levels.has(key);
    return [{ key, text: isTold ? textOf(holding, level.name) : null, isNew }];
  });
}

/** What is held for all apps at this side, and for the apps of a list at the other. */
function accessToAll(holding: Holding, there: Holding | undefined): readonly Access[] {
  const isBound = there === undefined ? holding.permission.restrictedBy === 'apps' : !there.level.everywhere;
  if (!isBound) return [];
  return [...holding.levels].map(([key, { name }]) => {
    return { key, text: key === holding.highest ? textOf(holding, name) : null, isNew: true };
  });
}

function textOf({ permission }: Holding, level: string | null): string {
  return referenceText({ permission: permission.reference, level });
}

function told(
  { kind, name, title }: Reachable,
  access: readonly Access[],
  cause: Cause,
  { comparison: { marks } }: DifferingSubject,
): ReachedThing {
  return {
    kind,
    name,
    title,
    permissions: access.flatMap(({ text }) => text ?? []).toSorted(byCodePoint),
    sensitive: access.some(({ key }) => marks.sensitive.has(key)),
    reserved: access.some(({ key }) => marks.reserved.has(key)),
    cause: cause.place,
  };
}

function listed(reached: ReachedThings | null): readonly Reachable[] | null {
  if (reached === null) return null;
  return [...reached.values()].toSorted(byKindAndName).map(({ kind, name, title }) => ({ kind, name, title }));
}

function byKindAndName(a: Reachable, b: Reachable): number {
  return byCodePoint(a.kind, b.kind) || byCodePoint(a.name, b.name);
}
