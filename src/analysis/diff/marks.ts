import type { Constraint, Reference } from '../../model/definitions.ts';
import type { ApplicationPair, Side } from './sides.ts';
import { accessLevels } from './sides.ts';
import { accessAtLeast } from './translate-constraint.ts';

/** What the rules of either side say of access, by its key; a change cannot loosen its own judge. */
export interface Marks {
  readonly sensitive: ReadonlySet<string>;
  readonly reserved: ReadonlySet<string>;
}

/** The marks of an application: what the base or the head calls sensitive, or reserves. */
export function marksOf(
  pair: ApplicationPair,
  constraints: { readonly base: readonly Constraint[]; readonly head: readonly Constraint[] },
): Marks {
  const sides = [pair.base, pair.head].filter((side) => side !== null);
  return {
    sensitive: new Set(sides.flatMap(sensitiveOf)),
    reserved: new Set([
      ...(pair.base === null ? [] : reservedOf(pair.base, constraints.base, pair)),
      ...(pair.head === null ? [] : reservedOf(pair.head, constraints.head, pair)),
    ]),
  };
}

function sensitiveOf({ access }: Side): readonly string[] {
  return [...access].flatMap(([key, { sensitive }]) => (sensitive ? [key] : []));
}

/**
 * A reserved level means "at least", so that the levels above it are reserved too: those of the side that says so, and
 * those that the head has put above it.
 */
function reservedOf(side: Side, constraints: readonly Constraint[], pair: ApplicationPair): readonly string[] {
  const name = side.application.definition.name;
  return constraints.flatMap(({ rule }) => {
    if (rule.kind !== 'reserved') return [];
    const own = rule.permissions.filter(({ application }) => application === name);
    return own.flatMap(({ value }) => [
      ...atLeast(side, value.permission, value.level),
      ...(side.side === 'base' ? aboveAtHead(side, value, pair) : []),
    ]);
  });
}

function atLeast({ permissions, now }: Side, reference: string, level: string | null): readonly string[] {
  const permission = permissions.get(reference);
  if (permission === undefined) return [];
  const levels = accessLevels(permission);
  const rank = levels.find(({ name }) => name === level)?.rank ?? 0;
  return levels.filter((other) => other.rank >= rank).map(({ name }) => now.access(reference, name));
}

function aboveAtHead(base: Side, reference: Reference, { head }: ApplicationPair): readonly string[] {
  const access = head === null ? null : accessAtLeast(reference, base, head);
  if (head === null || access === null) return [];
  const [permission = '', level = null] = access.split(':');
  return atLeast(head, permission, level);
}
