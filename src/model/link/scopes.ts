import type { Place } from '../../language/source.ts';
import type { Permission } from '../definitions.ts';
import type { Collector } from './collector.ts';

/** Prefixes of the scopes that narrow a role; no permission's scope may begin with one. */
export const reservedPrefixes = ['app:', 'reseller:', 'restriction:', 'vendor:'] as const;

/** A scope with the reference that it stands for, and the token that gives it. */
export interface PlacedScope {
  readonly scope: string;
  readonly reference: string;
  readonly place: Place;
}

/** What a section gives to the scopes of its permissions. */
export interface ScopeSource {
  readonly name: string;
  readonly scopePrefix?: string | undefined;
}

/** The scope that comes from a name: it comes from the permission alone, and another line never changes it. */
export function derivedScope({ scopePrefix }: ScopeSource, permission: string, level: string | null): string {
  const scope = level === null ? permission : `${level}:${permission}`;
  return scopePrefix === undefined ? scope : `${scopePrefix}:${scope}`;
}

/**
 * The scopes that a permission had by its former references, at one level, and has not now; oldest first. A section that is
 * gone took its prefix with it, so what it gave cannot be known and is left out.
 */
export function formerScopes(
  { name, formerly = [] }: { readonly name: string; readonly formerly?: readonly string[] | undefined },
  level: string | null,
  { section, sections }: { readonly section: ScopeSource; readonly sections: readonly ScopeSource[] },
): readonly string[] {
  const old = formerly.flatMap((reference) => {
    const [sectionName, permission = ''] = reference.split('/');
    const source = sections.find((one) => one.name === sectionName);
    return source === undefined ? [] : [derivedScope(source, permission, level)];
  });
  const current = derivedScope(section, name, level);
  return [...new Set(old)].filter((scope) => scope !== current);
}

/** The reference that a scope of a permission stands for; null if it has no such scope. */
export function referenceOfScope(permission: Permission, scope: string): string | null {
  if (permission.scope === scope) return permission.reference;
  const level = permission.levels.find((known) => known.scope === scope);
  return level === undefined ? null : `${permission.reference}:${level.name}`;
}

/** Two equal scopes, and scopes that begin like one of ours, are errors. */
export function checkScopes(scopes: readonly PlacedScope[], collector: Collector): void {
  const taken = new Map<string, { reference: string; place: Place }>();
  for (const { scope, reference, place } of scopes) {
    if (reservedPrefixes.some((prefix) => scope.startsWith(prefix))) {
      const expected = `none of ${reservedPrefixes.join(', ')} at the beginning`;
      collector.report(
        'RW2119',
        place,
        { scope },
        { expected, help: 'rename it, or give it a scope of its own with "scope:"' },
      );
    }
    const first = taken.get(scope);
    // The same reference twice is told as a name declared twice.
    if (first !== undefined && first.reference !== reference) {
      const related = [{ message: `"${first.reference}" has it here`, place: first.place }];
      const help = 'give one of the two sections a scopePrefix, or one of the two a scope of its own';
      collector.report('RW2118', place, { scope, other: first.reference }, { related, help });
    }
    if (first === undefined) taken.set(scope, { reference, place });
  }
}
