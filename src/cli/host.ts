import { resolve } from 'node:path';
import type { Paint } from '../report/paint.ts';
import { coloured, plain } from '../report/paint.ts';
import type { Progress } from './progress.ts';
import { startProgress } from './progress.ts';

/** The flags that every verb has. */
export interface GlobalOptions {
  readonly cwd?: string;
  readonly color?: 'auto' | 'always' | 'never';
  readonly quiet?: boolean;
  readonly debug?: boolean;
  readonly asOf?: string;
}

/** The world as a verb may touch it. */
export interface Host {
  /** The repository: an absolute path. */
  readonly root: string;
  /** The day that counts as today for what expires, `YYYY-MM-DD` in UTC; undefined: today. */
  readonly asOf: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Data, for stdout. */
  readonly out: (text: string) => void;
  /** Talk, for stderr, a line without its end; silent with `--quiet`. */
  readonly say: (line: string) => void;
  /** What must be read, for stderr, also with `--quiet`; ends with a line feed. */
  readonly complain: (text: string) => void;
  readonly progress: Progress;
  readonly paint: { readonly out: Paint; readonly err: Paint };
  /** Columns of stdout; a comfortable width where it is no terminal. */
  readonly columns: number;
  /** Whether somebody can be asked: stdin and stderr are terminals, and CI is unset. */
  readonly interactive: boolean;
  readonly quiet: boolean;
  /** Whether anything went to stdout. */
  readonly hasData: () => boolean;
}

/** The host of this process. */
export function processHost(options: GlobalOptions, signal: AbortSignal): Host {
  const { env, stdin, stdout, stderr } = process;
  const quiet = options.quiet === true;
  let hasData = false;
  const progress = startProgress({
    write: quiet ? () => undefined : (text) => stderr.write(text),
    isTerminal: stderr.isTTY === true && env.TERM !== 'dumb' && !isSet(env.CI),
    columns: stderr.columns || 80,
  });
  const complain = (text: string) => {
    progress.clear();
    stderr.write(text);
  };
  return {
    root: resolve(options.cwd ?? '.'),
    asOf: options.asOf,
    env,
    signal,
    out: (text) => {
      if (text === '') return;
      hasData = true;
      progress.clear();
      stdout.write(text);
    },
    say: (line) => {
      if (!quiet) complain(`${line}\n`);
    },
    complain,
    progress,
    paint: { out: paintOf(stdout, options.color, env), err: paintOf(stderr, options.color, env) },
    columns: stdout.isTTY === true ? stdout.columns || 80 : 120,
    interactive: stdin.isTTY === true && stderr.isTTY === true && !isSet(env.CI),
    quiet,
    hasData: () => hasData,
  };
}

/** The flag first, then FORCE_COLOR and NO_COLOR, then whether it is a terminal that can. */
export function paintOf(
  stream: { readonly isTTY?: boolean },
  flag: GlobalOptions['color'] = 'auto',
  env: Host['env'] = {},
): Paint {
  if (flag !== 'auto') return flag === 'always' ? coloured : plain;
  if (isSet(env.FORCE_COLOR)) return coloured;
  if (isSet(env.NO_COLOR) || env.FORCE_COLOR === '0') return plain;
  return stream.isTTY === true && env.TERM !== 'dumb' ? coloured : plain;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
