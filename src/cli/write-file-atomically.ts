import { randomUUID } from 'node:crypto';
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a file so that nobody ever sees half of it; its permissions stay, and a link goes on leading to it.
 *
 * @param newMode the permissions of a file that is not there yet; everybody may read it unless said otherwise
 */
export async function writeFileAtomically(path: string, text: string, newMode = 0o644): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const mode = await stat(target).then(
    (found) => found.mode,
    () => newMode,
  );
  const draft = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
  try {
    await writeFile(draft, text, { mode });
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
