import type { Place, SourceFile } from '../source.ts';

/** Turns offsets of a file (0-based, in UTF-16 code units) into places. */
export interface Positions {
  /** The place of a stretch of text; it ends with its last visible character. */
  readonly place: (start: number, end: number) => Place;
}

/** Positions of a file. A byte order mark has no column: editors do not show it. */
export function positionsOf({ path, text }: SourceFile): Positions {
  const lineStarts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) lineStarts.push(end + 1);
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const positionOf = (offset: number) => {
    const line = lastAtOrBefore(lineStarts, offset);
    const before = line === 0 ? Math.min(mark, offset) : (lineStarts[line] ?? 0);
    return { line: line + 1, column: offset - before + 1 };
  };
  return {
    place: (start, end) => {
      const from = positionOf(Math.min(start, text.length));
      const to = positionOf(Math.min(visibleEnd(text, start, end), text.length));
      return { file: path, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
    },
  };
}

/** The range of a block collection reaches to the next token; a stretch of nothing but blanks stays what it is. */
function visibleEnd(text: string, start: number, end: number): number {
  const visible = text.slice(start, end).trimEnd().length;
  return visible > 0 ? start + visible : Math.max(start, end);
}

function lastAtOrBefore(sorted: readonly number[], offset: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
