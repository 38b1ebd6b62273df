import { LineCounter } from 'yaml';
import type { Place, SourceFile } from '../source.ts';

/** Turns offsets of a file (0-based, in UTF-16 code units) into places. */
export interface Positions {
  readonly counter: LineCounter;
  readonly place: (start: number, end: number) => Place;
}

/** Positions of a file; the counter is to be filled by the parser that reads its text. */
export function positionsOf(file: SourceFile): Positions {
  const counter = new LineCounter();
  const place = (start: number, end: number): Place => {
    const from = counter.linePos(Math.min(start, file.text.length));
    const to = counter.linePos(Math.min(Math.max(end, start), file.text.length));
    return {
      file: file.path,
      line: Math.max(from.line, 1),
      column: Math.max(from.col, 1),
      endLine: Math.max(to.line, 1),
      endColumn: Math.max(to.col, 1),
    };
  };
  return { counter, place };
}
