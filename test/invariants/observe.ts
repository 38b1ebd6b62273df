import { runUpdate } from '../../src/reconcile/run-update.ts';
import { openSession } from '../../src/reconcile/session.ts';
import { lower } from '../../src/targets/auth0/lower.ts';
import { register } from '../../src/targets/auth0/register.ts';
import type { Base, ScopeRemoval, WatchedStack } from './base.ts';
import type { Strike } from './disasters.ts';
import { strikeAt } from './disasters.ts';
import type { Kill } from './kill.ts';
import { runAndKill } from './kill.ts';
import type { Observation, Run } from './observation.ts';
import type { Pair } from './pair.ts';
import { auth0Prices } from './rules/prices.ts';

/** What the real API does with a scope in use that is removed, nobody knows: both must end well. */
export const scopeRemovals: readonly ScopeRemoval[] = ['refuse', 'cascade'];

export interface Circumstances {
  readonly scopeRemoval: ScopeRemoval;
  /** What disturbs the first run; null: nothing does. */
  readonly disturbance: Strike | Kill | null;
  /** Carries a declaration out, by the product or otherwise. Returns what it complained of. */
  readonly apply: (stack: WatchedStack, pair: Pair) => Promise<readonly string[]>;
}

/** `rolewright up`, confirmed. */
export async function applyByUp(stack: WatchedStack, { after, overrides }: Pair): Promise<readonly string[]> {
  return (await stack.up(after.desired, { overrides })).problems;
}

/**
 * Takes a copy of a base through a change, watched from the first call to the last: a run, one more if the first was
 * disturbed, and one that has nothing to do any more.
 */
export async function observe({ pair, open }: Base, circumstances: Circumstances): Promise<Observation> {
  const { scopeRemoval, disturbance, apply } = circumstances;
  let onWrite = (_: number): void => {};
  const stack = await open(scopeRemoval, (write) => onWrite(write));
  const watched = async (kind: Run['kind'], work: () => Promise<readonly string[]>): Promise<Run> => {
    const problems = await work();
    return { kind, instants: stack.watch.take(), problems };
  };
  try {
    const first = stack.emulator.snapshot();
    const runs: Run[] = [];
    if (disturbance === null) {
      runs.push(await watched('undisturbed', () => apply(stack, pair)));
    } else if ('kills' in disturbance) {
      const listen = (listener: typeof onWrite): void => {
        onWrite = listener;
      };
      const work = () => runAndKill(stack, pair, disturbance, listen);
      runs.push(await watched('disturbed', work));
    } else {
      onWrite = strikeAt(stack.emulator, disturbance);
      onWrite(0);
      runs.push(await watched('disturbed', () => apply(stack, pair)));
    }
    onWrite = () => {};
    stack.emulator.clearFaults();
    if (disturbance !== null) runs.push(await watched('next', () => apply(stack, pair)));
    runs.push(await watched('again', () => apply(stack, pair)));
    return { pair, prices: auth0Prices, first, runs };
  } finally {
    await stack.stop();
  }
}

/** The engine alone, with the same program, as plain `pulumi up` runs it: nothing before, nothing between, nothing after. */
export async function applyPlainly(stack: WatchedStack, { after }: Pair): Promise<readonly string[]> {
  const { workDir, env } = stack;
  const [opened, problems] = await openSession(
    {
      ...{ desired: after.desired, workDir, env, refresh: false },
      ...{ signal: new AbortController().signal, onProgress: () => {}, onEngineOutput: null },
    },
    'up',
  );
  if (opened === null) return problems.map(({ message }) => message);
  const program = async () => register(lower(after.desired));
  const { ok, errors } = await runUpdate(opened.session, { verb: 'up', refresh: false, program });
  await opened.close();
  return ok ? [] : errors.map(({ message }) => message);
}
