import { z } from 'zod';
import type { Path } from '../parse/document.ts';

/** What a schema says at a path: the keys that it knows there, and its description. */
export function describeAt(
  schema: z.ZodType,
  path: Path,
): { readonly keys: readonly string[]; readonly description: string | null } {
  let current: z.ZodType = unwrap(schema);
  let description = schema.description ?? null;
  for (const step of path) {
    const next = child(current, step);
    if (next === null) return { keys: [], description: null };
    description = next.description ?? unwrap(next).description ?? null;
    current = unwrap(next);
  }
  return { keys: current instanceof z.ZodObject ? Object.keys(current.shape) : [], description };
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
