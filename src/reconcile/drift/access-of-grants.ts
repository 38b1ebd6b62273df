import type { DesiredApplication } from '../../model/desired-state.ts';
import type { ObservedApi } from '../../model/observed-state.ts';
import type { Access } from '../../model/plan.ts';
import { accessOf } from '../access.ts';

/** The start of every restriction marker. */
export const markerPrefix = 'restriction:';

/**
 * Scopes of one API as a reader knows them. A marker is one by its prefix, also where nobody declares it: the prefix is ours, and
 * whoever decides on access goes by it.
 *
 * @param application the one that the API belongs to; null where the environment has none
 */
export function accessOfGrants(
  scopes: readonly string[],
  application: DesiredApplication | null,
  api: ObservedApi | null,
): readonly Access[] {
  const descriptions = new Map(api?.scopes.map(({ value, description }) => [value, description]));
  return accessOf(scopes, application?.scopes ?? [], descriptions).map((access) =>
    access.kind === 'unknown' && isMarker(access.scopes[0] ?? '') ? { ...access, kind: 'restriction' } : access,
  );
}

export function isMarker(scope: string): boolean {
  return scope.startsWith(markerPrefix);
}

/** The first list without what the second has. */
export function without(scopes: readonly string[], others: readonly string[]): readonly string[] {
  const gone = new Set(others);
  return scopes.filter((scope) => !gone.has(scope));
}
