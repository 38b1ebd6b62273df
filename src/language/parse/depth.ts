import type { Diagnostic } from '../diagnostic.ts';
import { diagnostic } from '../diagnostic.ts';
import type { SourceFile } from '../source.ts';

/** The language nests some ten levels deep; a YAML reader that recurses can be made to overflow with some thousands. */
const limit = 100;

/**
 * Refuses a file that nests absurdly deeply, before a recursive reader sees it. It over-estimates: indentation of two
 * characters or more is one level, and so is each bracket or dash that a line begins with, quoted or not.
 */
export function tooDeep(file: SourceFile): Diagnostic | null {
  let brackets = 0;
  let line = 1;
  let column = 1;
  let indent = 0;
  let atStart = true;
  let markers = 0;
  for (const character of file.text) {
    if (character === '\n') {
      line += 1;
      column = 1;
      indent = 0;
      markers = 0;
      atStart = true;
      continue;
    }
    if (atStart && character === ' ') indent += 1;
    else if (atStart && (character === '-' || character === '?')) markers += 1;
    else atStart = false;
    if (character === '[' || character === '{') brackets += 1;
    if (character === ']' || character === '}') brackets = Math.max(0, brackets - 1);
    if (brackets > limit || indent > 4 * limit || markers > limit) {
      const place = { file: file.path, line, column, endLine: line, endColumn: column + 1 };
      return diagnostic('RW1012', place, { limit });
    }
    column += character.length;
  }
  return null;
}
