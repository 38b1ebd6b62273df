import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import { nearestName } from '../../language/nearest-name.ts';

/** Which roles are compared, by whole titles in which `*` stands for anything. */
export interface RoleChoice {
  /** These alone; all where there is none. */
  readonly include: readonly string[];
  /** Not these, whatever includes them. */
  readonly exclude: readonly string[];
}

/** Whether a role of this title is compared. */
export function isChosen(title: string, { include, exclude }: RoleChoice): boolean {
  const fits = (pattern: string) => expressionOf(pattern).test(title);
  return (include.length === 0 || include.some(fits)) && !exclude.some(fits);
}

/** Patterns that include no role at all: a misspelt one would compare nothing, and find that nothing differs. */
export function includingNothing({ include }: RoleChoice, titles: readonly string[]): readonly Diagnostic[] {
  return include
    .filter((pattern) => !titles.some((title) => expressionOf(pattern).test(title)))
    .map((text) => diagnostic('RW6921', null, { what: 'role', text }, { suggestion: nearestName(text, titles) }));
}

function expressionOf(pattern: string): RegExp {
  const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
  return new RegExp(`^${pattern.split('*').map(literally).join('.*')}$`, 'su');
}
