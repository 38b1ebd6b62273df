import { z } from 'zod';
import type { Kind } from './schema/kinds.ts';
import { kinds } from './schema/kinds.ts';
import { date, name, scope, title, version } from './schema/text.ts';
import { apiVersions } from './validate/validate.ts';

/** A JSON Schema, or a part of one. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Where the published schema is known; part of the contract, so it never changes within an apiVersion. */
export const schemaId = 'https://rolewright.dev/schemas/rolewright-v1.schema.json';

/**
 * The JSON Schema (draft-07) of every kind, made from the zod schemas that give the types: structure only, no names of
 * any repository. A document is held against the definition of its kind, so that an error speaks of that kind alone.
 */
export function publishedSchema(): JsonSchema {
  const names = Object.keys(kinds) as readonly Kind[];
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: schemaId,
    title: 'Rolewright document',
    description: 'One document of permissions as code: a catalog, a role, an app directory, an environment, …',
    type: 'object',
    required: ['apiVersion', 'kind'],
    properties: {
      apiVersion: { description: 'The version of the language.', enum: [...apiVersions] },
      kind: { description: 'What the document declares.', enum: [...names] },
    },
    allOf: names.map((kind) => implies(ofKind(kind), { $ref: `#/definitions/${kind}` })),
    definitions: Object.fromEntries(names.map((kind) => [kind, definitionOf(kind)])),
  };
}

/**
 * True of documents of a kind, and of no others. A pattern, for a language server that completes takes a constant for
 * fulfilled as soon as it begins like the value, and a Role for a RoleTest.
 */
export function ofKind(kind: Kind): JsonSchema {
  return { properties: { kind: { type: 'string', pattern: `^${kind}$` } }, required: ['kind'] };
}

/** A schema that asks for the second of whatever is the first. */
export function implies(condition: JsonSchema, consequence: JsonSchema): JsonSchema {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema, not a promise
  return { if: condition, then: consequence };
}

function definitionOf(kind: Kind): JsonSchema {
  const { $schema: _, ...definition } = z.toJSONSchema(kinds[kind], {
    target: 'draft-07',
    io: 'input',
    unrepresentable: 'throw',
  });
  return { title: kind, ...definition };
}

/** What the patterns of the language mean, in words; a place has a description of its own besides. */
export function patternsInWords(): ReadonlyMap<unknown, string> {
  const texts = [name, title, scope, version, date].map((schema): readonly [unknown, string] => [
    z.toJSONSchema(schema).pattern,
    schema.description ?? '',
  ]);
  return new Map(texts);
}
