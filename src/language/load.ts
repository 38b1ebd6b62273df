import type { Diagnostic, Result } from './diagnostic.ts';
import { diagnostic } from './diagnostic.ts';
import type { Entry, FileTree } from './file-tree.ts';
import { filesOnDisk } from './file-tree.ts';
import type { Place, SourceFile } from './source.ts';
import { byCodePoint } from './source.ts';

/** Where the documents lie, below the root of the repository, unless its settings say otherwise. */
export const documentsFolder = 'roles';

/** Auth0's limits allow a catalog of 1000 permissions; with all its prose that is well below this. */
export const largestFile = 2 * 1024 * 1024;

/** Reads the documents of the repository with this root, on disk. */
export function loadSources(root: string, folder: string = documentsFolder): Promise<Result<readonly SourceFile[]>> {
  return loadSourcesFrom(filesOnDisk(root), folder);
}

/**
 * Reads every `.yaml` and `.yml` file below the folder of the documents, sorted by path. A file that is too large, cannot be read or is not
 * UTF-8 is reported and left out. Links are not followed, so that nothing outside the repository is read.
 */
export async function loadSourcesFrom(tree: FileTree, folder: string): Promise<Result<readonly SourceFile[]>> {
  const [paths, unread] = await yamlPaths(tree, folder);
  if (paths.length === 0 && unread.length === 0) {
    const details = {
      expected: 'a repository with documents in it',
      help: 'run it at the root of the repository, or use --cwd',
    };
    return [[], [diagnostic('RW1020', null, { folder: `${folder}/` }, details)]];
  }
  const loaded = await Promise.all(paths.toSorted(byCodePoint).map((path) => loadSource(tree, path)));
  return [
    loaded.flatMap(([file]) => (file === null ? [] : [file])),
    [...unread, ...loaded.flatMap(([, diagnostics]) => diagnostics)],
  ];
}

/** The files below a folder; what may hold documents and is not read is told, or roles would be missing without a word. */
async function yamlPaths(tree: FileTree, folder: string): Promise<Result<readonly string[]>> {
  const listing = await tree.list(folder);
  if ('unreadable' in listing) {
    const isAbsent = folder === documentsFolder && listing.unreadable === 'ENOENT';
    return [[], isAbsent ? [] : [unreadable(folder, listing.unreadable)]];
  }
  const nested = await Promise.all(
    listing.entries.map(async ({ name, kind }): Promise<Result<readonly string[]>> => {
      const path = `${folder}/${name}`;
      if (name.startsWith('.')) return [[], []];
      if (kind === 'folder') return yamlPaths(tree, path);
      const isYaml = /\.ya?ml$/iu.test(name);
      const reason = notFollowed(kind, isYaml);
      if (reason !== null) return [[], [unreadable(path, reason)]];
      return [kind === 'file' && isYaml ? [path] : [], []];
    }),
  );
  return [nested.flatMap(([paths]) => paths), nested.flatMap(([, diagnostics]) => diagnostics)];
}

function notFollowed(kind: Entry['kind'], isYaml: boolean): string | null {
  if (kind === 'submodule') return 'it is a submodule, and submodules are not followed';
  const mayHoldDocuments = kind === 'link-to-folder' || (kind === 'link' && isYaml);
  return mayHoldDocuments ? 'it is a link, and links are not followed' : null;
}

async function loadSource(tree: FileTree, path: string): Promise<Result<SourceFile | null>> {
  const found = await tree.read(path, largestFile);
  if ('unreadable' in found) return [null, [unreadable(path, found.unreadable)]];
  if ('tooLarge' in found) return [null, [tooLarge(path, found.tooLarge)]];
  return decodeSource(path, found.bytes);
}

function unreadable(path: string, reason: string): Diagnostic {
  return diagnostic('RW1019', beginningOf(path), { reason });
}

function tooLarge(path: string, bytes: number): Diagnostic {
  const details = { help: 'split it: one document a file reads best' };
  return diagnostic('RW1002', beginningOf(path), { bytes, limit: largestFile }, details);
}

/** The text of a file's bytes; what is not UTF-8 is reported at its first wrong byte. A byte order mark is kept. */
export function decodeSource(path: string, bytes: Uint8Array): Result<SourceFile | null> {
  try {
    return [{ path, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }, []];
  } catch {
    const offset = firstWrongByte(bytes);
    const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, offset)).split('\n');
    const line = before.length;
    const column = (before.at(-1)?.length ?? 0) + 1;
    const place: Place = { file: path, line, column, endLine: line, endColumn: column + 1 };
    const problem: Diagnostic = diagnostic(
      'RW1001',
      place,
      { offset },
      { expected: 'UTF-8', help: 'save the file as UTF-8' },
    );
    return [null, [problem]];
  }
}

function firstWrongByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  // The longest prefix that decodes; a prefix that ends within a character still counts as right.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (decodes(bytes.subarray(0, middle), { stream: true })) low = middle;
    else high = middle - 1;
  }
  // A character that was begun and not ended is wrong from its first byte.
  while (low > 0 && !decodes(bytes.subarray(0, low), { stream: false })) low -= 1;
  return low;
}

function decodes(bytes: Uint8Array, options: { readonly stream: boolean }): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, options);
    return true;
  } catch {
    return false;
  }
}

function beginningOf(file: string): Place {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}
