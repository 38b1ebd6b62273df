import type { Diagnostic, Result } from '../diagnostic.ts';
import { diagnostic } from '../diagnostic.ts';
import { olderVersions } from '../migrate/older-versions.ts';
import { nearestName } from '../nearest-name.ts';
import type { Document } from '../parse/document.ts';
import type { Kind } from '../schema/kinds.ts';
import { kinds } from '../schema/kinds.ts';
import { describeValue } from './describe-value.ts';
import { shapeProblem } from './shape-problem.ts';
import type { TypedDocument } from './typed-document.ts';

/** The versions of the language, newest first. */
export const apiVersions = ['rolewright/v1'] as const;

/**
 * Holds each document against the schema of its kind. Documents with problems are left out of the value; the others
 * come in the order of the files.
 */
export function validate(documents: readonly Document[]): Result<readonly TypedDocument[]> {
  const validated = documents.map(validateDocument);
  return [
    validated.flatMap(([document]) => (document === null ? [] : [document])),
    validated.flatMap(([, diagnostics]) => diagnostics),
  ];
}

function validateDocument(document: Document): Result<TypedDocument | null> {
  const heading = [
    ...checkWord(document, 'apiVersion', apiVersions, 'RW1101'),
    ...checkWord(document, 'kind', Object.keys(kinds), 'RW1102'),
  ];
  if (heading.length > 0) return [null, heading];
  const kind = document.value.kind as Kind;
  const parsed = kinds[kind].safeParse(document.value);
  if (parsed.success) return [{ kind, value: parsed.data, document } as TypedDocument, []];
  return [null, parsed.error.issues.flatMap((issue) => shapeProblem(issue, document, kinds[kind]))];
}

function checkWord(
  document: Document,
  key: 'apiVersion' | 'kind',
  known: readonly string[],
  code: 'RW1101' | 'RW1102',
): readonly Diagnostic[] {
  const found = document.value[key];
  const expected = known.length === 1 ? `${known[0]}` : `one of ${known.join(', ')}`;
  if (found === undefined) {
    return [diagnostic('RW1104', document.locate([key], 'key'), { key }, { expected: `${key}: ${expected}` })];
  }
  if (typeof found !== 'string') {
    return [diagnostic('RW1105', document.locate([key]), { key, found: describeValue(found) }, { expected })];
  }
  if (known.includes(found)) return [];
  if (code === 'RW1101' && (olderVersions as readonly string[]).includes(found)) {
    const help = 'it is an older version: `rolewright migrate` rewrites the document';
    return [diagnostic(code, document.locate([key]), { found }, { expected, help })];
  }
  const suggestion = nearestName(found, known);
  return [diagnostic(code, document.locate([key]), { found }, { expected, suggestion })];
}
