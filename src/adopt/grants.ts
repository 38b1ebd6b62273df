import { byCodePoint } from '../language/source.ts';

/** A permission as far as its scopes go: it has one of its own, or levels, lowest first, that have them. */
export interface ScopedPermission {
  /** `section/permission`. */
  readonly reference: string;
  readonly scope: string | null;
  readonly levels: readonly { readonly name: string; readonly scope: string }[];
}

/**
 * The grants that give back exactly these scopes, sorted; or the scopes for which there are none: unknown ones, and levels
 * that are held without a lower one.
 */
export function grantsOf(
  scopes: readonly string[],
  permissions: readonly ScopedPermission[],
): { readonly grants: readonly string[] } | { readonly stray: readonly string[] } {
  const left = new Set(scopes);
  const grants: string[] = [];
  for (const { reference, scope, levels } of permissions) {
    if (scope !== null && left.delete(scope)) grants.push(reference);
    const missing = levels.findIndex((level) => !left.has(level.scope));
    const held = missing < 0 ? levels : levels.slice(0, missing);
    for (const level of held) left.delete(level.scope);
    const highest = held.at(-1);
    if (highest !== undefined) grants.push(`${reference}:${highest.name}`);
  }
  return left.size === 0 ? { grants: grants.sort(byCodePoint) } : { stray: [...left].sort(byCodePoint) };
}

/** Why there are no grants for scopes that were left over. */
export function strayReason(stray: readonly string[], permissions: readonly ScopedPermission[]): string {
  const levels = new Set(permissions.flatMap((permission) => permission.levels.map(({ scope }) => scope)));
  const unknown = stray.filter((scope) => !levels.has(scope));
  return unknown.length > 0
    ? `it holds ${unknown.join(', ')}, which its API does not offer`
    : `it holds ${stray.join(', ')} without the levels below`;
}
