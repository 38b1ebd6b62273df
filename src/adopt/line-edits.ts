import type { Document, Path, PlainValue } from '../language/parse/document.ts';

/** Lines that go, and lines that come in their stead, below a line of a file. All else keeps its very bytes. */
export interface LineEdit {
  /** The number of the line below which they stand; 0: at the top. */
  readonly below: number;
  /** How many of the lines that follow go. */
  readonly remove: number;
  readonly insert: readonly string[];
}

/** A text after edits, none of which touches the lines of another one. */
export function withEdits(text: string, edits: readonly LineEdit[]): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/(?<=\n)/u);
  // Those of one place keep their order: the last is put in first.
  const ordered = edits
    .map((edit, index) => ({ edit, index }))
    .toSorted((a, b) => b.edit.below - a.edit.below || b.index - a.index);
  for (const { edit } of ordered) {
    const before = lines[edit.below - 1];
    if (before !== undefined && !before.endsWith('\n')) lines[edit.below - 1] = `${before}${end}`;
    lines.splice(edit.below, edit.remove, ...edit.insert.map((line) => `${line}${end}`));
  }
  return lines.join('');
}

/**
 * The last line of a value. Comments that stand deeper than the last entry of a list belong to it; those that follow a map
 * do not.
 */
export function lastLineOf(document: Document, path: Path): number {
  const value = valueAt(document.value, path);
  const keys = isMap(value) ? Object.keys(value) : [];
  if (keys.length === 0) return document.locate(path).endLine;
  return Math.max(...keys.map((key) => lastLineOf(document, [...path, key])));
}

/** How many blanks stand before the dashes of a list; null where it has no entries with dashes. */
export function dashColumn(document: Document, text: string, path: Path): number | null {
  const { line } = document.locate([...path, 0]);
  const dash = /^( *)-(?: |$)/u.exec(text.split('\n')[line - 1] ?? '');
  return dash === null ? null : (dash[1]?.length ?? 0);
}

function valueAt(root: PlainValue, path: Path): PlainValue | undefined {
  let value: PlainValue | undefined = root;
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)] as PlainValue | undefined;
    else value = isMap(value) ? value[String(step)] : undefined;
  }
  return value;
}

function isMap(value: PlainValue | undefined): value is { readonly [key: string]: PlainValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
