import type { Constraint, Exception, Named, Qualified, Reference, Rule } from '../../model/definitions.ts';
import type { ApplicationPair, Side } from './sides.ts';
import { accessLevels } from './sides.ts';

/**
 * A constraint of the base in the names of the head, so that it can be judged and compared there. What the head has no more
 * is left out, because nobody can hold it; null where nothing is left to break.
 */
export function translatedConstraint(constraint: Constraint, pairs: readonly ApplicationPair[]): Constraint | null {
  const rule = translatedRule(constraint.rule, pairs);
  if (rule === null) return null;
  const application = constraint.application === null ? null : (pairOf(constraint.application, pairs)?.name ?? null);
  return {
    ...constraint,
    application,
    rule,
    exceptions: constraint.exceptions.flatMap((exception) => translatedException(exception, pairs) ?? []),
  };
}

function translatedRule(rule: Rule, pairs: readonly ApplicationPair[]): Rule | null {
  const permissionsOf = (permissions: readonly Qualified<Reference>[]) =>
    permissions.flatMap((permission) => translatedPermission(permission, pairs) ?? []);
  const rolesOf = (roles: readonly Qualified<Named>[]) => roles.flatMap((role) => translatedRole(role, pairs) ?? []);
  switch (rule.kind) {
    case 'separate': {
      const permissions = permissionsOf(rule.permissions);
      return permissions.length < 2 ? null : { ...rule, permissions };
    }
    case 'reserved': {
      const permissions = permissionsOf(rule.permissions);
      return permissions.length === 0 ? null : { ...rule, permissions, roles: rolesOf(rule.roles) };
    }
    case 'never': {
      const permissions = permissionsOf(rule.permissions);
      return permissions.length === 0 ? null : { ...rule, permissions };
    }
    case 'holders': {
      const role = translatedRole(rule.role, pairs);
      return role === null ? null : { ...rule, role };
    }
    case 'supervises': {
      const supervisor = translatedRole(rule.supervisor, pairs);
      const supervised = rolesOf(rule.supervised);
      return supervisor === null || supervised.length === 0 ? null : { ...rule, supervisor, supervised };
    }
  }
}

function translatedException(exception: Exception, pairs: readonly ApplicationPair[]): Exception | null {
  const role = exception.role === null ? null : translatedRole(exception.role, pairs);
  const assignment = exception.assignment === null ? null : translatedAssignment(exception.assignment, pairs);
  const permission = exception.permission === null ? null : translatedPermission(exception.permission, pairs);
  const isGone =
    (role === null && exception.role !== null) ||
    (assignment === null && exception.assignment !== null) ||
    (permission === null && exception.permission !== null);
  return isGone ? null : { ...exception, role, assignment, permission };
}

function translatedRole({ application, value }: Qualified<Named>, pairs: readonly ApplicationPair[]) {
  const pair = pairOf(application, pairs);
  const name = pair?.base?.now.role(value.name);
  const { roles = [], customRoles = [] } = pair?.head?.application.definition ?? {};
  const isThere = [...roles, ...customRoles].some((role) => role.name === name);
  return pair === undefined || name === undefined || !isThere
    ? null
    : { application: pair.name, value: { ...value, name } };
}

function translatedAssignment({ application, value }: Qualified<Named>, pairs: readonly ApplicationPair[]) {
  const pair = pairOf(application, pairs);
  const name = pair?.base?.now.assignment(value.name);
  const isThere = pair?.head?.application.definition.assignments.some((assignment) => assignment.name === name);
  return pair === undefined || name === undefined || isThere !== true
    ? null
    : { application: pair.name, value: { ...value, name } };
}

/** A permission at "at least" a level, as the head has it. */
export function translatedPermission(
  { application, value }: Qualified<Reference>,
  pairs: readonly ApplicationPair[],
): Qualified<Reference> | null {
  const pair = pairOf(application, pairs);
  if (pair === undefined || pair.base === null || pair.head === null) return null;
  const text = accessAtLeast(value, pair.base, pair.head);
  if (text === null) return null;
  const [permission = '', level = null] = text.split(':');
  return { application: pair.name, value: { ...value, text, permission, level } };
}

/**
 * The head's access that "at least" a level of the base comes to. A level that is gone is stood for by the lowest one above
 * those that were below it: a new name for a level does not take it from under its rule.
 */
export function accessAtLeast({ permission, level }: Reference, base: Side, head: Side): string | null {
  const wanted = base.now.access(permission, level);
  if (head.access.has(wanted)) return wanted;
  const before = base.permissions.get(permission);
  const after = head.permissions.get(base.now.permission(permission));
  if (before === undefined || after === undefined) return null;
  const below = accessLevels(before)
    .slice(
      0,
      Math.max(
        0,
        accessLevels(before).findIndex(({ name }) => name === level),
      ),
    )
    .map(({ name }) => head.access.get(base.now.access(permission, name))?.rank ?? -1);
  const lowest = accessLevels(after)[Math.max(-1, ...below) + 1];
  return lowest === undefined ? null : head.now.access(after.reference, lowest.name);
}

function pairOf(application: string, pairs: readonly ApplicationPair[]): ApplicationPair | undefined {
  return pairs.find(({ base }) => base?.application.definition.name === application);
}
