import { z } from 'zod';
import type { Path } from '../parse/document.ts';
import { name as nameSchema } from '../schema/text.ts';

/** What a schema says of the value at a path. */
export interface SchemaPart {
  /** The keys that it knows there. */
  readonly keys: readonly string[];
  readonly description: string | null;
  readonly isOptional: boolean;
  readonly accepts: (value: unknown) => boolean;
}

/** What a schema says at a path. */
export function describeAt(schema: z.ZodType, path: Path): SchemaPart {
  let current: z.ZodType = unwrap(schema);
  let description = schema.description ?? null;
  let isOptional = false;
  for (const step of path) {
    const next = child(current, step);
    if (next === null) return { keys: [], description: null, isOptional: false, accepts: () => false };
    description = next.description ?? unwrap(next).description ?? null;
    isOptional = next instanceof z.ZodOptional;
    current = unwrap(next);
  }
  const keys = current instanceof z.ZodObject ? Object.keys(current.shape) : [];
  return { keys, description, isOptional, accepts: (value) => current.safeParse(value).success };
}

/** Whether the value is a name, as nothing else in the language is written. */
export function takesName({ accepts }: SchemaPart): boolean {
  return accepts('a-name') && !accepts('A name') && !accepts('a:name');
}

/** How the value is to be written: what a name is, or what the schema says. */
export function expectedOf(part: SchemaPart): string | null {
  return takesName(part) ? (nameSchema.description ?? null) : part.description;
}

function child(schema: z.ZodType, step: string | number): z.ZodType | null {
  if (schema instanceof z.ZodObject) return (schema.shape[step] as z.ZodType | undefined) ?? null;
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  return null;
}

function unwrap(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ? unwrap(schema.unwrap() as z.ZodType) : schema;
}
