import type { Node, Document as YamlDocument } from 'yaml';
import { isMap, isScalar, parseAllDocuments } from 'yaml';
import type { Diagnostic, Result } from '../diagnostic.ts';
import { diagnostic, hasErrors } from '../diagnostic.ts';
import { nearestName } from '../nearest-name.ts';
import { documentOf } from '../parse/locate.ts';
import { parse } from '../parse/parse.ts';
import type { Positions } from '../parse/positions.ts';
import { positionsOf } from '../parse/positions.ts';
import type { SourceFile } from '../source.ts';
import { apiVersions, validate } from '../validate/validate.ts';
import { olderVersions } from './older-versions.ts';
import type { PlaceOf } from './step.ts';
import { stepsFromV1alpha1 } from './v1alpha1.ts';

const [current] = apiVersions;

/**
 * A file with every document of an older version in the words of the current one. Comments and the order of everything
 * stay; a file that needs no change keeps its very text. Where anything is wrong (YAML, a value that no version knows,
 * a document that is not right afterwards), the file comes back as it was, with every problem at its place in it.
 */
export function migrateSource(file: SourceFile): Result<string> {
  const [, reading] = parse([file]);
  if (hasErrors(reading)) return [file.text, reading.filter(({ severity }) => severity === 'error')];
  // Read as parse reads it, mark and line ends included, so that ranges are offsets of the file.
  const documents = parseAllDocuments(file.text, { version: '1.2', schema: 'core', keepSourceTokens: true });
  if ('empty' in documents) return [file.text, []];
  const positions = positionsOf(file);
  const migrated = documents.map((document) => migrateDocument(document, file, positions));
  const problems = migrated.flatMap(([, found]) => found);
  const isUnchanged = migrated.every(([changed]) => !changed);
  if (problems.length > 0 || isUnchanged) return [file.text, problems];
  return [documents.map(print).join('---\n'), []];
}

/** Migrates a document in place and tells whether it was of an older version. */
function migrateDocument(document: YamlDocument.Parsed, file: SourceFile, positions: Positions): Result<boolean> {
  const root = document.contents as Node | null;
  if (!isMap(root)) return [false, []];
  const placeOf: PlaceOf = ({ range }) => positions.place(range?.[0] ?? 0, range?.[1] ?? 0);
  const version = root.get('apiVersion', true) as Node | undefined;
  const found = isScalar(version) ? String(version.value) : null;
  // What is wrong with a document of the current version, or of no version, is for check to say.
  if (version === undefined || found === null || found === current) return [false, []];
  if (!(olderVersions as readonly string[]).includes(found)) return [false, [unknown(version, found, placeOf)]];
  const kind = String(root.get('kind'));
  const problems = stepsFromV1alpha1(kind).flatMap((step) => step(root, placeOf));
  if (isScalar(version)) version.value = current;
  if (problems.length > 0) return [true, problems];
  // Its nodes know where they stood, so that what is still wrong is told at its place in the file as it is.
  const [, remaining] = validate([documentOf(document, file, positions)]);
  return [true, remaining];
}

function unknown(version: Node, found: string, placeOf: PlaceOf): Diagnostic {
  const known = [...apiVersions, ...olderVersions];
  const details = { expected: `one of ${known.join(', ')}`, suggestion: nearestName(found, known) };
  return diagnostic('RW1101', placeOf(version), { found }, details);
}

function print(document: YamlDocument.Parsed): string {
  if (document.directives) document.directives.docStart = null;
  return document.toString({ lineWidth: 0, indent: 2, indentSeq: true, minContentWidth: 0 });
}
