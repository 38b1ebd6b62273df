import type { z } from 'zod';
import type { Diagnostic } from '../diagnostic.ts';
import { diagnostic } from '../diagnostic.ts';
import { nearestName } from '../nearest-name.ts';
import type { Document, Path, PlainValue } from '../parse/document.ts';
import { reservedNames } from '../schema/text.ts';
import type { SchemaPart } from './describe-schema.ts';
import { describeAt, expectedOf, takesName } from './describe-schema.ts';
import { keyOf, pathText, shorten, words } from './describe-value.ts';
import { wrongType } from './wrong-type.ts';

/** One issue of zod in our own codes, at the token that it concerns. */
export function shapeProblem(issue: z.core.$ZodIssue, document: Document, schema: z.ZodType): readonly Diagnostic[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const key = keyOf(path);
  const value = valueAt(document.value, path);
  const place = document.locate(path);
  const part = describeAt(schema, path);
  const missing = (expected: string | null) => [diagnostic('RW1104', place, { key: pathText(path) }, { expected })];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((unknown) =>
        diagnostic(
          'RW1103',
          document.locate([...path, unknown], 'key'),
          { key: unknown },
          { expected: `one of ${part.keys.join(', ')}`, suggestion: nearestName(unknown, part.keys) },
        ),
      );
    case 'invalid_type':
      if (value === undefined) return missing(part.description);
      return [wrongType(document, path, value, issue.expected, part)];
    case 'invalid_value': {
      const expected = words(issue.values);
      if (value === undefined) return missing(expected);
      if (typeof value !== 'string' && issue.values.every((word) => typeof word === 'string')) {
        return [wrongType(document, path, value, 'string', { ...part, description: expected })];
      }
      const suggestion = typeof value === 'string' ? nearestName(value, issue.values.map(String)) : null;
      const found = shorten(document.written(path));
      return [diagnostic('RW1106', place, { key, found }, { expected, suggestion })];
    }
    case 'invalid_format':
      return [wrongFormat(document, path, String(value), part)];
    case 'too_small': {
      if (issue.origin === 'array') return [tooFew(document, path, value, Number(issue.minimum), part)];
      const least = `at least ${issue.minimum}`;
      const expected = issue.origin === 'string' ? `${least} character${issue.minimum === 1 ? '' : 's'}` : least;
      return [diagnostic('RW1107', place, { key, found: shorten(String(value)) }, { expected })];
    }
    case 'too_big':
      if (issue.origin === 'string') return [diagnostic('RW1109', place, { key, limit: Number(issue.maximum) })];
      return [
        diagnostic('RW1107', place, { key, found: shorten(String(value)) }, { expected: `at most ${issue.maximum}` }),
      ];
    default:
      return [
        diagnostic('RW1107', place, { key, found: shorten(document.written(path)) }, { expected: issue.message }),
      ];
  }
}

function wrongFormat(document: Document, path: Path, found: string, part: SchemaPart): Diagnostic {
  const place = document.locate(path);
  if (takesName(part)) {
    if ((reservedNames as readonly string[]).includes(found)) {
      return diagnostic('RW1112', place, { found }, { expected: 'another word; write what it is' });
    }
    const application = valueAt(document.value, ['metadata', 'application']);
    const own = typeof application === 'string' && found.startsWith(`${application}/`) ? application : null;
    const name = own === null ? null : found.slice(own.length + 1);
    if (own !== null && name !== null && part.accepts(name)) {
      return diagnostic('RW2116', place, { reference: found, application: own }, { suggestion: name });
    }
  }
  const meant = [
    found.trim(),
    found.toLowerCase(),
    ...(takesName(part) && !found.includes('/') ? [asName(found)] : []),
  ];
  const suggestion = meant.find((candidate) => part.accepts(candidate)) ?? null;
  const expected = expectedOf(part);
  return diagnostic('RW1107', place, { key: keyOf(path), found: shorten(found) }, { expected, suggestion });
}

function tooFew(
  document: Document,
  path: Path,
  value: PlainValue | undefined,
  minimum: number,
  part: SchemaPart,
): Diagnostic {
  const key = keyOf(path);
  const entries = minimum === 1 ? 'one entry' : `${minimum} entries`;
  const expected = `at least ${entries}${part.isOptional ? `, or no "${key}" at all` : ''}`;
  const count = Array.isArray(value) ? value.length : 0;
  return diagnostic('RW1108', document.locate(path), { key, count }, { expected });
}

/** What a name could have been meant to be: lower case without accents, hyphens for all else. */
function asName(found: string): string {
  return found
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '');
}

function valueAt(value: PlainValue, path: Path): PlainValue | undefined {
  let current: PlainValue | undefined = value;
  for (const step of path) {
    if (current === null || typeof current !== 'object') return undefined;
    current = (current as Readonly<Record<string | number, PlainValue>>)[step];
  }
  return current;
}
