import type { StepEventMetadata } from '@pulumi/pulumi/automation/events.js';
import { isAtTenant } from './state.ts';

/** Watches an update for steps that do not end. */
export interface Watch {
  readonly onStep: (phase: 'pre' | 'done' | 'failed', step: StepEventMetadata) => void;
  /** Aborted when nothing has happened for longer than the patience. */
  readonly lost: AbortSignal;
  readonly stop: () => void;
}

/** How an update hears that nothing happens. */
export interface Silence {
  readonly tell: (silentSeconds: number) => void;
  /** Whether waiting is of no use; asked while nothing happens, and believed when it says so twice. */
  readonly isVain: () => Promise<boolean>;
}

const tellEvery = 5;

/**
 * The provider retries a limited rate for ever, and says nothing while it waits. So the wait is told from outside, and a
 * run in which no step has ended for `patience` seconds is given up.
 */
export function watchSteps(patience: number, { tell, isVain }: Silence): Watch {
  const running = new Set<string>();
  const lost = new AbortController();
  let last = performance.now();
  let told = 0;
  let vain = 0;
  const timer = setInterval(() => {
    if (running.size === 0) return;
    const silent = Math.floor((performance.now() - last) / 1000);
    if (silent >= patience) lost.abort();
    else if (silent >= told + tellEvery) {
      told = silent;
      tell(silent);
      const before = last;
      void isVain().then((itIs) => {
        if (last !== before) return;
        vain = itIs ? vain + 1 : 0;
        if (vain === 2) lost.abort();
      });
    }
  }, 500);
  return {
    lost: lost.signal,
    onStep: (phase, { op, urn, type }) => {
      last = performance.now();
      told = 0;
      vain = 0;
      if (!isAtTenant(type) || op === 'same') return;
      if (phase === 'pre') running.add(urn);
      else running.delete(urn);
    },
    stop: () => clearInterval(timer),
  };
}
