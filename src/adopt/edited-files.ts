import type { SourceFile } from '../language/source.ts';
import { byCodePoint } from '../language/source.ts';
import type { LineEdit } from './line-edits.ts';
import { withEdits } from './line-edits.ts';

/** Edits of one file that is there. */
export interface FileEdit {
  readonly path: string;
  readonly edits: readonly LineEdit[];
}

/** A file as it is and as it is to be. */
export interface FileChange {
  readonly path: string;
  /** null: it is new. */
  readonly before: string | null;
  readonly after: string;
  /** What changes of a file that is there, from the top down. */
  readonly edits: readonly LineEdit[];
}

/**
 * The changes to a repository, sorted by path: edits of files that are there, and new ones, each at the path that it asks
 * for or, where something else is there, at the first free one with a number.
 */
export function changesOf(
  files: readonly SourceFile[],
  edits: readonly FileEdit[],
  created: readonly SourceFile[],
): readonly FileChange[] {
  const changed = [...Map.groupBy(edits, ({ path }) => path)].flatMap(([path, some]): FileChange[] => {
    const before = files.find((file) => file.path === path)?.text ?? '';
    const own = some.flatMap((edit) => edit.edits).toSorted((a, b) => a.below - b.below);
    const after = withEdits(before, own);
    return after === before ? [] : [{ path, before, after, edits: own }];
  });
  // Where file names have no capitals, `A.yaml` is `a.yaml`.
  const taken = new Set(files.map(({ path }) => path.toLowerCase()));
  const made = created.map(({ path, text }): FileChange => {
    const free = freePath(path, taken);
    taken.add(free.toLowerCase());
    return { path: free, before: null, after: text, edits: [] };
  });
  return [...changed, ...made].toSorted((a, b) => byCodePoint(a.path, b.path));
}

/** The files of a repository after changes. */
export function withChanges(files: readonly SourceFile[], changes: readonly FileChange[]): readonly SourceFile[] {
  const changed = new Set(changes.map(({ path }) => path));
  return [
    ...files.filter(({ path }) => !changed.has(path)),
    ...changes.map(({ path, after }) => ({ path, text: after })),
  ].toSorted((a, b) => byCodePoint(a.path, b.path));
}

function freePath(path: string, taken: ReadonlySet<string>): string {
  if (!taken.has(path.toLowerCase())) return path;
  const stem = path.replace(/\.yaml$/u, '');
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${stem}-${number}.yaml`.toLowerCase())) return `${stem}-${number}.yaml`;
  }
}
