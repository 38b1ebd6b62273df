import type { Diagnostic } from '../diagnostic.ts';
import { diagnostic } from '../diagnostic.ts';
import type { Document, Path, PlainValue } from '../parse/document.ts';
import { reservedNames } from '../schema/text.ts';
import type { SchemaPart } from './describe-schema.ts';
import { expectedOf, takesName } from './describe-schema.ts';
import { describeValue, keyOf, shorten } from './describe-value.ts';

/** A value of another type than its key takes, with what was most likely meant. */
export function wrongType(
  document: Document,
  path: Path,
  value: PlainValue,
  expected: string,
  part: SchemaPart,
): Diagnostic {
  const place = document.locate(path);
  const written = shorten(document.written(path));
  if (expected === 'string') {
    const reference = referenceIn(value);
    if (reference !== null && part.accepts(reference)) {
      const details = { expected: 'a reference', suggestion: reference, help: 'remove the space after the colon' };
      return diagnostic('RW1110', place, { found: written }, details);
    }
    // A key without any value is empty, and that is what is told of it.
    if (typeof value === 'number' || typeof value === 'boolean' || (value === null && written !== '')) {
      return notText(document, path, value, part);
    }
  }
  return diagnostic(
    'RW1105',
    place,
    { key: keyOf(path), found: describeValue(value) },
    { expected: typeWords[expected] ?? expected, help: helpFor(value, expected, written) },
  );
}

/** A word that YAML takes for something else than text; where text as such is not enough, quoting it is no help. */
function notText(document: Document, path: Path, value: number | boolean | null, part: SchemaPart): Diagnostic {
  const place = document.locate(path);
  const found = shorten(document.written(path));
  const as =
    typeof value === 'number' ? `the number ${value}` : value === null ? 'nothing' : `the truth value ${value}`;
  if (part.accepts(found)) {
    return diagnostic('RW1111', place, { found, as }, { expected: 'text', suggestion: `"${found}"`, help: 'quote it' });
  }
  if ((reservedNames as readonly string[]).includes(found) && takesName(part)) {
    return diagnostic('RW1112', place, { found }, { expected: 'another word; write what it is' });
  }
  return diagnostic('RW1111', place, { found, as }, { expected: expectedOf(part) ?? 'text' });
}

/** What a map of one entry was meant to be, if it looks like a reference with a space after its colon. */
function referenceIn(value: PlainValue): string | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return null;
  const [name, level] = entry;
  return typeof level === 'string' && /^[^\s:]+\/[^\s:]+$/u.test(name) ? `${name}:${level}` : null;
}

function helpFor(value: PlainValue, expected: string, written: string): string | null {
  if (expected === 'array' && typeof value === 'string') return `write it as a list:\n  - ${value}`;
  const isMap = value !== null && typeof value === 'object' && !Array.isArray(value);
  return expected === 'string' && isMap ? `quote it, if ": " is part of the text: "${written}"` : null;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list, each entry on a line that begins with "- "',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
};
