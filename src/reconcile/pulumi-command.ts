import { spawn } from 'node:child_process';
import type { Engine, Environment } from './engine.ts';

export interface CommandOptions {
  readonly cwd: string;
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly onOutput?: ((text: string) => void) | null;
  /** A file that the engine may open as `/dev/fd/3`. */
  readonly descriptor?: number;
  /** Aborted when running steps are known to hang: they are not waited for. */
  readonly lost?: AbortSignal;
}

export interface CommandOutcome {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** How long running steps may take to end after an abort, in milliseconds; then the engine is told to stop at once. */
const grace = 15_000;
const graceWhenLost = 1_000;
/** And to save its state, once it was told to stop at once. */
const graceAtOnce = 3_000;

/** How to end each engine that runs now. An engine does not end with its command: it is in a process group of its own. */
const running = new Set<() => Promise<unknown>>();

/**
 * Ends the engines that run, whatever they are doing, for who cannot wait for `runPulumi` to do it; they save their state
 * and remove their lock. Resolves when they are gone, to whether there were any.
 */
export async function endEnginesAtOnce(): Promise<boolean> {
  const ends = [...running];
  await Promise.all(ends.map((end) => end()));
  return ends.length > 0;
}

/**
 * Runs one `pulumi` command to its end. An abort interrupts it as Ctrl-C would: running steps end and the state is
 * saved. A step that never ends (a tenant that limits the rate for ever) is cut off by a second interrupt after a
 * while; the engine still saves its state and removes its lock.
 */
export function runPulumi(engine: Engine, args: readonly string[], options: CommandOptions): Promise<CommandOutcome> {
  const { cwd, env, signal, onOutput = null, descriptor, lost } = options;
  const { promise, resolve, reject } = Promise.withResolvers<CommandOutcome>();
  const child = spawn(engine.command, [...args, '--non-interactive', '--color', 'never'], {
    cwd,
    env: { ...env, ...engine.environment, ...constantEnvironment } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe', descriptor ?? 'ignore'],
    // A group of its own: Ctrl-C in a terminal reaches the whole foreground group, and a second interrupt, ours, would
    // make the engine give up its running steps.
    detached: true,
  });

  const timers: NodeJS.Timeout[] = [];
  const interrupt = (patience: number) => {
    child.kill('SIGINT');
    timers.push(
      setTimeout(() => child.kill('SIGINT'), patience),
      setTimeout(() => child.kill('SIGKILL'), 2 * grace),
    );
  };
  const ended = new AbortController();
  const whenAborted = (reason: AbortSignal | undefined, patience: number) => {
    if (reason?.aborted) interrupt(patience);
    else reason?.addEventListener('abort', () => interrupt(patience), { once: true, signal: ended.signal });
  };
  whenAborted(signal, grace);
  whenAborted(lost, graceWhenLost);

  const endAtOnce = () => {
    child.kill('SIGINT');
    timers.push(setTimeout(() => child.kill('SIGKILL'), graceAtOnce));
    return promise;
  };
  running.add(endAtOnce);

  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
      onOutput?.(text);
    });
  }
  child.on('error', (error) => {
    running.delete(endAtOnce);
    reject(error);
  });
  child.on('close', (code, endedBy) => {
    running.delete(endAtOnce);
    ended.abort();
    for (const timer of timers) clearTimeout(timer);
    // It says nothing itself where somebody else ends it, as the system does when memory is short.
    const reason = endedBy === null ? '' : `${endedWith} ${endedBy}\n`;
    resolve({ ok: code === 0, ...texts, stderr: texts.stderr + reason });
  });
  return promise;
}

/** How an outcome tells of an engine that a signal has ended. */
export const endedWith = 'ended by';

const constantEnvironment = {
  PULUMI_SKIP_UPDATE_CHECK: 'true',
  // `--event-log` and `--client` are hidden flags without it.
  PULUMI_DEBUG_COMMANDS: 'true',
  // A missing plugin fails at once instead of after five attempts to download it.
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
};
