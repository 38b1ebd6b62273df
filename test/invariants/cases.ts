import type { ScopeRemoval } from './base.ts';
import type { Strike } from './disasters.ts';
import { disasters } from './disasters.ts';
import type { Kill } from './kill.ts';
import { kills } from './kill.ts';
import type { Observation } from './observation.ts';
import { scopeRemovals } from './observe.ts';
import type { Pair } from './pair.ts';
import { writesNeeded } from './rules/least-writes.ts';
import { auth0Prices } from './rules/prices.ts';

/** One way through a change: what the tenant does, and what happens to the first run. */
export interface Case {
  readonly scopeRemoval: ScopeRemoval;
  readonly disturbance: Strike | Kill | null;
}

/**
 * Every way through a change: undisturbed, and each disaster at each write, for a tenant of either kind. A process is killed at
 * the first write, one in the middle and the last.
 */
export function casesOf(pair: Pair): readonly Case[] {
  const writes = Array.from({ length: writesNeeded(pair, auth0Prices) }, (_, index) => index + 1);
  const few = writes.filter((write) => [1, Math.ceil(writes.length / 2), writes.length].includes(write));
  return scopeRemovals.flatMap((scopeRemoval) => [
    { scopeRemoval, disturbance: null },
    ...disasters.flatMap((disaster) => writes.map((write) => ({ scopeRemoval, disturbance: { disaster, write } }))),
    ...kills.flatMap((kind) => few.map((write) => ({ scopeRemoval, disturbance: { kills: kind, write } }))),
  ]);
}

/** `answer lost`, `kill -9 of the engine`, or `undisturbed`. */
export function kindOf({ disturbance }: Case): string {
  if (disturbance === null) return 'undisturbed';
  if ('disaster' in disturbance) return disturbance.disaster;
  return `kill -9 of ${disturbance.kills === 'everything' ? '' : 'the '}${disturbance.kills}`;
}

/** `answer lost at write 3 of 14, removal refused` */
export function caseText(pair: Pair, one: Case): string {
  const { disturbance, scopeRemoval } = one;
  const where = disturbance === null ? '' : ` at write ${disturbance.write} of ${writesNeeded(pair, auth0Prices)}`;
  return `${kindOf(one)}${where}, a scope in use ${scopeRemoval === 'refuse' ? 'is not removed' : 'is removed from all'}`;
}

/** Whether the first run came to the write at which it was to be disturbed; it may need fewer of them than it might. */
export function wasStruck({ disturbance }: Case, { runs: [run] }: Observation): boolean {
  return disturbance === null || (run?.instants.length ?? 0) >= disturbance.write;
}
