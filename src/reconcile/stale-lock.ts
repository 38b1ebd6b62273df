import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Lock } from './classify.ts';
import { locksIn } from './classify.ts';
import { runPulumi } from './pulumi-command.ts';
import type { Session } from './session.ts';
import { commandOptions } from './session.ts';

/**
 * Runs a command, and runs it again if nothing but the lock of a dead run has refused it: a run that was killed must not
 * stand in the way of the one that finishes its work. A lock is removed if its owner was a process of this machine that
 * is dead; of another machine's nobody here can tell.
 */
export async function withoutStaleLocks<T extends { readonly ok: boolean; readonly stderr: string }>(
  session: Session,
  run: () => Promise<T>,
): Promise<T> {
  const outcome = await run();
  const locks = outcome.ok ? [] : locksIn(outcome.stderr);
  if (locks.length === 0 || !locks.every(isDead)) return outcome;
  const removed = await runPulumi(
    session.engine,
    ['cancel', '--yes', '--stack', session.stack],
    commandOptions(session),
  );
  if (!removed.ok) return outcome;
  session.onProgress('the run before died and left its lock: removed');
  return run();
}

function isDead({ host, pid }: Lock): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  return !isPulumi(pid);
}

/** Numbers of processes are used again: a living one that is no `pulumi` did not take the lock. Linux tells, others do not. */
function isPulumi(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('pulumi');
  } catch {
    return true;
  }
}
