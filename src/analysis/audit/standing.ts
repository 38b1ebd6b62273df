import { byCodePoint } from '../../language/source.ts';
import type { Qualified, Reference } from '../../model/definitions.ts';
import type { DesiredApplication, DesiredScope, DesiredState } from '../../model/desired-state.ts';
import type { ObservedPeople, ObservedPerson } from '../../model/observed-people.ts';
import type { ObservedGrant } from '../../model/observed-state.ts';
import { referenceText } from '../../model/reference-text.ts';
import type { AuditedRole } from './audited-roles.ts';
import { auditRole } from './audited-roles.ts';
import type { AuditPermission, AuditPerson, AuditSource } from './finding.ts';

/** One way in which a person holds permissions: a role of the tenant, or the permissions without a role. */
export interface Source {
  /** null: directly. */
  readonly role: AuditedRole | null;
  readonly grants: readonly ObservedGrant[];
}

/**
 * All that a person holds at once. Who signs in through an organization holds the roles given there; whether those of the
 * tenant come on top is not documented, so the two are judged apart and nothing is made of both.
 */
export interface Standing {
  readonly person: ObservedPerson;
  /** null: in the tenant itself. */
  readonly organization: string | null;
  readonly sources: readonly Source[];
}

/** What everybody holds, in the tenant and in each organization, sorted by person. */
export function standingsOf({ people }: ObservedPeople, roles: readonly AuditedRole[]): readonly Standing[] {
  const byId = new Map(roles.map((role) => [role.id, role]));
  const sourcesOf = (ids: readonly string[]): readonly Source[] =>
    ids.flatMap((id) => {
      const role = byId.get(id);
      return role === undefined ? [] : [{ role, grants: role.grants }];
    });
  return people.flatMap((person): readonly Standing[] => {
    const direct: readonly Source[] = person.direct.length === 0 ? [] : [{ role: null, grants: person.direct }];
    return [
      { person, organization: null, sources: [...sourcesOf(person.roles), ...direct] },
      ...person.memberships.map(({ organization, roles: held }) => ({
        person,
        organization,
        sources: sourcesOf(held),
      })),
    ];
  });
}

/** A scope that somebody holds, and by what. */
export interface HeldScope {
  readonly value: string;
  readonly sources: readonly Source[];
}

/** The scopes of an application that are held, sorted. */
export function scopesHeld({ sources }: Standing, { audience }: DesiredApplication): readonly HeldScope[] {
  const pairs = sources.flatMap((source) =>
    source.grants.filter((grant) => grant.audience === audience).map(({ scope }) => ({ scope, source })),
  );
  return [...Map.groupBy(pairs, ({ scope }) => scope)]
    .map(([value, same]) => ({ value, sources: same.map(({ source }) => source) }))
    .toSorted((a, b) => byCodePoint(a.value, b.value));
}

/** A permission that somebody holds, at the highest level held, and by what at least the level asked for is held. */
export interface HeldPermission {
  readonly application: DesiredApplication;
  readonly scope: DesiredScope;
  readonly sources: readonly Source[];
}

/** What is held of a permission, if that is at least the level asked for; else null, also where the application is not here. */
export function heldAtLeast(
  standing: Standing,
  { application: name, value }: Qualified<Reference>,
  { applications }: DesiredState,
): HeldPermission | null {
  const application = applications.find((one) => one.name === name);
  if (application === undefined) return null;
  const levels = application.scopes.filter(
    (scope) => scope.kind === 'permission' && permissionKey(scope) === value.permission,
  );
  const asked = levels.find(({ reference }) => reference === referenceText(value));
  const enough = new Map(levels.filter((scope) => rankOf(scope) >= rankOf(asked)).map((scope) => [scope.value, scope]));
  const held = scopesHeld(standing, application).filter((scope) => enough.has(scope.value));
  const [highest] = held.flatMap((scope) => enough.get(scope.value) ?? []).toSorted((a, b) => rankOf(b) - rankOf(a));
  if (highest === undefined) return null;
  return { application, scope: highest, sources: [...new Set(held.flatMap(({ sources }) => sources))] };
}

/** A held permission as a finding tells it. */
export function auditPermission({ application, scope, sources }: HeldPermission): AuditPermission {
  return {
    reference: `${application.name}/${scope.reference}`,
    scope: scope.value,
    title: scope.title,
    level: scope.level?.title ?? null,
    sensitive: scope.sensitive,
    through: auditSources(sources),
  };
}

/** Sources as a finding tells them, sorted by title; what is held directly comes last. */
export function auditSources(sources: readonly Source[]): readonly AuditSource[] {
  return sources
    .map(({ role }): AuditSource => (role === null ? { kind: 'direct' } : { kind: 'role', ...auditRole(role) }))
    .toSorted((a, b) => byCodePoint(keyOf(a), keyOf(b)));
}

/** Who somebody is, as a finding tells it. */
export function auditPerson({ id, email }: ObservedPerson): AuditPerson {
  return { id, address: email };
}

function keyOf(source: AuditSource): string {
  return source.kind === 'direct' ? '\u{10ffff}' : `${source.title} ${source.id}`;
}

/** The rank of a scope's level, 0 for the lowest and for what has no levels. */
export function rankOf(scope: DesiredScope | undefined): number {
  return scope?.level?.rank ?? 0;
}

/** `section/permission`, without the level: a name has no colon, so the last one is the level's. */
export function permissionKey({ reference, level }: DesiredScope): string {
  return level === null ? reference : reference.slice(0, reference.lastIndexOf(':'));
}
