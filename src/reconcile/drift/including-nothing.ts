import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import { nearestName } from '../../language/nearest-name.ts';
import type { NameChoice } from '../../model/name-choice.ts';
import { matches } from '../../model/name-choice.ts';

/** Patterns that include no role at all: a misspelt one would compare nothing, and find that nothing differs. */
export function includingNothing({ include }: NameChoice, titles: readonly string[]): readonly Diagnostic[] {
  return include
    .filter((pattern) => !titles.some((title) => matches(pattern, title)))
    .map((text) => diagnostic('RW6921', null, { what: 'role', text }, { suggestion: nearestName(text, titles) }));
}
