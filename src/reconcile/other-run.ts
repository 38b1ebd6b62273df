import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import type { Lock } from './classify.ts';
import { lockedBy } from './classify.ts';
import type { Opened, Session } from './session.ts';
import { readState } from './session.ts';

/**
 * Whether another run has changed the stack since this one has read it: what a plan says then may undo what the other has
 * done, or be half of what it is doing. Between this look and the engine's own lock there is half a second that nobody watches.
 */
export async function otherRun({ session, state }: Opened): Promise<readonly Diagnostic[]> {
  const [now, problems] = await readState(session);
  if (now === null) return problems;
  if (now.digest === state.digest) return [];
  const lock = await lockOf(session);
  if (lock !== null) return [lockedBy(lock, session.circumstances)];
  const help = 'nothing was changed; run it again, and look at the plan that it has now';
  return [diagnostic('RW6437', null, { stack: session.stack }, { help })];
}

/** Who holds the stack, where the backend is a folder. The engine tells only those who want the lock themselves. */
async function lockOf({ env, stack }: Session): Promise<Lock | null> {
  const { PULUMI_BACKEND_URL: backend = '' } = env;
  if (!backend.startsWith('file:///')) return null;
  try {
    const folder = join(fileURLToPath(backend.replace(/\?.*/u, '')), '.pulumi/locks');
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const found = entries.find((entry) => entry.isFile() && basename(entry.parentPath) === stack);
    if (found === undefined) return null;
    const file = join(found.parentPath, found.name);
    const { username, hostname, pid, timestamp } = JSON.parse(await readFile(file, 'utf8')) as {
      readonly [key in 'username' | 'hostname' | 'timestamp']: string;
    } & { readonly pid: number };
    return { file, user: username, host: hostname, pid, since: timestamp };
  } catch {
    return null;
  }
}
