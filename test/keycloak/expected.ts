import type { Resource } from '../../src/authorize/authorize.ts';
import type { Permission } from '../../src/model/definitions.ts';
import type {
  EffectiveApplication,
  EffectiveAssignment,
  EffectiveCustomRole,
  EffectiveRole,
} from '../../src/model/effective-model.ts';

/** Whoever becomes a role at the identity provider. */
export type Holder = EffectiveRole | EffectiveCustomRole | EffectiveAssignment;

/** A permission, at a level where it has levels. */
export interface Question {
  readonly permission: Permission;
  /** Of the level; 0 where there are none. */
  readonly rank: number;
  /** As `authorize` is asked. */
  readonly reference: string;
}

/** All that may be asked of an application, but for whom and of what. */
export function questionsOf({ definition }: EffectiveApplication): readonly Question[] {
  const permissions = definition.sections.flatMap((section) => section.permissions);
  return permissions.flatMap((permission) => {
    const { reference, levels } = permission;
    if (levels.length === 0) return [{ permission, rank: 0, reference }];
    return levels.map(({ name }, rank) => ({ permission, rank, reference: `${reference}:${name}` }));
  });
}

/** Who of an application becomes a role, in the order of their names. */
export function holdersOf({ roles, customRoles, assignments }: EffectiveApplication): readonly Holder[] {
  return [
    ...roles.filter(({ definition }) => definition.assignable),
    ...customRoles,
    ...assignments.filter(({ narrows }) => narrows),
  ];
}

/** What the effective model says, without a thought of scopes, markers or tokens. */
export function mayDo(holder: Holder, { permission, rank }: Question, resource: Resource): boolean {
  const held = holder.permissions.find((one) => one.permission === permission.reference);
  if (held === undefined) return false;
  if (permission.levels.length > 0 && permission.levels.findIndex(({ name }) => name === held.level) < rank)
    return false;
  if (permission.restrictedBy === null || holder.kind === 'role') return true;
  return 'app' in resource && holder.apps.some(({ name }) => name === resource.app);
}

/**
 * What a token should carry, written down from the language's own words: the scope of each permission at its level and of the
 * levels below; and where roles can be narrowed, the marker, with the apps and who makes and sells them.
 */
export function scopesOf(holder: Holder, application: EffectiveApplication): readonly string[] {
  const held = questionsOf(application)
    .filter((question) => holder.permissions.some((one) => reaches(one, question)))
    .map(({ permission, rank }) => permission.levels[rank]?.scope ?? permission.scope ?? '');
  if (!application.restrictable) return held.sort();
  if (holder.kind === 'role') return [...held, 'restriction:none'].sort();
  const { restriction, apps, vendors, resellers } = holder;
  return [
    ...held,
    `restriction:${restriction}`,
    ...apps.map(({ name }) => `app:${name}`),
    ...vendors.map((name) => `vendor:${name}`),
    ...resellers.map((name) => `reseller:${name}`),
  ].sort();
}

function reaches(
  { permission: reference, level }: Holder['permissions'][number],
  { permission, rank }: Question,
): boolean {
  if (reference !== permission.reference) return false;
  return permission.levels.length === 0 || permission.levels.findIndex(({ name }) => name === level) >= rank;
}
