import type { Place } from '../language/source.ts';
import type {
  Application,
  AssignedUser,
  Assignment,
  Constraint,
  CustomRole,
  Environment,
  Named,
  Role,
} from './definitions.ts';

/**
 * One step on the way to a permission that is held, read from the holder downwards: `assigns` (an assignment gives a role
 * or custom role), `base` (a custom role takes it from its base), `inherits`, and last `grants`.
 */
export interface Step {
  readonly kind: 'assigns' | 'base' | 'inherits' | 'grants';
  /** The assignment, custom role or role whose file says it. */
  readonly role: string;
  /** What the line names: the role given, the base, the parent, or the reference granted. */
  readonly names: string;
  readonly place: Place;
}

/** The steps from a holder down to the grant that gives it a permission. */
export type Chain = readonly [Step, ...Step[]];

/** A permission that a role holds, at the highest level it has, with every chain that gives that level. */
export interface HeldPermission {
  /** `section/permission`. */
  readonly permission: string;
  /** The highest level held; null for a permission without levels. */
  readonly level: string | null;
  readonly chains: readonly [Chain, ...Chain[]];
}

/** A role after resolution: flat. Permissions are sorted by reference. */
export interface EffectiveRole {
  readonly kind: 'role';
  readonly definition: Role;
  readonly permissions: readonly HeldPermission[];
}

/** A custom role after resolution: exactly its base's permissions, narrowed to its apps. */
export interface EffectiveCustomRole {
  readonly kind: 'custom-role';
  readonly definition: CustomRole;
  readonly permissions: readonly HeldPermission[];
  readonly apps: readonly Named[];
  /** The vendors and resellers of its apps, sorted; reached only by levels marked `alsoForVendors`. */
  readonly vendors: readonly string[];
  readonly resellers: readonly string[];
  /** The name that stands in its restriction marker: its oldest. */
  readonly restriction: string;
}

/** An assignment after resolution: what its people hold. */
export interface EffectiveAssignment {
  readonly kind: 'assignment';
  readonly definition: Assignment;
  /** The role at the identity provider that they get: the assignment itself where it narrows, else the role named. */
  readonly heldRole: string;
  /** Whether it narrows its role, and so becomes a role of its own at the identity provider. */
  readonly narrows: boolean;
  readonly permissions: readonly HeldPermission[];
  /** As of a custom role; all empty where nothing is narrowed. */
  readonly apps: readonly Named[];
  readonly vendors: readonly string[];
  readonly resellers: readonly string[];
  /** What stands in the restriction marker: `none`, or a declaration's oldest name. */
  readonly restriction: string;
  /** The people whose last day is not over. */
  readonly users: readonly AssignedUser[];
}

/** An application with everything resolved. Roles and custom roles are sorted by name. */
export interface EffectiveApplication {
  readonly definition: Application;
  /** All roles, building blocks (`assignable: false`) included. */
  readonly roles: readonly EffectiveRole[];
  readonly customRoles: readonly EffectiveCustomRole[];
  readonly assignments: readonly EffectiveAssignment[];
  /** Whether any role may be narrowed, so that every role carries a restriction marker. */
  readonly restrictable: boolean;
}

/** Everything resolved: each role's permissions with the reason for each. */
export interface EffectiveModel {
  readonly applications: readonly EffectiveApplication[];
  readonly constraints: readonly Constraint[];
  readonly environments: readonly Environment[];
}
