import type { Comparison } from './comparison.ts';
import type { Holding } from './holdings.ts';
import { holdingsOf } from './holdings.ts';
import type { ReachedThings } from './reached-things.ts';
import { reachedBy } from './reached-things.ts';
import type { Subject, SubjectPair } from './subjects.ts';

/** What a subject holds at both sides, worked out once for all that is asked about it. */
export interface DifferingSubject {
  readonly base: Subject | null;
  readonly head: Subject | null;
  /** By what the permission is called at the head; empty where the subject is not there. */
  readonly holdings: { readonly base: ReadonlyMap<string, Holding>; readonly head: ReadonlyMap<string, Holding> };
  readonly reach: { readonly base: ReachedThings | null; readonly head: ReachedThings | null };
  /** Whether a vendor or reseller is reached at both sides, so that a mark of a level decides about it. */
  readonly keepsSellers: boolean;
  readonly comparison: Comparison;
}

/** Prepares a pair of subjects for comparison. */
export function differingSubject({ base, head }: SubjectPair, comparison: Comparison): DifferingSubject {
  const reach = { base: reachedBy(base), head: reachedBy(head) };
  const kept = [...(reach.head?.values() ?? [])].filter(({ key }) => reach.base?.has(key) === true);
  return {
    base,
    head,
    reach,
    keepsSellers: kept.some(({ kind }) => kind !== 'app'),
    holdings: {
      base: base === null ? new Map() : holdingsOf(base),
      head: head === null ? new Map() : holdingsOf(head),
    },
    comparison,
  };
}

/** The subject as it is at the head; a removed one as it was. */
export function latest({ base, head }: Pick<DifferingSubject, 'base' | 'head'>): Subject {
  const subject = head ?? base;
  if (subject === null) throw new Error('a subject of neither side');
  return subject;
}
