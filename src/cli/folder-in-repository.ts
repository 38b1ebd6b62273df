import { access } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/**
 * The way from the root of the git repository to a folder in it, `""` or `tools/roles/`: services that show a finding
 * in a file want its path from the root.
 */
export async function folderInRepository(folder: string): Promise<string> {
  for (let root = folder; ; root = dirname(root)) {
    const found = await access(join(root, '.git')).then(
      () => true,
      () => false,
    );
    if (found) return root === folder ? '' : `${relative(root, folder).split(sep).join('/')}/`;
    if (dirname(root) === root) return '';
  }
}
