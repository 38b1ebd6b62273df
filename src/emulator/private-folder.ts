import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set<string>();
let isRemovalPlanned = false;

/** A folder that only we can read, removed by `removeFolder`, or when the process exits without it. */
export function privateFolder(): string {
  if (!isRemovalPlanned) {
    isRemovalPlanned = true;
    process.once('exit', () => [...folders].forEach(removeFolder));
  }
  const folder = mkdtempSync(join(tmpdir(), 'rolewright-emulator-'));
  chmodSync(folder, 0o700);
  folders.add(folder);
  return folder;
}

/** Removes a folder of `privateFolder` with all that is in it. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}
