import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../../src/language/published-schema.ts';
import { publishedSchema } from '../../src/language/published-schema.ts';
import { kinds } from '../../src/language/schema/kinds.ts';

const schema = publishedSchema();
const definitions = schema.definitions as Readonly<Record<string, JsonSchema>>;

/** Every part of a schema with its path: the keys of maps, and the entries of lists. */
function partsOf(part: JsonSchema, path: string): readonly { readonly path: string; readonly part: JsonSchema }[] {
  const properties = Object.entries((part.properties ?? {}) as Readonly<Record<string, JsonSchema>>);
  const items = part.items as JsonSchema | undefined;
  return [
    { path, part },
    ...properties.flatMap(([key, inner]) => partsOf(inner, `${path}.${key}`)),
    ...(items === undefined ? [] : partsOf(items, `${path}[]`)),
  ];
}

const parts = Object.entries(definitions).flatMap(([kind, definition]) => partsOf(definition, kind));

describe('the published schema', () => {
  it('is draft-07 with an id of its own, and nothing in it is unknown to a strict validator', () => {
    expect(schema).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', title: 'Rolewright document' });
    expect(schema.$id).toMatch(/^https:\/\/.*\/rolewright-v1\.schema\.json$/u);
    expect(() => new Ajv({ strict: true }).compile(schema)).not.toThrow();
  });

  it('describes every kind and every field', () => {
    expect(Object.keys(definitions)).toEqual(Object.keys(kinds));
    const undescribed = [...partsOf({ properties: schema.properties }, ''), ...parts]
      .filter(({ path }) => path !== '' && !path.endsWith('[]'))
      .filter(({ part }) => typeof part.description !== 'string' || !/^\S.*\S$/u.test(part.description));
    expect(undescribed.map(({ path }) => path)).toEqual([]);
    expect(parts.length).toBeGreaterThan(150);
  });

  it('refuses unknown keys in every map', () => {
    const maps = parts.filter(({ part }) => part.properties !== undefined);
    expect(maps.filter(({ part }) => part.additionalProperties !== false).map(({ path }) => path)).toEqual([]);
  });

  it('has only examples that it accepts', () => {
    const ajv = new Ajv({ strict: true });
    const exemplary = parts.filter(({ part }) => part.examples !== undefined);
    for (const { part } of exemplary) {
      for (const example of part.examples as readonly unknown[]) expect(ajv.validate(part, example)).toBe(true);
    }
    expect(exemplary.length).toBeGreaterThan(3);
  });
});
