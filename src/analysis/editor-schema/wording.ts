import type { JsonSchema } from '../../language/published-schema.ts';
import { patternsInWords } from '../../language/published-schema.ts';

/**
 * The same schema, with words where a language server would show a pattern: what is the matter with a value is said in
 * one line. The keywords are the editors' own, and no validator heeds them.
 */
export function inWords(schema: JsonSchema): JsonSchema {
  const words = patternsInWords();
  return reworded(schema) as JsonSchema;

  function reworded(part: unknown): unknown {
    if (Array.isArray(part)) return part.map(reworded);
    if (part === null || typeof part !== 'object') return part;
    const entries = Object.entries(part).map(([key, value]) => [key, reworded(value)]);
    const { type, pattern, description } = part as JsonSchema;
    const isPattern = type === 'string' && typeof pattern === 'string';
    const expected = isPattern ? (words.get(pattern) ?? description) : undefined;
    return Object.fromEntries(expected === undefined ? entries : [...entries, ['patternErrorMessage', expected]]);
  }
}
