import type { z } from 'zod';
import type { Diagnostic } from '../diagnostic.ts';
import { diagnostic } from '../diagnostic.ts';
import { nearestName } from '../nearest-name.ts';
import type { Document, Path, PlainValue } from '../parse/document.ts';
import { reservedNames } from '../schema/text.ts';
import { describeAt } from './describe-schema.ts';

/** One issue of zod in our own codes, at the token that it concerns. */
export function shapeProblem(issue: z.core.$ZodIssue, document: Document, schema: z.ZodType): readonly Diagnostic[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const key = keyOf(path);
  const value = valueAt(document.value, path);
  const place = document.locate(path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = describeAt(schema, path).keys;
      return issue.keys.map((unknown) =>
        diagnostic(
          'RW1103',
          document.locate([...path, unknown], 'key'),
          { key: unknown },
          { expected: `one of ${known.join(', ')}`, suggestion: nearestName(unknown, known) },
        ),
      );
    }
    case 'invalid_type':
      if (value === undefined) {
        const { description } = describeAt(schema, path);
        return [diagnostic('RW1104', place, { key: pathText(path) }, { expected: description })];
      }
      return [wrongType(document, path, value, issue.expected)];
    case 'invalid_value': {
      if (value === undefined) {
        return [diagnostic('RW1104', place, { key: pathText(path) }, { expected: words(issue.values) })];
      }
      if (typeof value !== 'string' && issue.values.every((word) => typeof word === 'string')) {
        return [wrongType(document, path, value, 'string')];
      }
      const suggestion = typeof value === 'string' ? nearestName(value, issue.values.map(String)) : null;
      const found = shorten(document.written(path));
      return [diagnostic('RW1106', place, { key, found }, { expected: words(issue.values), suggestion })];
    }
    case 'invalid_format': {
      const found = String(value);
      if ((reservedNames as readonly string[]).includes(found)) {
        return [diagnostic('RW1112', place, { found }, { expected: 'another word; write what it is' })];
      }
      const { description } = describeAt(schema, path);
      return [
        diagnostic(
          'RW1107',
          place,
          { key, found: shorten(found) },
          { expected: description, suggestion: asName(found, issue.pattern) },
        ),
      ];
    }
    case 'too_small':
      if (issue.origin === 'array') {
        return [
          diagnostic(
            'RW1108',
            document.locate(path),
            { key },
            { expected: `at least one entry, or no "${key}" at all` },
          ),
        ];
      }
      return [
        diagnostic('RW1107', place, { key, found: shorten(String(value)) }, { expected: `at least ${issue.minimum}` }),
      ];
    case 'too_big':
      if (issue.origin === 'string') return [diagnostic('RW1109', place, { key, limit: Number(issue.maximum) })];
      return [
        diagnostic('RW1107', place, { key, found: shorten(String(value)) }, { expected: `at most ${issue.maximum}` }),
      ];
    default:
      return [diagnostic('RW1107', place, { key, found: shorten(String(value)) }, { expected: issue.message })];
  }
}

function wrongType(document: Document, path: Path, value: PlainValue, expected: string): Diagnostic {
  const place = document.locate(path);
  const key = keyOf(path);
  if (expected === 'string' && isReferenceMap(value)) {
    const [[name, level]] = Object.entries(value as Readonly<Record<string, string>>) as [[string, string]];
    const suggestion = `${name}:${level}`;
    return diagnostic(
      'RW1110',
      place,
      { found: `${name}: ${level}` },
      { expected: 'a reference', suggestion, help: 'remove the space after the colon' },
    );
  }
  const written = shorten(document.written(path));
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    const as = typeof value === 'number' ? `the number ${value}` : `the truth value ${value}`;
    return diagnostic(
      'RW1111',
      place,
      { found: written, as },
      { expected: 'text', suggestion: `"${written}"`, help: 'quote it' },
    );
  }
  const help = expected === 'array' && typeof value === 'string' ? `write it as a list:\n  - ${value}` : null;
  return diagnostic(
    'RW1105',
    place,
    { key, found: describeValue(value) },
    { expected: typeWords[expected] ?? expected, help },
  );
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

function describeValue(value: PlainValue): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return `the text "${shorten(value)}"`;
  return `${value}`;
}

function isReferenceMap(value: PlainValue): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return entries.length === 1 && typeof entries[0]?.[1] === 'string' && /^[^\s:]+$/u.test(entries[0][0]);
}

function isNamePattern(pattern: string | undefined): boolean {
  return pattern?.includes('(?=.*[a-z])[a-z0-9]+') === true;
}

/** What a name could have been meant to be: lower case, hyphens for blanks and underscores. */
function asName(found: string, pattern: string | undefined): string | null {
  if (!isNamePattern(pattern)) return null;
  const kebab = found
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '');
  return /[a-z]/u.test(kebab) && kebab !== found ? kebab : null;
}

function words(values: readonly unknown[]): string {
  return values.length === 1 ? `${String(values[0])}` : `one of ${values.map(String).join(', ')}`;
}

/** The last key of a path: what the author would call the value. */
function keyOf(path: Path): string {
  const last = path.findLast((step) => typeof step === 'string');
  return typeof last === 'string' ? last : 'the document';
}

function pathText(path: Path): string {
  return path
    .map(String)
    .join('.')
    .replace(/\.(\d+)(?=\.|$)/gu, '[$1]');
}

function shorten(text: string): string {
  const line = text.split(/\r?\n/u, 1)[0] ?? '';
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

function valueAt(value: PlainValue, path: Path): PlainValue | undefined {
  let current: PlainValue | undefined = value;
  for (const step of path) {
    if (current === null || typeof current !== 'object') return undefined;
    current = (current as Readonly<Record<string | number, PlainValue>>)[step];
  }
  return current;
}
