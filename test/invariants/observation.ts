import type { Call, Snapshot } from '../../src/emulator/start-emulator.ts';
import type { Pair, RoleChange } from './pair.ts';
import { roleChanges } from './pair.ts';
import type { Prices } from './rules/prices.ts';

/** A call that writes, or tried to, and the tenant as it left it. Of some tenants more is looked at than all have. */
export interface Instant<Seen extends Snapshot = Snapshot> {
  readonly call: Call;
  readonly snapshot: Seen;
}

/** One run of the program that is watched. */
export interface Run<Seen extends Snapshot = Snapshot> {
  /**
   * `undisturbed`; or `disturbed`, killed or refused on its way; `next`, the one after that; `again`, one more that finds
   * nothing to do.
   */
  readonly kind: 'undisturbed' | 'disturbed' | 'next' | 'again';
  readonly instants: readonly Instant<Seen>[];
  /** What the run complained of. */
  readonly problems: readonly string[];
}

/** All that the invariants judge by. */
export interface Observation<Seen extends Snapshot = Snapshot> {
  readonly pair: Pair;
  readonly prices: Prices;
  /** The tenant before the first call: what is declared before, and things of other people. */
  readonly first: Seen;
  readonly runs: readonly Run<Seen>[];
}

/** The instants of all runs, one after the other. */
export function instantsOf<Seen extends Snapshot>({ runs }: Observation<Seen>): readonly Instant<Seen>[] {
  return runs.flatMap(({ instants }) => instants);
}

/** A role and where it stood at the tenant before the first call; null for one that is to be created. */
export interface TrackedRole extends RoleChange {
  readonly id: string | null;
}

export type RoleAtTenant = Snapshot['roles'][number];

/** Follows the roles of a pair by what they were at first: by id those that were there, by title those that come. */
export function trackRoles({ pair, first }: Observation): readonly TrackedRole[] {
  return roleChanges(pair).map((change) => {
    const there = change.before === null ? undefined : first.roles.find(({ name }) => name === change.before?.title);
    return { ...change, id: there?.id ?? null };
  });
}

/** A role at an instant; undefined while it is not there. */
export function roleAt(role: TrackedRole, snapshot: Snapshot, first: Snapshot): RoleAtTenant | undefined {
  if (role.before !== null) return snapshot.roles.find(({ id }) => id === role.id);
  return snapshot.roles.find(({ id, name }) => name === role.after?.title && first.roles.every((one) => one.id !== id));
}

/** `call 4 (DELETE /roles/rol_x/permissions)`, for messages. */
export function callText({ number, method, path }: Call): string {
  return `call ${number} (${method} ${decodeURIComponent(path.replace('/api/v2', ''))})`;
}
