import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * How long commands take, as multiples of Node's own start: `npm run bench`. All are measured in one run and in turn, so
 * that a busy machine slows all of them alike. Exit code 1 if a limit is exceeded.
 */
const rounds = 21;
const root = fileURLToPath(new URL('..', import.meta.url));
const rolewright = fileURLToPath(new URL('../src/cli/start.mjs', import.meta.url));

interface Measured {
  readonly name: string;
  readonly args: readonly string[];
  /** At most this many times as long as `node -e 0`. */
  readonly limit: number;
}

const measured: readonly Measured[] = [
  { name: 'node -e 0', args: ['-e', '0'], limit: 1 },
  { name: 'rolewright --help', args: [rolewright, '--help'], limit: 4 },
  { name: 'rolewright check', args: [rolewright, 'check'], limit: 15 },
  { name: "rolewright complete -- show ''", args: [rolewright, 'complete', '--', 'show', ''], limit: 10 },
];

/** Milliseconds that a command takes from its start to its end. */
function time({ name, args }: Measured): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  const duration = performance.now() - start;
  if (status !== 0) throw new Error(`${name} ended with ${status}\n${stderr}`);
  return duration;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

// The first run fills the cache of compiled modules.
for (const one of measured) time(one);
const turns = Array.from({ length: rounds }, () => measured.map(time));
const medians = measured.map((_, index) => median(turns.map((times) => times[index] ?? Number.NaN)));
const base = medians[0] ?? Number.NaN;
for (const [index, { name, limit }] of measured.entries()) {
  const duration = medians[index] ?? Number.NaN;
  const ratio = duration / base;
  const isOver = index > 0 && !(ratio <= limit);
  if (isOver) process.exitCode = 1;
  const verdict = index === 0 ? '' : `${ratio.toFixed(1).padStart(5)} ×  at most ${limit}${isOver ? '  TOO SLOW' : ''}`;
  process.stdout.write(`${name.padEnd(32)}${duration.toFixed(0).padStart(5)} ms ${verdict}`.trimEnd().concat('\n'));
}
