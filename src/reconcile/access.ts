import { byCodePoint } from '../language/source.ts';
import type { DesiredScope } from '../model/desired-state.ts';
import type { Access, Direction } from '../model/plan.ts';

/**
 * Scopes as a reader knows them. The levels of one permission are one access, at the highest of them: who gains `edit`
 * and holds `view` gains edit. Sorted by kind, then by reference.
 *
 * @param declared the scopes of the application as desired
 * @param descriptions what the identity provider says of scopes that nobody declares any more
 */
export function accessOf(
  scopes: readonly string[],
  declared: readonly DesiredScope[],
  descriptions: ReadonlyMap<string, string>,
): readonly Access[] {
  const known = new Map(declared.map((scope) => [scope.value, scope]));
  const groups = Map.groupBy(scopes, (value) => {
    const scope = known.get(value);
    return scope === undefined ? `unknown ${value}` : `${scope.kind} ${permissionOf(scope)}`;
  });
  return [...groups.values()]
    .map((values) => {
      const sorted = [...values].sort(byCodePoint);
      const highest = sorted
        .flatMap((value) => known.get(value) ?? [])
        .reduce<DesiredScope | null>((best, scope) => (best === null || rank(scope) > rank(best) ? scope : best), null);
      return highest === null ? unknown(sorted, descriptions) : declaredAccess(highest, sorted, known);
    })
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || byCodePoint(nameOf(a), nameOf(b)));
}

/**
 * A change that gives anything is a widening, whatever it takes: that is what must be looked at. A restriction marker
 * gives nothing by itself, but one in the place of `restriction:none` lays a restriction on, and then the apps that come
 * with it give nothing either; the other way round a restriction is lifted, and the apps that go take nothing.
 */
export function directionOf(gains: readonly Access[], loses: readonly Access[]): Direction {
  const lifted = isMarked(gains, unrestricted) && isMarked(loses, restricted);
  const laidOn = isMarked(loses, unrestricted) && isMarked(gains, restricted);
  const counts = (access: Access, appsCount: boolean) =>
    access.kind === 'permission' || access.kind === 'unknown' || (appsCount && access.kind !== 'restriction');
  if (lifted || gains.some((access) => counts(access, !laidOn))) return 'widening';
  return laidOn || loses.some((access) => counts(access, !lifted)) ? 'narrowing' : 'neutral';
}

const unrestricted = (scope: string) => scope === 'restriction:none';
const restricted = (scope: string) => !unrestricted(scope);

function isMarked(access: readonly Access[], by: (scope: string) => boolean): boolean {
  return access.some(({ kind, scopes }) => kind === 'restriction' && scopes.some(by));
}

const kinds: readonly Access['kind'][] = ['permission', 'app', 'vendor', 'reseller', 'restriction', 'unknown'];

function declaredAccess(
  { kind, reference, title, level }: DesiredScope,
  scopes: readonly string[],
  known: ReadonlyMap<string, DesiredScope>,
): Access {
  const sensitive = scopes.some((value) => known.get(value)?.sensitive === true);
  return { scopes, reference, title, level: level?.title ?? null, kind, sensitive };
}

function unknown(scopes: readonly string[], descriptions: ReadonlyMap<string, string>): Access {
  const [value = ''] = scopes;
  return {
    scopes,
    reference: null,
    title: descriptions.get(value) || value,
    level: null,
    kind: 'unknown',
    sensitive: false,
  };
}

function rank({ level }: DesiredScope): number {
  return level?.rank ?? 0;
}

/** A permission's reference without its level; a name has no colon, so the last one is the level's. */
function permissionOf({ reference, level }: DesiredScope): string {
  return level === null ? reference : reference.slice(0, reference.lastIndexOf(':'));
}

function nameOf({ reference, scopes }: Access): string {
  return reference ?? scopes[0] ?? '';
}
