import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** What became of a command: its exit code (128 and the signal's number where one ended it), or why it did not start. */
export type ChildOutcome = { readonly exitCode: number } | { readonly problem: string };

/**
 * Runs a command on this terminal. Ctrl-C reaches it by itself, as it is in the same foreground group; a SIGTERM, which
 * does not, is handed on.
 */
export function runChild(
  [command = '', ...args]: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ChildOutcome> {
  const { promise, resolve } = Promise.withResolvers<ChildOutcome>();
  const child = spawn(command, args, { cwd, env: { ...env }, stdio: 'inherit' });
  const handOn = () => child.kill('SIGTERM');
  process.on('SIGTERM', handOn);
  child.on('error', (error: NodeJS.ErrnoException) => {
    process.off('SIGTERM', handOn);
    const reason = error.code === 'ENOENT' ? 'there is no such command' : error.message;
    resolve({ problem: `cannot run ${command}: ${reason}` });
  });
  child.on('close', (code, signal) => {
    process.off('SIGTERM', handOn);
    resolve({ exitCode: code ?? 128 + (signal === null ? 0 : constants.signals[signal]) });
  });
  return promise;
}
