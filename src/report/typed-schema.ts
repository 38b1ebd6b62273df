import type { JsonSchema } from '../language/published-schema.ts';

export const text: JsonSchema = { type: 'string' };
export const count: JsonSchema = { type: 'integer', minimum: 0 };
export const flag: JsonSchema = { type: 'boolean' };

/** The fields of a type, every one and no other: the compiler asks for them. */
export function object<T>(fields: { readonly [K in keyof T]-?: JsonSchema }): JsonSchema {
  return { type: 'object', required: Object.keys(fields), additionalProperties: false, properties: fields };
}

/** One of the words of a type, each a key, so that the compiler asks for all of them. */
export function words<W extends string>(all: Readonly<Record<W, true>>): JsonSchema {
  return { enum: Object.keys(all) };
}

export function list(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

/** A definition of the same schema. */
export function ref(name: string): JsonSchema {
  return { $ref: `#/definitions/${name}` };
}

export function listOf(name: string): JsonSchema {
  return list(ref(name));
}

export function orNull(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }] };
}
