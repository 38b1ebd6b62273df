import type { Path, PlainValue } from '../parse/document.ts';

/** A value of YAML in a few words: "a list", "the text "tru"". */
export function describeValue(value: PlainValue): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return `the text "${shorten(value)}"`;
  return `${value}`;
}

/** The first line of a text, cut where it is long; what is left out shows as "…". */
export function shorten(text: string): string {
  const line = text.split(/\r?\n/u, 1)[0] ?? '';
  if (line.length > 60) return `${line.slice(0, 57)}…`;
  return line.length < text.length ? `${line}…` : line;
}

/** What the author would call the value at a path: its key, or an entry of it. */
export function keyOf(path: Path): string {
  const key = path.findLast((step) => typeof step === 'string');
  if (key === undefined) return 'the document';
  return typeof path.at(-1) === 'number' ? `an entry of ${key}` : String(key);
}

/** A path as people write it: `spec.grants[0]`. */
export function pathText(path: Path): string {
  return path
    .map(String)
    .join('.')
    .replace(/\.(\d+)(?=\.|$)/gu, '[$1]');
}

/** One of the words that a key takes. */
export function words(values: readonly unknown[]): string {
  return values.length === 1 ? `${String(values[0])}` : `one of ${values.map(String).join(', ')}`;
}
