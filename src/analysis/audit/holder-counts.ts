import { formatPlace } from '../../language/source.ts';
import type { AuditContext } from './audit-context.ts';
import { isSame, placedAssignments } from './audit-context.ts';
import type { AuditedRole, DeclaredRole } from './audited-roles.ts';
import { isDeclaredAs, referenceOf } from './audited-roles.ts';
import type { AuditFinding, AuditRole, AuditRule } from './finding.ts';
import { finding } from './finding.ts';
import type { LiveConstraint } from './live-constraint.ts';
import { ruleOf } from './live-constraint.ts';
import type { Standing } from './standing.ts';

/**
 * `holders`: how many distinct people hold a role. Who holds it for some apps only, or in an organization only, counts
 * against `atMost` and not for `atLeast`. A role that this environment does not have is not judged.
 */
export function brokenHolders(constraint: LiveConstraint<'holders'>, context: AuditContext): readonly AuditFinding[] {
  const { rule, exceptions } = constraint;
  const { application, value } = rule.role;
  const declared = declaredRole(application, value.name, context);
  if (declared === null || exceptions.some(({ role }) => isSame(role, application, value.name))) return [];
  const isWhole = (role: AuditedRole | null): boolean => isDeclaredAs(role, application, value.name);
  const names = narrowingsOf(application, value.name, context);
  const isAny = (role: AuditedRole | null): boolean => names.some((name) => isDeclaredAs(role, application, name));
  const { atLeast, atMost } = rule;
  const few = countHolders(isWhole, context.standings.filter(isOfTenant));
  const many = countHolders(isAny, context.standings);
  const said = { ...about(declared, context), rule: ruleOf(constraint) };
  return [
    ...(few >= (atLeast ?? 0) ? [] : [finding('too-few-holders', { ...said, found: few, limit: atLeast })]),
    ...(atMost === null || many <= atMost
      ? []
      : [finding('too-many-holders', { ...said, found: many, limit: atMost })]),
  ];
}

/** The roles that the environment requires: whether they are there, and have the holders that it asks for. */
export function brokenGuards(context: AuditContext): readonly AuditFinding[] {
  const { model, desired } = context;
  const environment = model.environments.find(({ name }) => name === desired.environment.name);
  return (environment?.guards.requiredRoles ?? []).flatMap((required): readonly AuditFinding[] => {
    const { application, name, minimumHolders: minimum, place } = required;
    const declared = declaredRole(application, name, context);
    if (declared === null) return [];
    const rule: AuditRule = { kind: 'guard', name: desired.environment.name, place: formatPlace(place) };
    const isIt = (role: AuditedRole | null): boolean => isDeclaredAs(role, application, name);
    const said = { ...about(declared, context), rule, limit: minimum };
    if (!context.roles.some(isIt)) return [finding('missing-required-role', said)];
    const found = countHolders(isIt, context.standings.filter(isOfTenant));
    return found >= (minimum ?? 0) ? [] : [finding('too-few-holders', { ...said, found })];
  });
}

function about(declared: DeclaredRole, { roles }: AuditContext): Pick<AuditFinding, 'application' | 'role'> {
  const { application, role } = declared;
  const there = roles.find((one) => isDeclaredAs(one, application.name, role.name));
  const told: AuditRole = { reference: referenceOf(declared), title: role.title, id: there?.id ?? null };
  return { application: { name: application.name, title: application.title }, role: told };
}

function declaredRole(application: string, name: string, { desired }: AuditContext): DeclaredRole | null {
  const placed = desired.applications.find((one) => one.name === application);
  const role = placed?.roles.find((one) => one.name === name);
  return placed === undefined || role === undefined ? null : { application: placed, role };
}

/** The role, its custom roles, and the assignments that give either to some apps: each a role of the tenant. */
function narrowingsOf(application: string, role: string, context: AuditContext): readonly string[] {
  const effective = context.model.applications.find(({ definition }) => definition.name === application);
  const custom = (effective?.customRoles ?? []).filter(({ definition }) => definition.base.name === role);
  const names = [role, ...custom.map(({ definition }) => definition.name)];
  const narrowing = placedAssignments(context).filter(
    (placed) => placed.application === application && names.includes(placed.assignment.definition.role.name),
  );
  return [...new Set([...names, ...narrowing.map(({ assignment }) => assignment.heldRole)])];
}

function countHolders(isIt: (role: AuditedRole | null) => boolean, standings: readonly Standing[]): number {
  const holders = standings.filter(({ sources }) => sources.some(({ role }) => isIt(role)));
  return new Set(holders.map(({ person }) => person.id)).size;
}

function isOfTenant({ organization }: Standing): boolean {
  return organization === null;
}
