/** A YAML file as it was read: its path relative to the repository, with `/`, and its whole text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Where a token stands. Lines and columns are 1-based; columns count UTF-16 code units, as SARIF and LSP do;
 * the end is exclusive.
 */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** `roles/catalog.yaml:11:17`, the form in which every message names a place. */
export function formatPlace(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`;
}

/** Orders strings by code point, the one order that the whole product sorts by (never by locale). */
export function byCodePoint(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let index = 0; index < end; index += 1) {
    if (a.charCodeAt(index) === b.charCodeAt(index)) continue;
    // A pair of surrogates stands for more than any single unit, although its first half is less than some.
    return (a.codePointAt(index) ?? 0) - (b.codePointAt(index) ?? 0);
  }
  return a.length - b.length;
}

/** Orders places by file, line and column. */
export function byPlace(a: Place, b: Place): number {
  return byCodePoint(a.file, b.file) || a.line - b.line || a.column - b.column;
}
