import type { Place, SourceFile } from '../language/source.ts';
import { displayWidth } from './display-width.ts';
import { terminalText } from './terminal-text.ts';

/** The line that a problem stands in, ready to be shown, with the part of it that is meant. */
export interface Frame {
  readonly line: number;
  /** Safe to print; shortened around the token where the line is very long. */
  readonly text: string;
  /** Columns of the terminal before the first caret. */
  readonly indent: number;
  /** Number of carets, at least one. */
  readonly carets: number;
}

/** Finds the frame of a place; null where the file's text is not at hand. */
export type FrameOf = (place: Place) => Frame | null;

/** A line longer than this is cut on both sides of the token. */
const widest = 120;
const before = 40;

/** Reads frames out of the given files; a file is split into lines once, when it is first asked for. */
export function framesOf(files: readonly SourceFile[]): FrameOf {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const lines = new Map<string, readonly string[]>();
  return (place) => {
    const text = texts.get(place.file);
    if (text === undefined) return null;
    // Columns do not count a byte order mark, so the line is shown without it.
    const known = lines.get(place.file) ?? text.replace(/^\uFEFF/u, '').split('\n');
    lines.set(place.file, known);
    return frame(place, (known[place.line - 1] ?? '').replace(/\r$/u, ''));
  };
}

/** The lines of a frame: the source line behind its number, and the carets below. */
export function formatFrame({ line, text, indent, carets }: Frame): readonly [source: string, carets: string] {
  const number = String(line);
  return [`${number} | ${text}`.trimEnd(), `${' '.repeat(number.length)} | ${' '.repeat(indent)}${'^'.repeat(carets)}`];
}

function frame(place: Place, line: string): Frame {
  const start = Math.min(place.column - 1, line.length);
  const end = place.endLine > place.line ? line.length : Math.min(place.endColumn - 1, line.length);
  const from = line.length > widest ? Math.max(0, start - before) : 0;
  const to = line.length > widest ? Math.min(line.length, from + widest) : line.length;
  const opening = from > 0 ? '…' : '';
  const head = opening + terminalText(line.slice(from, start));
  const token = terminalText(line.slice(start, Math.min(Math.max(end, start), to)));
  const tail = terminalText(line.slice(Math.max(end, start), to)) + (to < line.length ? '…' : '');
  return {
    line: place.line,
    text: head + token + tail,
    indent: displayWidth(head),
    carets: Math.max(1, displayWidth(token.trimEnd())),
  };
}
