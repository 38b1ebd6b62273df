import type { Related } from '../../language/diagnostic.ts';
import type {
  Constraint,
  Environment,
  Named,
  Permission,
  Qualified,
  Reference,
  Rule,
} from '../../model/definitions.ts';
import type {
  EffectiveApplication,
  EffectiveCustomRole,
  EffectiveRole,
  HeldPermission,
} from '../../model/effective-model.ts';
import { rankOf } from '../../model/resolve/hold.ts';
import { permissionsOf } from '../../model/resolve/resolve.ts';
import type { ExceptionLedger } from './exception-ledger.ts';

/** What people can hold. Building blocks are not among it: what they give is judged where it is inherited. */
export type Holder = EffectiveRole | EffectiveCustomRole;

/** An application as rules look at it. */
export interface JudgedApplication {
  readonly name: string;
  readonly effective: EffectiveApplication;
  readonly permissions: ReadonlyMap<string, Permission>;
  /** Assignable roles and custom roles, sorted by name within their kind. */
  readonly holders: readonly Holder[];
}

/** All that a rule judges by. */
export interface RuleContext {
  readonly constraint: Constraint;
  readonly applications: ReadonlyMap<string, JudgedApplication>;
  readonly environments: readonly Environment[];
  readonly exceptions: ExceptionLedger;
}

/** The rule of a kind. */
export type RuleOf<K extends Rule['kind']> = Extract<Rule, { readonly kind: K }>;

/** Prepares an application for rules. */
export function judgedApplication(effective: EffectiveApplication): JudgedApplication {
  return {
    name: effective.definition.name,
    effective,
    permissions: permissionsOf(effective.definition),
    holders: [...effective.roles.filter(({ definition }) => definition.assignable), ...effective.customRoles],
  };
}

/** The application of a name that a constraint uses; linking has seen to it that there is one. */
export function applicationOf({ applications }: RuleContext, name: string): JudgedApplication {
  const application = applications.get(name);
  if (application === undefined) throw new Error(`no application ${name}`);
  return application;
}

/** What is held of a permission, if that is at least the level asked for; else null. */
export function heldAtLeast(
  permissions: readonly HeldPermission[],
  asked: Reference,
  { permissions: known }: JudgedApplication,
): HeldPermission | null {
  const held = permissions.find(({ permission }) => permission === asked.permission);
  if (held === undefined) return null;
  const permission = known.get(asked.permission);
  return rankOf(permission, held.level) >= rankOf(permission, asked.level) ? held : null;
}

/** A name as the constraint writes it: in full where it spans applications. */
export function nameIn(constraint: Constraint, application: string, name: string): string {
  return constraint.application === null ? `${application}/${name}` : name;
}

/** The constraint as a related place. */
export function constraintRelated({ name, place }: Constraint): Related {
  return { message: `the constraint ${name}`, place };
}

/** The role or custom role of a name; null where it could not be resolved, which has been told. */
export function roleOf({ effective }: JudgedApplication, name: string): Holder | null {
  return [...effective.roles, ...effective.customRoles].find(({ definition }) => definition.name === name) ?? null;
}

/** Whether two names with their applications are the same. */
export function isSame(named: Qualified<Named> | null, application: string, name: string): boolean {
  return named?.application === application && named.value.name === name;
}
