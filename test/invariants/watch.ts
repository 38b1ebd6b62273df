import type { Call, Emulator, EmulatorOptions } from '../../src/emulator/start-emulator.ts';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import type { Instant } from './observation.ts';

/** Notes each call that writes, or tries to, with the tenant as it left it. Reads change nothing. */
export interface Watch {
  /** For an emulator's `onCall`. */
  readonly onCall: (call: Call) => void;
  /** What has been seen since the last time that it was asked for. */
  readonly take: () => readonly Instant[];
}

/** @param onWrite told of each write with its number since the last `take`, before its answer leaves */
export function watchOf(emulator: () => Emulator, onWrite: (write: number) => void = () => {}): Watch {
  let seen: Instant[] = [];
  return {
    onCall: (call) => {
      if (!call.isWrite) return;
      seen.push({ call, snapshot: emulator().snapshot() });
      onWrite(seen.length);
    },
    take: () => {
      const taken = seen;
      seen = [];
      return taken;
    },
  };
}

/** An emulator that is watched from its first call. */
export async function startWatched(options: EmulatorOptions = {}): Promise<Emulator & { readonly watch: Watch }> {
  const watch = watchOf(() => emulator);
  const emulator = await startEmulator({ ...options, onCall: watch.onCall });
  return { ...emulator, watch };
}
