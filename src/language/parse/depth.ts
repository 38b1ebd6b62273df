import type { Diagnostic } from '../diagnostic.ts';
import { diagnostic } from '../diagnostic.ts';
import type { SourceFile } from '../source.ts';
import type { Positions } from './positions.ts';

/** The language nests some ten levels deep; a YAML reader that recurses can be made to overflow with some thousands. */
const deepest = 100;

/** Several times the marks of the largest catalog that an identity provider takes; a reader needs a kilobyte for each. */
const most = 100_000;

/** A line end, what can begin a token of YAML, or a character that is told of. */
const mark = /[\n\t:,[\]{}&*!|>'"%@`#?]|(?!\r\n)\p{C}|\p{Variation_Selector}/gu;

/**
 * Refuses a file that nests absurdly deeply, or has absurdly many entries, before a YAML reader sees it: the reader
 * would exhaust the stack or the memory. It over-estimates: indentation of four characters or more is one level, and so
 * is each bracket or dash that a line begins with, quoted or not.
 */
export function tooComplex(file: SourceFile, positions: Positions): Diagnostic | null {
  const deep = tooDeepAt(file.text);
  if (deep !== null) return diagnostic('RW1012', positions.place(deep, deep + 1), { limit: deepest });
  let marks = 0;
  for (const { index } of file.text.matchAll(mark)) {
    marks += 1;
    if (marks > most) return diagnostic('RW1021', positions.place(index, index + 1), { limit: most });
  }
  return null;
}

/** The offset at which the nesting passes the limit. */
function tooDeepAt(text: string): number | null {
  let brackets = 0;
  let indent = 0;
  let markers = 0;
  let atStart = true;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '\n') {
      indent = 0;
      markers = 0;
      atStart = true;
      continue;
    }
    if (atStart && character === ' ') indent += 1;
    else if (atStart && '-?:'.includes(character)) markers += 1;
    else atStart = false;
    if (character === '[' || character === '{') brackets += 1;
    if (character === ']' || character === '}') brackets = Math.max(0, brackets - 1);
    if (brackets > deepest || indent > 4 * deepest || markers > deepest) return index;
  }
  return null;
}
