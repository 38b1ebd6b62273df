import { describe, expect, it } from 'vitest';
import { annotationCheck } from '../../src/language/annotations.ts';
import type { Diagnostic } from '../../src/language/diagnostic.ts';
import { parse } from '../../src/language/parse/parse.ts';
import { validate } from '../../src/language/validate/validate.ts';

const schema = {
  type: 'object',
  required: ['owner'],
  properties: {
    owner: { type: 'string', format: 'email' },
    ticket: { type: 'string', pattern: '^OPS-\\d+$' },
    'data-class': { enum: ['public', 'internal', 'secret'] },
  },
  if: { properties: { 'data-class': { const: 'secret' } }, required: ['data-class'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema, not a promise
  then: { required: ['ticket'] },
  additionalProperties: false,
};

function environment(annotations: readonly string[] | null): string {
  const written = annotations === null ? [] : ['  annotations:', ...annotations.map((line) => `    ${line}`)];
  return `apiVersion: rolewright/v1
kind: Environment
metadata:
  name: dev
${written.map((line) => `${line}\n`).join('')}spec:
  purpose: development
  tenant: loopback
  applications:
    - name: desk
      audience: https://desk.example
`;
}

function diagnostics(annotations: readonly string[] | null, of: object = schema): readonly Diagnostic[] {
  const found = annotationCheck(JSON.stringify(of));
  if ('reason' in found) throw new Error(found.reason);
  const [documents] = parse([{ path: 'roles/environments/dev.yaml', text: environment(annotations) }]);
  const [typed, problems] = validate(documents);
  expect(problems).toEqual([]);
  return found.check(typed);
}

const told = (annotations: readonly string[] | null, of: object = schema) =>
  diagnostics(annotations, of).map(({ code, place, message }) => `${place?.line}:${place?.column} ${code} ${message}`);

describe('annotations', () => {
  it('are right where the schema says so', () => {
    expect(told(['owner: dana@example.com', 'ticket: OPS-4711', 'data-class: secret'])).toEqual([]);
  });

  it('are told at the value that is wrong', () => {
    expect(told(['owner: Dana', 'ticket: "4711"'])).toEqual([
      '6:12 RW1203 the annotation "owner" must match format "email"',
      '7:13 RW1203 the annotation "ticket" must match pattern "^OPS-\\d+$"',
    ]);
  });

  it('are told at the key that is unknown, with the one that was meant', () => {
    const [found, ...others] = diagnostics(['owner: dana@example.com', 'tickets: OPS-1']);
    expect(others).toEqual([]);
    expect([found?.message, found?.place?.line, found?.place?.column, found?.place?.endColumn]).toEqual([
      'unknown annotation "tickets"',
      7,
      5,
      12,
    ]);
    expect([found?.suggestion, found?.expected]).toEqual(['ticket', 'one of owner, ticket, data-class']);
  });

  it('suggest the word that was meant', () => {
    const [found] = diagnostics(['owner: dana@example.com', 'data-class: internl']);
    expect(found?.message).toBe('the annotation "data-class" cannot be "internl"');
    expect([found?.suggestion, found?.expected]).toEqual(['internal', 'one of public, internal, secret']);
  });

  it('that are missing are told at the map, and without one at the metadata', () => {
    expect(told(['ticket: OPS-1'])).toEqual(['5:3 RW1203 the annotation "owner" is missing']);
    expect(told(null)).toEqual(['3:1 RW1203 the annotation "owner" is missing']);
    expect(told(null, { type: 'object' })).toEqual([]);
  });

  it('are told what a condition asks for, and not that it is not met', () => {
    expect(told(['owner: dana@example.com', 'data-class: secret'])).toEqual([
      '5:3 RW1203 the annotation "ticket" is missing',
    ]);
  });

  it('are told of as a whole where the schema speaks of the whole', () => {
    expect(told(['a: b'], { type: 'object', minProperties: 2 })).toEqual([
      '5:3 RW1203 of the annotations: must NOT have fewer than 2 properties',
    ]);
  });

  it('find a key with a slash or a tilde', () => {
    const of = { properties: { 'example.com/a~b': { pattern: '^x$' } } };
    expect(told(['example.com/a~b: y'], of)).toEqual([
      '6:22 RW1203 the annotation "example.com/a~b" must match pattern "^x$"',
    ]);
  });

  it.each([
    'http://json-schema.org/draft-07/schema#',
    'https://json-schema.org/draft/2019-09/schema',
    'https://json-schema.org/draft/2020-12/schema',
  ])('take a schema of %s', ($schema) => {
    expect(told(['b: x'], { $schema, properties: { a: true }, additionalProperties: false })).toHaveLength(1);
  });

  it('know unevaluated properties, where the schema does', () => {
    const $schema = 'https://json-schema.org/draft/2020-12/schema';
    const of = { $schema, type: 'object', properties: { a: true }, unevaluatedProperties: false };
    expect(told(['b: x'], of)).toEqual(['6:5 RW1203 unknown annotation "b"']);
  });

  it('take no schema that would never be waited for', () => {
    expect(annotationCheck('{"$async": true}')).toEqual({ reason: '$async is not supported' });
  });
});
