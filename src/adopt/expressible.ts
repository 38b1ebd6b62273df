import { unseenIn } from '../language/parse/characters.ts';
import {
  description as descriptionSchema,
  scope as scopeSchema,
  title as titleSchema,
} from '../language/schema/text.ts';
import { reservedPrefixes } from '../model/link/scopes.ts';

/** Why the language cannot carry a title as it is; null if it can. */
export function titleProblem(text: string): string | null {
  if (text === '') return 'is empty';
  const unseen = unseenIn(text);
  if (unseen !== null) return `has a character that cannot be seen (${unseen})`;
  if (text.normalize('NFC') !== text) return 'is not in Unicode normal form C';
  return titleSchema.safeParse(text).success ? null : 'is longer than 200 characters, or begins or ends with a blank';
}

/** Why the language cannot carry a description as it is; null if it can. */
export function descriptionProblem(text: string): string | null {
  const unseen = unseenIn(text);
  if (unseen !== null) return `has a character that cannot be seen (${unseen})`;
  return descriptionSchema.safeParse(text).success ? null : 'is longer than 2000 characters';
}

/** Why the language cannot carry a scope as that of a permission; null if it can. */
export function scopeProblem(scope: string): string | null {
  if (isReserved(scope)) return 'begins like one of those that narrow a role';
  return scopeSchema.safeParse(scope).success ? null : 'has characters that a scope cannot have';
}

/** Whether a scope says how a role is narrowed, and is no permission's. */
export function isReserved(scope: string): boolean {
  return reservedPrefixes.some((prefix) => scope.startsWith(prefix));
}
