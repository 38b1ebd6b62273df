import { byCodePoint } from '../../language/source.ts';
import type { DesiredApplication, DesiredRole } from '../../model/desired-state.ts';
import type { RoleDeviation } from '../../model/drift.ts';
import type { ObservedRole } from '../../model/observed-state.ts';
import { isMarker, without } from './access-of-grants.ts';

/** A declared role and the tenant's role that it is, as far as that can be told without the state. */
export interface MatchedRole {
  readonly application: DesiredApplication;
  readonly declared: DesiredRole;
  readonly observed: ObservedRole | null;
  readonly knownBy: RoleDeviation['knownBy'];
  /** Other roles of the same title. */
  readonly twins: readonly ObservedRole[];
}

export interface Matching {
  readonly matched: readonly MatchedRole[];
  /** The roles that no declaration is about. */
  readonly rest: readonly ObservedRole[];
}

type Known = NonNullable<RoleDeviation['knownBy']>;
type Declared = Pick<MatchedRole, 'application' | 'declared'>;

/**
 * Finds each declared role in the tenant: by its title, which the tenant keeps unique; else, among the roles that no declaration has
 * claimed, the only one with its own marker, its description, or exactly its permissions. What two could claim, none does.
 */
export function matchRoles(declared: readonly Declared[], observed: readonly ObservedRole[]): Matching {
  const byTitle = Map.groupBy(observed, ({ title }) => title);
  const named = new Set(declared.map((one) => one.declared.title));
  const free = new Set(observed.filter(({ title }) => !named.has(title)));
  const found = new Map<DesiredRole, { readonly role: ObservedRole; readonly knownBy: Known }>();
  const missing = declared.filter((one) => !byTitle.has(one.declared.title));
  for (const knownBy of ['marker', 'description', 'permissions'] as const) {
    const open = missing.filter((one) => !found.has(one.declared));
    const claims = open.flatMap((one) => {
      const [role, ...others] = [...free].filter((candidate) => isAlike[knownBy](one, candidate));
      return role === undefined || others.length > 0 ? [] : [{ declared: one.declared, role }];
    });
    const claimants = Map.groupBy(claims, ({ role }) => role);
    for (const [role, [claim, ...others]] of claimants) {
      if (claim === undefined || others.length > 0) continue;
      found.set(claim.declared, { role, knownBy });
      free.delete(role);
    }
  }
  const matched = declared.map(({ application, declared: role }) => {
    const other = found.get(role);
    if (other !== undefined) {
      return { application, declared: role, observed: other.role, knownBy: other.knownBy, twins: [] };
    }
    const [best = null, ...twins] = nearestFirst(role, application.audience, byTitle.get(role.title) ?? []);
    return { application, declared: role, observed: best, knownBy: null, twins };
  });
  return { matched, rest: [...free] };
}

const isAlike: Readonly<Record<Known, (one: Declared, candidate: ObservedRole) => boolean>> = {
  marker: ({ application, declared }, candidate) => {
    const own = declared.scopes.find((scope) => isMarker(scope) && scope !== 'restriction:none');
    return own !== undefined && scopesOf(candidate, application.audience).includes(own);
  },
  description: ({ application, declared }, candidate) =>
    declared.description !== '' &&
    candidate.description === declared.description &&
    scopesOf(candidate, application.audience).length > 0,
  permissions: ({ application, declared }, candidate) =>
    declared.scopes.length > 0 &&
    candidate.grants.length === declared.scopes.length &&
    without(declared.scopes, scopesOf(candidate, application.audience)).length === 0,
};

/** What a role holds of one API, sorted. */
export function scopesOf({ grants }: ObservedRole, audience: string): readonly string[] {
  return grants.filter((grant) => grant.audience === audience).map(({ scope }) => scope);
}

/** Roles of one title: which of them is the declared one, only the state knows; the nearest is taken for it. */
function nearestFirst(role: DesiredRole, audience: string, all: readonly ObservedRole[]): readonly ObservedRole[] {
  const distance = (one: ObservedRole) => {
    const scopes = scopesOf(one, audience);
    const elsewhere = one.grants.length - scopes.length;
    return without(scopes, role.scopes).length + without(role.scopes, scopes).length + elsewhere;
  };
  return all.toSorted((a, b) => distance(a) - distance(b) || byCodePoint(a.id, b.id));
}
