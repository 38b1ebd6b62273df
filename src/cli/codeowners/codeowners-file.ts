import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** GitHub reads the first of these that is there. */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;

/** The file, or the one that is to be made. */
export interface CodeownersFile {
  /** From the root of the git repository. */
  readonly path: string;
  readonly target: string;
  /** Empty where there is none yet; null where it cannot be read. */
  readonly text: string | null;
  readonly unreadable: string;
}

/** The file that GitHub reads, or would. */
export async function codeownersFile(root: string): Promise<CodeownersFile> {
  for (const path of places) {
    const target = join(root, path);
    try {
      // Strictly: what is no UTF-8 would come back changed, and GitHub does not read it either.
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(target));
      return { path, target, text, unreadable: '' };
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
        return { path, target, text: null, unreadable: 'it is not UTF-8' };
      if (code !== 'ENOENT') return { path, target, text: null, unreadable: code };
    }
  }
  return { path: places[0], target: join(root, places[0]), text: '', unreadable: '' };
}
