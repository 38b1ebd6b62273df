import type { Expectation, Permission } from '../../model/definitions.ts';
import type {
  EffectiveApplication,
  EffectiveAssignment,
  EffectiveCustomRole,
  EffectiveRole,
  HeldPermission,
} from '../../model/effective-model.ts';
import { rankOf } from '../../model/resolve/hold.ts';
import { permissionsOf } from '../../model/resolve/resolve.ts';

/** An application as tests look at it. */
export interface TestedApplication {
  readonly effective: EffectiveApplication;
  readonly permissions: ReadonlyMap<string, Permission>;
  /** The roles and custom roles that people can hold, those that may do least first. */
  readonly holders: readonly (EffectiveRole | EffectiveCustomRole)[];
}

/** Whom a test asks. */
export type Subject = EffectiveRole | EffectiveCustomRole | EffectiveAssignment;

/** Prepares an application for tests. */
export function testedApplication(effective: EffectiveApplication): TestedApplication {
  const permissions = permissionsOf(effective.definition);
  const holders = [...effective.customRoles, ...effective.roles.filter(({ definition }) => definition.assignable)];
  const byPower = (a: Subject, b: Subject): number => power(a, permissions) - power(b, permissions);
  return { effective, permissions, holders: holders.toSorted(byPower) };
}

/** The role, custom role or assignment that an expectation names; null where it could not be resolved, which was told. */
export function subjectOf({ subject }: Expectation, { effective }: TestedApplication): Subject | null {
  const known: readonly Subject[] =
    subject.kind === 'assignment' ? effective.assignments : [...effective.roles, ...effective.customRoles];
  return known.find(({ definition }) => definition.name === subject.name) ?? null;
}

/** The apps that a subject is narrowed to; null where it is for all. */
export function narrowedTo(subject: Subject): readonly string[] | null {
  if (subject.kind === 'role' || subject.restriction === 'none') return null;
  return subject.apps.map(({ name }) => name);
}

/** How much a role may do: its permissions, each with the levels that it has. A custom role stands before its base. */
function power({ permissions: held }: Subject, known: ReadonlyMap<string, Permission>): number {
  return held.reduce((sum, { permission, level }: HeldPermission) => sum + rankOf(known.get(permission), level) + 1, 0);
}
