import { fork } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Effects, Order, Report } from './action-protocol.ts';

/** One run of a trigger's actions. */
export interface Execution {
  readonly trigger: 'post-login';
  /** The user who signed in. */
  readonly user: string;
  /** Those that ran, in their order. */
  readonly actions: readonly ActionRun[];
}

export interface ActionRun {
  readonly name: string;
  /** What it wrote to the console, as far as Auth0 keeps it. */
  readonly console: string;
  /** Why it failed; null where it did not. */
  readonly error: string | null;
}

/** What came of it: `effects` of nothing, where nothing ran; null where one failed. */
export interface Outcome {
  readonly runs: readonly ActionRun[];
  readonly effects: Effects | null;
}

export interface Surroundings {
  /** Trusted by the actions, so that they can call the tenant itself. */
  readonly certificateFile: string;
  /** For all actions of one sign-in together. */
  readonly timeLimitMilliseconds: number;
  /** Ends what runs. */
  readonly stopped: AbortSignal;
}

export type RunActions = (order: Order) => Promise<Outcome>;

/** How long the actions of a trigger may take (management-api.md 5). */
export const actionTimeLimitMilliseconds = 20_000;

/** How much of its console output is kept of an action. */
const keptOfConsole = 256;

const sandbox = fileURLToPath(new URL('./action-sandbox.ts', import.meta.url));

/**
 * Runs actions in a process of their own: without our environment, without files and other processes (Node's permission model),
 * ended when the time is over, a loop without an end included.
 *
 * An environment variable is the one way to make Node's own `fetch` trust the tenant that works in every version we support.
 */
export function createActionRunner(surroundings: Surroundings): RunActions {
  return async (order) => {
    if (order.actions.length === 0) {
      return { runs: [], effects: nothing(order) };
    }
    return runInProcess(order, surroundings);
  };
}

function runInProcess(
  order: Order,
  { certificateFile, timeLimitMilliseconds, stopped }: Surroundings,
): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const child = fork(sandbox, [], {
    execArgv: ['--permission', `--allow-fs-read=${join(dirname(sandbox), '*')}`],
    env: { NODE_EXTRA_CA_CERTS: certificateFile },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    timeout: timeLimitMilliseconds,
    killSignal: 'SIGKILL',
    signal: stopped,
  });
  const runs: ActionRun[] = [];
  let written = '';
  let isOver = false;
  const end = (error: string | null, effects: Effects | null): void => {
    if (isOver) {
      return;
    }
    const name = order.actions[runs.length]?.name ?? '';
    runs.push({ name, console: written.slice(0, keptOfConsole), error });
    written = '';
    if (effects === null || effects.denied !== null || runs.length === order.actions.length) {
      isOver = true;
      resolve({ runs, effects });
      child.kill('SIGKILL');
    }
  };
  child.on('message', (report: Report) => {
    if (report.kind === 'console') {
      written += report.text;
    } else {
      end(report.error, report.error === null ? report.effects : null);
    }
  });
  child.on('error', ({ message }) => end(message, null));
  child.on('exit', (_code, signal) => {
    const isLate = signal === 'SIGKILL';
    end(isLate ? `It took longer than ${timeLimitMilliseconds / 1000} s.` : 'It ended its process.', null);
  });
  child.send(order);
  return promise;
}

function nothing({ cache }: Order): Effects {
  return {
    ...{ denied: null, appMetadata: {}, userMetadata: {}, accessTokenClaims: {}, idTokenClaims: {}, scopes: [] },
    cache,
  };
}
