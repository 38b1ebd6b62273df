import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { SourceFile } from '../../language/source.ts';
import { writeFileAtomically } from '../write-file-atomically.ts';

/** Which of these paths are there; a folder (with `/` at its end) counts if anything is in it. */
export async function existing(root: string, paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      if (path.endsWith('/')) return (await entriesOf(join(root, path))).length > 0;
      // Looked for in its folder, so that a link which leads nowhere is seen too.
      return (await entriesOf(join(root, dirname(path)))).includes(basename(path));
    }),
  );
  return paths.filter((_, index) => found[index]);
}

/**
 * Writes new files, and the lines that `.gitignore` lacks, or leaves everything as it was: where one cannot be written,
 * or the run is interrupted, those before it go again.
 *
 * @returns the paths of what was written
 */
export async function layOut(
  root: string,
  files: readonly SourceFile[],
  ignored: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const made: string[] = [];
  try {
    for (const { path, text } of files) {
      signal.throwIfAborted();
      const target = join(root, path);
      const folder = await mkdir(dirname(target), { recursive: true });
      if (folder !== undefined) made.push(folder);
      await writeFile(target, text, { flag: 'wx' });
      made.push(target);
    }
    signal.throwIfAborted();
    const ignore = await withIgnored(root, ignored);
    if (ignore !== null) await writeFileAtomically(join(root, '.gitignore'), ignore);
    return [...files.map(({ path }) => path), ...(ignore === null ? [] : ['.gitignore'])];
  } catch (error) {
    for (const path of made.toReversed()) await rm(path, { recursive: true, force: true });
    throw error;
  }
}

/** The text of `.gitignore` with these lines in it, or null where it has them all. */
async function withIgnored(root: string, lines: readonly string[]): Promise<string | null> {
  const text = await readFile(join(root, '.gitignore'), 'utf8').catch(unlessAbsent);
  const present = new Set(text.split(/\r?\n/u).map((line) => line.trim().replace(/^\/|\/$/gu, '')));
  const missing = lines.filter((line) => !present.has(line.replace(/\/$/u, '')));
  if (missing.length === 0) return null;
  const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${before}${missing.join('\n')}\n`;
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  // What is no folder, or cannot be read, is found when it is written to.
  return readdir(folder).catch(() => []);
}

function unlessAbsent(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}
