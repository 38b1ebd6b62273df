import type { Call, Emulator, EmulatorOptions, Snapshot } from '../../src/emulator/start-emulator.ts';
import { startEmulator } from '../../src/emulator/start-emulator.ts';

/** What a run did to the tenant, as the tenant saw it. */
export interface Watched {
  readonly reads: number;
  readonly writes: number;
  /** The fewest permissions that the role had before the run or after any of its calls; 0 when it was not there. */
  readonly fewest: number;
}

/** How many permissions a role has; 0 when there is no role of this id. */
export function permissionCount({ roles }: Snapshot, roleId: string): number {
  return roles.find(({ id }) => id === roleId)?.permissions.length ?? 0;
}

/** @param counts how many permissions the role had, before the first call and after each one */
export function watchedOf(calls: readonly Pick<Call, 'isWrite'>[], counts: readonly number[]): Watched {
  const writes = calls.filter(({ isWrite }) => isWrite).length;
  return { reads: calls.length - writes, writes, fewest: Math.min(...counts) };
}

export interface WatchedEmulator extends Emulator {
  /** Looks at a role after every call that `work` makes, before the call is answered. */
  readonly during: <Result>(roleId: string, work: () => Promise<Result>) => Promise<readonly [Result, Watched]>;
}

export async function startWatched(options: EmulatorOptions): Promise<WatchedEmulator> {
  let look = (): void => {};
  const emulator = await startEmulator({ ...options, onCall: () => look() });
  return {
    ...emulator,
    during: async (roleId, work) => {
      const counts = [permissionCount(emulator.snapshot(), roleId)];
      look = () => counts.push(permissionCount(emulator.snapshot(), roleId));
      emulator.resetCalls();
      const result = await work();
      look = () => {};
      return [result, watchedOf(emulator.calls(), counts)];
    },
  };
}
