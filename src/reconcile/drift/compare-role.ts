import { byCodePoint } from '../../language/source.ts';
import type { DesiredApplication, DesiredState } from '../../model/desired-state.ts';
import type { AccessElsewhere, DangerReason, Differing, RoleDeviation } from '../../model/drift.ts';
import type { ObservedRole, ObservedState } from '../../model/observed-state.ts';
import type { Access } from '../../model/plan.ts';
import { accessOfGrants, without } from './access-of-grants.ts';
import { dangersOf, directionOfRole, reasonsOfMarkers, reasonsOfMore } from './dangers.ts';
import type { MatchedRole } from './match-roles.ts';
import { scopesOf } from './match-roles.ts';

/** Both sides of a comparison. */
export interface Sides {
  readonly desired: DesiredState;
  readonly observed: ObservedState;
}

/** How the tenant's role differs from the declared one, and which others have its title. */
export function compareRole(match: MatchedRole, sides: Sides): readonly RoleDeviation[] {
  const { application, declared, observed, twins } = match;
  const identity = { application: application.name, role: declared.name, title: declared.title };
  if (observed === null) {
    const less = access(declared.scopes, application, sides);
    return [{ ...unremarkable, ...identity, situation: 'missing', direction: 'narrowing', less, repairs: ['up'] }];
  }
  return [...differing(match, observed, sides), ...twins.map((twin) => twinOf(match, twin, sides))];
}

/** What a role that nobody declares gives of the applications, one deviation each. */
export function undeclaredRole(role: ObservedRole, sides: Sides): readonly RoleDeviation[] {
  return sides.desired.applications.flatMap((application) => {
    const more = access(scopesOf(role, application.audience), application, sides);
    if (more.length === 0) return [];
    const dangers = dangersOf(reasonsOfMore(more));
    const { id, title } = role;
    const identity = { application: application.name, title, id };
    const direction = directionOfRole(more, [], dangers);
    return [
      {
        ...unremarkable,
        ...identity,
        situation: 'undeclared',
        more,
        dangers,
        direction,
        repairs: ['adopt', 'by-hand'],
      },
    ];
  });
}

const unremarkable = {
  subject: 'role',
  role: null,
  id: null,
  knownBy: null,
  retitled: null,
  redescribed: null,
  more: [],
  less: [],
  elsewhere: [],
  dangers: [],
} as const;

function differing(
  { application, declared, knownBy }: MatchedRole,
  observed: ObservedRole,
  sides: Sides,
): readonly RoleDeviation[] {
  const held = scopesOf(observed, application.audience);
  const more = access(without(held, declared.scopes), application, sides);
  const less = access(without(declared.scopes, held), application, sides);
  const elsewhere = accessElsewhere(observed, application, sides);
  const isThere = sides.observed.apis.some(({ audience }) => audience === application.audience);
  const retitled = differ(declared.title, observed.title);
  const redescribed = differ(declared.description, observed.description);
  if (more.length + less.length + elsewhere.length === 0 && retitled === null && redescribed === null) return [];
  const markers = reasonsOfMarkers(declared.scopes, held);
  // A role that is laid under a restriction gives nothing more by the apps that come with it.
  const counted = markers.includes('restriction-laid-on') ? more.filter(({ kind }) => kind === 'permission') : more;
  const reasons = [...markers, ...reasonsOfMore([...counted, ...elsewhere.flatMap((other) => other.access)])];
  const dangers = dangersOf([...new Set(reasons)]);
  return [
    {
      ...unremarkable,
      application: application.name,
      role: declared.name,
      title: declared.title,
      id: observed.id,
      situation: 'differs',
      direction: directionOfRole(more, less, dangers),
      knownBy,
      retitled,
      redescribed,
      more,
      less,
      elsewhere,
      dangers,
      // What has no API cannot be declared as it is.
      repairs: isThere ? ['up', 'adopt'] : ['up'],
    },
  ];
}

function twinOf({ application, declared }: MatchedRole, twin: ObservedRole, sides: Sides): RoleDeviation {
  const held = scopesOf(twin, application.audience);
  const more = access(held, application, sides);
  const elsewhere = accessElsewhere(twin, application, sides);
  const gives = [
    ...access(without(held, declared.scopes), application, sides),
    ...elsewhere.flatMap((one) => one.access),
  ];
  const extra = reasonsOfMore(gives);
  const reasons: readonly DangerReason[] = extra.length === 0 ? [] : ['same-title', ...extra];
  const dangers = dangersOf(reasons);
  const identity = { application: application.name, role: declared.name, title: twin.title, id: twin.id };
  const direction = directionOfRole([], [], dangers);
  return { ...unremarkable, ...identity, situation: 'twin', more, elsewhere, dangers, direction, repairs: ['by-hand'] };
}

function accessElsewhere(
  role: ObservedRole,
  own: DesiredApplication,
  { desired, observed }: Sides,
): readonly AccessElsewhere[] {
  const groups = Map.groupBy(
    role.grants.filter(({ audience }) => audience !== own.audience),
    ({ audience }) => audience,
  );
  return [...groups]
    .toSorted(([a], [b]) => byCodePoint(a, b))
    .map(([audience, grants]) => {
      const application = desired.applications.find((one) => one.audience === audience) ?? null;
      const scopes = grants.map(({ scope }) => scope);
      const api = observed.apis.find((one) => one.audience === audience) ?? null;
      return { audience, application: application?.name ?? null, access: accessOfGrants(scopes, application, api) };
    });
}

function access(scopes: readonly string[], application: DesiredApplication, { observed }: Sides): readonly Access[] {
  const api = observed.apis.find(({ audience }) => audience === application.audience) ?? null;
  return accessOfGrants(scopes, application, api);
}

/** A value that differs; null where both are the same. */
export function differ<T extends string | number | boolean>(declared: T, observed: T): Differing<T> | null {
  return declared === observed ? null : { declared, observed };
}
