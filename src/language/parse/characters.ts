import type { Diagnostic } from '../diagnostic.ts';
import { diagnostic } from '../diagnostic.ts';
import type { SourceFile } from '../source.ts';
import type { Positions } from './positions.ts';

/**
 * Control characters (but line ends and tabs, which have codes of their own), format characters (bidirectional marks,
 * joiners, the byte order mark), line separators, variation selectors, letters that are blank, and halves of characters.
 */
const unseen =
  /(?!\t|\r?\n)\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|\p{Variation_Selector}|[\u115F\u1160\u17B4\u17B5\u3164\uFFA0]/gu;

/** The first character of a text that cannot be seen, as `U+202E`; null where there is none. */
export function unseenIn(text: string): string | null {
  const [character] = text.match(unseen) ?? [];
  return character === undefined ? null : codePointOf(character);
}

/** Refuses characters that cannot be seen, the same one once a line, and advises on line ends and byte order marks. */
export function checkCharacters(file: SourceFile, positions: Positions): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const told = new Set<string>();
  for (const match of file.text.matchAll(unseen)) {
    if (match.index === 0 && match[0] === '\uFEFF') continue;
    const place = positions.place(match.index, match.index + match[0].length);
    const codePoint = codePointOf(match[0]);
    const key = `${place.line} ${codePoint}`;
    if (told.has(key)) continue;
    told.add(key);
    found.push(diagnostic('RW1015', place, { codePoint }, { help: 'remove it' }));
  }
  for (const match of file.text.matchAll(/\t+/g)) {
    const place = positions.place(match.index, match.index + match[0].length);
    found.push(diagnostic('RW1010', place, {}, { expected: 'spaces' }));
  }
  for (const match of file.text.matchAll(/^%.*$/gmu)) {
    const place = positions.place(match.index, match.index + match[0].trimEnd().length);
    found.push(diagnostic('RW1018', place, {}, { help: 'remove the line' }));
  }
  if (file.text.startsWith('\uFEFF')) {
    found.push(diagnostic('RW1014', positions.place(0, 1), {}, { help: 'rolewright format removes it' }));
  }
  const crlf = file.text.indexOf('\r\n');
  if (crlf >= 0) {
    found.push(diagnostic('RW1013', positions.place(crlf, crlf + 1), {}, { help: 'rolewright format writes LF' }));
  }
  return found;
}

function codePointOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
