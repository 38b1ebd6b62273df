import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlainMap, PlainValue } from '../../src/language/parse/document.ts';
import { parse } from '../../src/language/parse/parse.ts';
import { publishedSchema } from '../../src/language/published-schema.ts';
import { validate } from '../../src/language/validate/validate.ts';
import { goldenCases } from '../support/cases.ts';
import { changed, changes } from '../support/value-changes.ts';

const accepts = new Ajv({ strict: true, allowUnionTypes: true }).compile(publishedSchema());

const [ofCases] = parse(goldenCases().flatMap(({ files }) => files));
const [ofRepository] = parse(filesBelow(resolve(import.meta.dirname, '../../roles')));
const right = [...ofRepository, ...ofCases].map(({ value }) => value).filter((value) => acceptedByZod(value));

describe('the published schema and zod', () => {
  it('give the same verdict on every document of every golden case', () => {
    expect(ofCases.length).toBeGreaterThan(100);
    for (const { value, file } of ofCases)
      expect({ file, ok: accepts(value) }).toEqual({ file, ok: acceptedByZod(value) });
  });

  it('both accept every document of this repository', () => {
    expect(ofRepository.length).toBeGreaterThan(20);
    for (const { value, file } of ofRepository) {
      expect({ file, ajv: accepts(value), zod: acceptedByZod(value) }).toEqual({ file, ajv: true, zod: true });
    }
  });

  it('give the same verdict on right documents with something changed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...right), changes, (value, made) => {
        const other = changed(value, made);
        expect({ other, ok: accepts(other) }).toEqual({ other, ok: acceptedByZod(other) });
      }),
      { numRuns: 1500 },
    );
  });
});

function acceptedByZod(value: PlainValue): boolean {
  const document = {
    file: 'x.yaml',
    value: value as PlainMap,
    locate: () => ({ file: 'x.yaml', line: 1, column: 1, endLine: 1, endColumn: 1 }),
    written: () => '',
  };
  return validate([document])[0].length === 1;
}

function filesBelow(folder: string): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}
