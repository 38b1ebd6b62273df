import { nearestName } from '../../language/nearest-name.ts';
import type { Place } from '../../language/source.ts';
import type { Collector } from './collector.ts';

/** What is known of one set of names: who has which, and which were had before. */
export interface Names<T> {
  /** Current names, in the order in which they were claimed. */
  readonly current: ReadonlyMap<string, T>;
  /** Former names, each with the name that took its place. */
  readonly former: ReadonlyMap<string, string>;
}

/** One thing that claims a name. */
export interface Claim<T> {
  readonly name: string;
  readonly place: Place;
  readonly formerly: readonly { readonly name: string; readonly place: Place }[];
  readonly value: T;
}

/**
 * Gives each name to the first that claims it. A second claim, a former name that is still or again in use, and a former
 * name claimed by two are errors that show both places: what a name meant, it means.
 */
export function claimNames<T>(what: string, claims: readonly Claim<T>[], collector: Collector): Names<T> {
  const holders = new Map<string, Claim<T>>();
  for (const claim of claims) {
    const first = holders.get(claim.name);
    if (first === undefined) holders.set(claim.name, claim);
    else {
      const related = [{ message: 'first declared here', place: first.place }];
      collector.report('RW2101', claim.place, { what, name: claim.name }, { related, expected: 'another name' });
    }
  }
  const former = new Map<string, { now: string; place: Place }>();
  for (const claim of claims) {
    for (const old of claim.formerly) {
      const holder = holders.get(old.name);
      const earlier = former.get(old.name);
      if (holder !== undefined) {
        const related = [{ message: `"${claim.name}" was called so before`, place: old.place }];
        collector.report(
          'RW2102',
          holder.place,
          { what, name: old.name },
          { related, expected: 'a name never used before' },
        );
      } else if (earlier !== undefined) {
        const related = [{ message: 'first claimed here', place: earlier.place }];
        collector.report('RW2102', old.place, { what, name: old.name }, { related, expected: 'claimed once' });
      } else former.set(old.name, { now: claim.name, place: old.place });
    }
  }
  return {
    current: new Map([...holders].map(([name, claim]) => [name, claim.value])),
    former: new Map([...former].map(([name, { now }]) => [name, now])),
  };
}

type UnknownCode = 'RW2110' | 'RW2111' | 'RW2112' | 'RW2113';

/** The thing of a name, or null with a diagnostic that says the new name or the nearest one. */
export function lookUp<T>(
  names: Names<T>,
  name: string,
  place: Place,
  code: UnknownCode,
  collector: Collector,
): T | null {
  const found = names.current.get(name);
  if (found !== undefined) return found;
  if (!reportRenamed(names, name, place, collector)) {
    const suggestion = nearestName(name, names.current.keys());
    collector.report(code, place, { name }, { suggestion, expected: knownNames(names.current.keys()) });
  }
  return null;
}

/** Reports a former name with the new one; false if the name never was one. */
export function reportRenamed<T>(names: Names<T>, name: string, place: Place, collector: Collector): boolean {
  const now = names.former.get(name);
  if (now === undefined) return false;
  collector.report('RW2114', place, { name, now }, { suggestion: now });
  return true;
}

/** The first names of a set, for "expected": a list that nobody reads to its end is cut with its count. */
export function knownNames(names: Iterable<string>): string | null {
  const all = [...names].sort();
  if (all.length <= 1) return all[0] ?? null;
  const shown = all.slice(0, 8).join(', ');
  return all.length > 8 ? `one of ${shown} … (${all.length} in all)` : `one of ${shown}`;
}
