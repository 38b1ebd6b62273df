import { name as nameSchema } from '../language/schema/text.ts';
import { byCodePoint } from '../language/source.ts';
import type { ObservedApi, ObservedRole } from '../model/observed-state.ts';
import { isReserved, titleProblem } from './expressible.ts';

/** A role that is narrowed to apps. */
export interface NarrowedRole {
  readonly role: ObservedRole;
  /** The name in its marker, which the declaration must keep. */
  readonly restriction: string;
  /** Names of apps, sorted. */
  readonly apps: readonly string[];
}

/** Roles by what narrows them. */
export interface SortedRoles {
  readonly narrowed: readonly NarrowedRole[];
  readonly unnarrowed: readonly ObservedRole[];
  /** Roles whose markers and apps mean nothing that could be declared. */
  readonly refused: readonly { readonly role: ObservedRole; readonly reason: string }[];
}

/** How an API narrows its roles. */
export interface Narrowing {
  readonly apps: readonly { readonly name: string; readonly title: string }[];
  readonly roles: SortedRoles;
}

const unrestricted = 'restriction:none';

/** What a role holds of an API. */
export function scopesHeld(role: ObservedRole, audience: string): readonly string[] {
  return role.grants.filter((grant) => grant.audience === audience).map(({ scope }) => scope);
}

/**
 * Reads how an API narrows its roles to apps, from the scopes that Rolewright gives for it; null where it has none of
 * them. Only what can be declared so that the very same scopes come out is read: a text is the reason why nothing can.
 */
export function narrowingOf(api: ObservedApi, roles: readonly ObservedRole[]): Narrowing | string | null {
  const reserved = api.scopes.filter(({ value }) => isReserved(value));
  if (reserved.length === 0) return null;
  const starting = (prefix: string) => reserved.filter(({ value }) => value.startsWith(prefix));
  if (starting('vendor:').length + starting('reseller:').length > 0) {
    return 'it has scopes of vendors and resellers, and does not say to which apps they belong';
  }
  const apps = starting('app:').map(({ value, description }) => ({
    name: value.slice('app:'.length),
    title: description.startsWith('App: ') ? description.slice('App: '.length) : '',
  }));
  const strange = apps.find(({ name, title }) => !nameSchema.safeParse(name).success || titleProblem(title) !== null);
  if (strange !== undefined) return `its scope app:${strange.name} is not one of Rolewright's`;
  if (apps.length === 0) return 'it has restrictions, and no apps';
  const sorted = sortByNarrowing(roles, api.audience);
  if (sorted.narrowed.length + sorted.unnarrowed.length === 0) return 'it has apps, and no role that may be narrowed';
  return markerProblem(starting('restriction:'), sorted.narrowed) ?? { apps, roles: sorted };
}

/** Sorts the roles of an API that narrows them. */
export function sortByNarrowing(roles: readonly ObservedRole[], audience: string): SortedRoles {
  const narrowed: NarrowedRole[] = [];
  const unnarrowed: ObservedRole[] = [];
  const refused: { role: ObservedRole; reason: string }[] = [];
  for (const role of roles) {
    const held = scopesHeld(role, audience).filter(isReserved);
    const [marker = '', ...more] = held.filter((scope) => scope.startsWith('restriction:'));
    const apps = held.filter((scope) => scope.startsWith('app:')).map((scope) => scope.slice('app:'.length));
    if (marker === '' || more.length > 0) refused.push({ role, reason: 'it has not exactly one restriction marker' });
    else if (marker === unrestricted && held.length === 1) unnarrowed.push(role);
    else if (marker === unrestricted || apps.length === 0) {
      refused.push({ role, reason: `its apps do not fit its marker ${marker}` });
    } else {
      narrowed.push({ role, restriction: marker.slice('restriction:'.length), apps: apps.toSorted(byCodePoint) });
    }
  }
  return { narrowed, unnarrowed, refused };
}

/** Each marker that the API offers belongs to one role, which describes it; the one for all apps to all others. */
function markerProblem(markers: ObservedApi['scopes'], narrowed: readonly NarrowedRole[]): string | null {
  const expected = new Map([[unrestricted, 'Not restricted to apps']]);
  for (const { role, restriction } of narrowed) {
    const marker = `restriction:${restriction}`;
    if (expected.has(marker)) return `two roles have the marker ${marker}`;
    if (!nameSchema.safeParse(restriction).success) return `its scope ${marker} is not one of Rolewright's`;
    expected.set(marker, `Restricted to the apps of ${role.title}`);
  }
  for (const { value, description } of markers) {
    const wanted = expected.get(value);
    if (wanted === undefined) return `its scope ${value} belongs to no role that is adopted`;
    if (wanted !== description) return `its scope ${value} is not described as Rolewright describes it`;
    expected.delete(value);
  }
  const [missing] = expected.keys();
  return missing === undefined ? null : `it has no scope ${missing}`;
}
