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
  if (a === b) return 0;
  const left = [...a];
  const right = [...b];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Orders places by file, line and column. */
export function byPlace(a: Place, b: Place): number {
  return byCodePoint(a.file, b.file) || a.line - b.line || a.column - b.column;
}
