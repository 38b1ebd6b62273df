import type { Command } from 'commander';
import type { Diagnostic } from '../language/diagnostic.ts';
import { hasErrors, sortDiagnostics } from '../language/diagnostic.ts';
import type { ExitCode } from './exit-code.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';
import type { GlobalOptions, Host } from './host.ts';
import { processHost } from './host.ts';
import { listenForInterruption } from './interruption.ts';
import type { Outcome } from './outcome.ts';

/** What is different for a verb. */
export interface RunOptions {
  /** Turns the exit code into what the command line has asked for. */
  readonly settle?: (exitCode: number) => number;
  /** Ctrl-C is how the verb ends, and no cancellation. */
  readonly endsOnInterrupt?: boolean;
}

/** Runs a verb: the one place that prints diagnostics, sets the exit code, and meets Ctrl-C and what nobody foresaw. */
export async function runCommand(
  command: Command,
  body: (host: Host) => Promise<Outcome>,
  { settle = (exitCode) => exitCode, endsOnInterrupt = false }: RunOptions = {},
): Promise<void> {
  const options = command.optsWithGlobals<GlobalOptions>();
  const interruption = listenForInterruption(
    () => {
      if (!endsOnInterrupt) host.say('Stopping as soon as the running step is done; Ctrl-C again stops at once.');
    },
    (count) => {
      host.progress.stop();
      if (count > 2) process.exit(exitCodes.cancelled);
      void endAtOnce();
    },
  );
  const host = processHost(options, interruption.signal);
  tolerateClosedPipes();
  const die = (error: unknown) => {
    // While an engine runs, the reconciler collects what goes wrong behind its back, and judges by the run as a whole.
    if (process.listenerCount('unhandledRejection') > 1) return;
    host.progress.stop();
    process.exit(unforeseen(error, host, options.debug === true));
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  let exitCode: number;
  try {
    const result = await body(host);
    const asked = await conclude(result, host);
    exitCode = settle(host.signal.aborted && !endsOnInterrupt ? exitCodes.cancelled : asked);
  } catch (error) {
    host.progress.stop();
    exitCode = interruption.signal.aborted ? exitCodes.cancelled : unforeseen(error, host, options.debug === true);
  }
  interruption.stop();
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  // The engine's client leaves servers and timers behind that would keep the process alive.
  process.exit(exitCode);
}

async function conclude(result: Outcome, host: Host): Promise<number> {
  host.progress.stop();
  const diagnostics = sortDiagnostics(result.diagnostics);
  await print(diagnostics, result, host);
  if (result.failure !== null) {
    const { message, help } = result.failure;
    host.complain(`${host.paint.err('error', 'error:')} ${message}\n${help === null ? '' : `   help: ${help}\n`}`);
  }
  if (result.closing !== null) host.say(result.closing);
  const asked = exitCodeOf(diagnostics, result.strict);
  return asked === exitCodes.clean ? (result.failure?.exitCode ?? result.exitCode) : asked;
}

async function print(all: readonly Diagnostic[], { report, json: forProgram, files, failure }: Outcome, host: Host) {
  if (all.length === 0 && failure === null && report === null) return;
  const { framesOf } = await import('../report/frame.ts');
  const frameOf = framesOf(files);
  if (report !== null) {
    host.out(report(all, frameOf));
    return;
  }
  if (forProgram && !host.hasData() && (failure !== null || hasErrors(all))) {
    const { json } = await import('../report/json.ts');
    host.out(json(all, frameOf, failure?.message ?? null));
  }
  // Advice about documents is for who asks for it, with check; here it would hide what the verb has to say.
  const heard = all.filter(({ severity, place }) => severity !== 'advice' || place === null);
  const shown = host.quiet ? heard.filter(({ severity }) => severity === 'error') : heard;
  const { pretty } = await import('../report/pretty.ts');
  host.complain(pretty(shown, frameOf, host.paint.err));
}

/**
 * Ends the process at once, or, where an engine runs, as soon as that has been ended: it would go on by itself, and hold its
 * lock. The run can then still say how far it came.
 */
async function endAtOnce(): Promise<void> {
  const { endEnginesAtOnce } = await import('../reconcile/pulumi-command.ts');
  const wasRunning = await endEnginesAtOnce();
  setTimeout(() => process.exit(exitCodes.cancelled), wasRunning ? 2_000 : 0);
}

function unforeseen(error: unknown, host: Host, debug: boolean): ExitCode {
  const said = error instanceof Error ? error.message : String(error);
  host.complain(`this is a bug in Rolewright, please report it: ${said}\n`);
  if (debug) host.complain(`${error instanceof Error ? (error.stack ?? said) : said}\n`);
  else host.complain('   help: --debug shows where it happened\n');
  return exitCodes.bug;
}

/** Whoever reads stdout may have enough (`| head`), or a terminal is gone: the run goes on to its end and keeps its exit code. */
function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED'].includes(error.code ?? '')) throw error;
    });
  }
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || !stream.writable) resolve();
    else stream.write('', () => resolve());
  });
}
