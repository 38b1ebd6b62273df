import type { Diagnostic } from '../language/diagnostic.ts';
import type { SourceFile } from '../language/source.ts';
import type { FrameOf } from '../report/frame.ts';
import type { ExitCode } from './exit-code.ts';
import { exitCodes } from './exit-code.ts';

/** What a verb hands back; `runCommand` prints it and turns it into the exit code. */
export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  /** The files that diagnostics point into. */
  readonly files: readonly SourceFile[];
  /** Something wrong with the command line itself, which no file and no code stands for. */
  readonly failure: Failure | null;
  /** Makes the diagnostics the data of this verb, for stdout; null: they are talk, for stderr. */
  readonly report: ((diagnostics: readonly Diagnostic[], frameOf: FrameOf) => string) | null;
  /** Whether a program reads stdout: a run that fails before it has data then says why in JSON. */
  readonly json: boolean;
  /** Whether warnings and advice are findings too. */
  readonly strict: boolean;
  /** The last line of talk. */
  readonly closing: string | null;
  /** The exit code where the diagnostics ask for none: one of ours, or that of a command that the verb has run. */
  readonly exitCode: number;
}

export interface Failure {
  readonly message: string;
  /** What to do, one line. */
  readonly help: string | null;
  readonly exitCode: ExitCode;
}

/** An outcome; what is not given is empty, and clean. */
export function outcome(given: Partial<Outcome> = {}): Outcome {
  const nothing = { diagnostics: [], files: [], failure: null, report: null, closing: null };
  return { ...nothing, json: false, strict: false, exitCode: exitCodes.clean, ...given };
}

/** The outcome of a command line that cannot be carried out: exit code 2 unless said otherwise. */
export function failure(message: string, help: string | null = null, exitCode: ExitCode = exitCodes.usage): Outcome {
  return outcome({ failure: { message, help, exitCode } });
}
