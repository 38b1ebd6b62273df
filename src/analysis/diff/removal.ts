import { holdingsOf } from './holdings.ts';
import { reachedBy } from './reached-things.ts';
import type { Subject, SubjectPair } from './subjects.ts';

/** How much the roles of some subjects hold at the base, and how much of it is taken away. */
export interface Removal {
  readonly held: number;
  readonly removed: number;
}

/**
 * Counts what the identity provider would hold as a grant: each level of each permission, and each app, vendor and reseller
 * of what is narrowed. What is renamed is not taken away.
 */
export function removalOf(pairs: readonly SubjectPair[]): Removal {
  let held = 0;
  let removed = 0;
  for (const { base, head } of pairs) {
    const before = base?.isRole === true ? grantsOf(base) : new Set<string>();
    const after = head?.isRole === true ? grantsOf(head) : new Set<string>();
    held += before.size;
    removed += [...before].filter((grant) => !after.has(grant)).length;
  }
  return { held, removed };
}

/** The share, 0 to 1, that is taken away. */
export function shareOf({ held, removed }: Removal): number {
  return held === 0 ? 0 : removed / held;
}

function grantsOf(subject: Subject): ReadonlySet<string> {
  const levels = [...holdingsOf(subject).values()].flatMap((holding) => [...holding.levels.keys()]);
  return new Set([...levels, ...(reachedBy(subject)?.keys() ?? [])]);
}
