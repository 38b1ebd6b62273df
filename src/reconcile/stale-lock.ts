import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Lock } from './classify.ts';
import { locksIn } from './classify.ts';
import type { Session } from './session.ts';

/**
 * Runs a command, and runs it again if nothing but the lock of a dead run has refused it: a run that was killed must not
 * stand in the way of the one that finishes its work. A lock is removed if its owner was a process of this machine that
 * is dead; of another machine's nobody here can tell. It is the very file that goes, not whatever locks the stack by then,
 * as `pulumi cancel` would have it: another run may have found the same lock, and have one of its own already.
 */
export async function withoutStaleLocks<T extends { readonly ok: boolean; readonly stderr: string }>(
  { stack, onNotice }: Pick<Session, 'stack' | 'onNotice'>,
  run: () => Promise<T>,
): Promise<T> {
  const outcome = await run();
  const locks = outcome.ok ? [] : locksIn(outcome.stderr);
  const files = locks.flatMap((lock) => (lock.file !== null && isDead(lock) ? [lock.file] : []));
  if (locks.length === 0 || files.length < locks.length) return outcome;
  for (const file of files) await rm(file, { force: true });
  for (const { user, host, pid, since } of locks)
    onNotice(
      `The run of ${user}@${host} (process ${pid}, since ${since}) died and left stack ${stack} locked: unlocked.`,
    );
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
