import type { Place } from '../source.ts';

/** A value of YAML as plain data. */
export type PlainValue = null | boolean | number | string | readonly PlainValue[] | PlainMap;

/** A map of YAML; its prototype is null, so that a key `__proto__` is a key like any other. */
export interface PlainMap {
  readonly [key: string]: PlainValue;
}

/** The way from a document's root to a value: keys of maps and 0-based indices of lists. */
export type Path = readonly (string | number)[];

/** One YAML document of a file, not yet known to be of any kind. */
export interface Document {
  readonly file: string;
  readonly value: PlainMap;
  /**
   * Where the value at a path stands, or its key. Where the path leads to nothing, the nearest enclosing key answers,
   * so that a missing key is reported where it should have been written.
   */
  readonly locate: (path: Path, what?: 'key' | 'value') => Place;
  /** What stands at the path in the file, as written (quotes included). */
  readonly written: (path: Path) => string;
}
