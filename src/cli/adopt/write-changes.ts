import { resolve } from 'node:path';
import type { FileChange } from '../../adopt/edited-files.ts';
import type { SourceFile } from '../../language/source.ts';
import type { Host } from '../host.ts';
import { layOut } from '../init/lay-out.ts';
import { writeFileAtomically } from '../write-file-atomically.ts';

/**
 * Writes the new files, all or none, and then those that change. Nothing that is there is overwritten but what was read.
 *
 * @throws Error if one cannot be written
 */
export async function writeChanges(
  host: Host,
  changes: readonly FileChange[],
  companions: readonly SourceFile[],
): Promise<void> {
  const created = changes.filter(({ before }) => before === null).map(({ path, after }) => ({ path, text: after }));
  await layOut(host.root, [...created, ...companions], [], host.signal);
  for (const { path, before, after } of changes) {
    if (before !== null) await writeFileAtomically(resolve(host.root, path), after);
  }
}
