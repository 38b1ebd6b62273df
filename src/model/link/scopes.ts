import type { Place } from '../../language/source.ts';
import type { Permission } from '../definitions.ts';
import type { Collector } from './collector.ts';

/** Prefixes of the scopes that narrow a role; no permission's scope may begin with one. */
export const reservedPrefixes = ['app:', 'reseller:', 'restriction:', 'vendor:'] as const;

/** The scopes of a permission with the reference that each stands for. */
export function scopesOf(permission: Permission): readonly { scope: string; reference: string; place: Place }[] {
  if (permission.scope !== null) {
    return [{ scope: permission.scope, reference: permission.reference, place: permission.place }];
  }
  return permission.levels.map(({ scope, name, place }) => ({
    scope,
    reference: `${permission.reference}:${name}`,
    place,
  }));
}

/** Two equal scopes, and scopes that begin like one of ours, are errors. */
export function checkScopes(permissions: readonly Permission[], collector: Collector): void {
  const taken = new Map<string, { reference: string; place: Place }>();
  for (const { scope, reference, place } of permissions.flatMap(scopesOf)) {
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
