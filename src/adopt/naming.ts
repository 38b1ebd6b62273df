import { name as nameSchema } from '../language/schema/text.ts';

/** A name that was made of a text, and whether whoever reads the text would have written the same. */
export interface MadeName {
  readonly name: string;
  readonly isObvious: boolean;
}

/** Room for `-999` within the 64 characters of a name. */
const longest = 60;

/**
 * The name of something that only has a text: in lower case, without accents, everything but letters and digits as one
 * hyphen, cut at 60 characters. Where that is no name (nothing is left, only digits, a reserved word) the word for its
 * kind comes first; where the name is taken, the first free number comes last.
 *
 * @param kind the word: `role`, `permission`, `section`, `application`
 */
export function nameFor(text: string, kind: string, isTaken: (name: string) => boolean): MadeName {
  const bare = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const hyphenated = cut(bare.replace(/[^a-z0-9]+/gu, '-').replace(/^-/u, ''), Number.POSITIVE_INFINITY);
  const fitting = cut(hyphenated, longest);
  const base = isName(fitting) ? fitting : cut(fitting === '' ? kind : `${kind}-${fitting}`, longest);
  const name = firstFree(base, isTaken);
  return { name, isObvious: name === hyphenated && /^[\x20-\x7e]*$/u.test(bare) };
}

function firstFree(base: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(base)) return base;
  for (let number = 2; ; number += 1) {
    if (!isTaken(`${base}-${number}`)) return `${base}-${number}`;
  }
}

function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/-$/u, '');
}

function isName(text: string): boolean {
  return nameSchema.safeParse(text).success;
}
