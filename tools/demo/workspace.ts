import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A copy of the repository's documents and stacks in a temporary folder, with a state of its own. */
export interface Workspace {
  readonly folder: string;
  /** Replaces a text in a file, wherever it stands; refuses if it is not there, so that the demo never changes nothing. */
  readonly edit: (path: string, before: string, after: string) => void;
  readonly remove: () => void;
}

export function copyRepository(root: string): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'rolewright-demo-'));
  for (const path of ['Pulumi.yaml', 'rolewright.config.yaml', 'roles', 'stacks'])
    cpSync(join(root, path), join(folder, path), { recursive: true });
  symlinkSync(join(root, 'src'), join(folder, 'src'));
  return {
    folder,
    edit: (path, before, after) => {
      const text = readFileSync(join(folder, path), 'utf8');
      if (!text.includes(before)) throw new Error(`${path} no longer has the line that the demo changes`);
      writeFileSync(join(folder, path), text.replaceAll(before, after));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
