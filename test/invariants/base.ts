import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmulatorOptions } from '../../src/emulator/start-emulator.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';
import type { Pair } from './pair.ts';
import { plantForeign, plantPeople } from './plant.ts';
import type { Watch } from './watch.ts';
import { watchOf } from './watch.ts';

/** A stack and a tenant as they are before a change, laid aside so that any number of runs begin with the very same. */
export interface Base {
  readonly pair: Pair;
  /** Another stack and another tenant with the same content. `onWrite` is told of each write with its number in its run. */
  readonly open: (scopeRemoval: ScopeRemoval, onWrite: (write: number) => void) => Promise<WatchedStack>;
  readonly remove: () => Promise<void>;
}

export type WatchedStack = TestStack & { readonly watch: Watch };

export type ScopeRemoval = NonNullable<EmulatorOptions['scopeRemoval']>;

/**
 * Applies what is declared before, by the product itself, and adds what belongs to other people.
 *
 * @throws Error if that fails already
 */
export async function layBase(pair: Pair): Promise<Base> {
  const folder = await mkdtemp(join(tmpdir(), 'rolewright-base-'));
  const tenant = join(folder, 'tenant.sqlite');
  const stack = await startStack({ store: tenant });
  try {
    await plantPeople(stack.emulator, pair);
    if (pair.before.desired.applications.length > 0) {
      const { problems } = await stack.up(pair.before.desired);
      if (problems.length > 0) throw new Error(`${pair.name}: before: ${problems.join('; ')}`);
    }
    await plantForeign(stack.emulator, pair);
    await cp(stack.workDir, join(folder, 'stack'), { recursive: true });
  } finally {
    await stack.stop();
  }
  return {
    pair,
    open: async (scopeRemoval, onWrite) => {
      const copy = await mkdtemp(join(tmpdir(), 'rolewright-copy-'));
      await cp(tenant, join(copy, 'tenant.sqlite'));
      const watch: Watch = watchOf(() => started.emulator, onWrite);
      const started = await startStack({ store: join(copy, 'tenant.sqlite'), scopeRemoval, onCall: watch.onCall });
      await cp(join(folder, 'stack'), started.workDir, { recursive: true });
      const stop = async () => {
        await started.stop();
        await rm(copy, { recursive: true, force: true });
      };
      return { ...started, watch, stop };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
