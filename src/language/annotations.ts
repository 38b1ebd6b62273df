import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Diagnostic } from './diagnostic.ts';
import { diagnostic } from './diagnostic.ts';
import { nearestName } from './nearest-name.ts';
import type { Document, PlainMap } from './parse/document.ts';
import type { TypedDocument } from './validate/typed-document.ts';

/** Holds `metadata.annotations` of each document against the repository's own JSON Schema. */
export type AnnotationCheck = (documents: readonly TypedDocument[]) => readonly Diagnostic[];

const annotations = ['metadata', 'annotations'] as const;

/**
 * The check that a JSON Schema (draft-07, 2019-09 or 2020-12, as its `$schema` says) stands for, or why it stands for
 * none. A document without annotations is held against it as one with an empty map, so that `required` means what it
 * says. Nothing is ever fetched: a `$ref` to another file is a reason.
 *
 * @param text the schema, as JSON
 */
export function annotationCheck(text: string): { readonly check: AnnotationCheck } | { readonly reason: string } {
  try {
    const schema: unknown = JSON.parse(text);
    if (schema === null || typeof schema !== 'object' || Array.isArray(schema))
      return { reason: 'it is no JSON Schema' };
    if ('$async' in schema) return { reason: '$async is not supported' };
    const validate = ajvFor(schema).compile(schema);
    const known = 'properties' in schema ? Object.keys(schema.properties ?? {}) : [];
    return { check: (documents) => documents.flatMap(({ document }) => problemsOf(document, validate, known)) };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

function ajvFor(schema: object): Ajv {
  const version = '$schema' in schema ? String(schema.$schema) : '';
  const options = {
    allErrors: true,
    strictSchema: true,
    strictTypes: false,
    strictTuples: false,
    logger: false,
  } as const;
  const ajv = version.includes('2020-12')
    ? new Ajv2020(options)
    : version.includes('2019-09')
      ? new Ajv2019(options)
      : new Ajv(options);
  addFormats.default(ajv);
  return ajv;
}

function problemsOf(document: Document, validate: ValidateFunction, known: readonly string[]): readonly Diagnostic[] {
  const { annotations: written = {} } = document.value.metadata as PlainMap;
  if (validate(written)) return [];
  // That a condition's consequence is not met is said by what is wrong with it.
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if');
  return errors.map((error) => problemOf(error, document, written as PlainMap, known));
}

function problemOf(error: ErrorObject, document: Document, written: PlainMap, known: readonly string[]): Diagnostic {
  const { missingProperty, additionalProperty, unevaluatedProperty, allowedValues } = error.params;
  const whole = document.locate(annotations, 'key');
  if (typeof missingProperty === 'string') {
    return diagnostic('RW1203', whole, { what: `the annotation "${missingProperty}" is missing` });
  }
  const stray: unknown = additionalProperty ?? unevaluatedProperty;
  if (typeof stray === 'string') {
    const expected = known.length === 0 ? null : `one of ${known.join(', ')}`;
    const details = { expected, suggestion: nearestName(stray, known) };
    const place = document.locate([...annotations, stray], 'key');
    return diagnostic('RW1203', place, { what: `unknown annotation "${stray}"` }, details);
  }
  const said = error.message ?? 'is not as the schema says';
  // Annotations are a map of texts, so what is not about the whole of it is about one of its keys.
  const [name] = error.instancePath.split('/').slice(1).map(unescaped);
  if (name === undefined) return diagnostic('RW1203', whole, { what: `of the annotations: ${said}` });
  const place = document.locate([...annotations, name]);
  if (!Array.isArray(allowedValues)) return diagnostic('RW1203', place, { what: `the annotation "${name}" ${said}` });
  const found = String(written[name]);
  const allowed = allowedValues.map(String);
  const details = { expected: `one of ${allowed.join(', ')}`, suggestion: nearestName(found, allowed) };
  return diagnostic('RW1203', place, { what: `the annotation "${name}" cannot be "${found}"` }, details);
}

/** A step of a JSON pointer as the key that it stands for. */
function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
