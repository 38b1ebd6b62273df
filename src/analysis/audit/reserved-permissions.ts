import type { Exception, Qualified, Reference } from '../../model/definitions.ts';
import { referenceText } from '../../model/reference-text.ts';
import type { AuditContext } from './audit-context.ts';
import { isExceptedUser, isSame } from './audit-context.ts';
import type { AuditedRole } from './audited-roles.ts';
import type { AuditFinding, FindingCode } from './finding.ts';
import { finding } from './finding.ts';
import type { LiveConstraint } from './live-constraint.ts';
import { applicationOf, ruleOf } from './live-constraint.ts';
import type { HeldPermission, Source, Standing } from './standing.ts';
import { auditPermission, auditPerson, heldAtLeast, rankOf } from './standing.ts';

/** `reserved`: people who hold one of the permissions by anything but a listed role, or a custom role or assignment of one. */
export function reservedPermissions(
  constraint: LiveConstraint<'reserved'>,
  context: AuditContext,
): readonly AuditFinding[] {
  const isListed = (role: AuditedRole): boolean =>
    namesBehind(role, context).some((name) =>
      constraint.rule.roles.some((listed) => isSame(listed, role.declared?.application.name ?? '', name)),
    );
  return wrongHolders('reserved-permission', constraint, isListed, context);
}

/** `never`: people who hold one of the permissions in a tenant of that purpose. */
export function forbiddenPermissions(
  constraint: LiveConstraint<'never'>,
  context: AuditContext,
): readonly AuditFinding[] {
  if (context.desired.environment.purpose !== constraint.rule.purpose) return [];
  return wrongHolders('forbidden-permission', constraint, () => false, context);
}

function wrongHolders(
  code: FindingCode,
  constraint: LiveConstraint<'reserved' | 'never'>,
  isListed: (role: AuditedRole) => boolean,
  context: AuditContext,
): readonly AuditFinding[] {
  return context.standings.flatMap((standing): readonly AuditFinding[] => {
    const { person, organization } = standing;
    if (constraint.exceptions.some(({ user }) => isExceptedUser(user, person))) return [];
    const permissions = constraint.rule.permissions.flatMap((asked): readonly HeldPermission[] => {
      const wrong = standing.sources.filter(
        (source) =>
          !(source.role !== null && isListed(source.role)) && !isExcepted(source, asked, standing, constraint, context),
      );
      const held = heldAtLeast({ ...standing, sources: wrong }, asked, context.desired);
      return held === null ? [] : [held];
    });
    if (permissions.length === 0) return [];
    return [
      finding(code, {
        application: applicationOf(constraint, context.desired),
        person: auditPerson(person),
        organization,
        rule: ruleOf(constraint),
        permissions: permissions.map(auditPermission),
      }),
    ];
  });
}

/** A role that an exception names; if it names a permission too, up to the level that it names and never a higher one. */
function isExcepted(
  source: Source,
  asked: Qualified<Reference>,
  standing: Standing,
  { exceptions }: { readonly exceptions: readonly Exception[] },
  { desired, model }: AuditContext,
): boolean {
  const { role } = source;
  if (role === null || role.declared === null) return false;
  const { application } = role.declared;
  const names = exactNames(role, { model });
  return exceptions.some(({ role: excepted, permission }) => {
    if (!names.some((name) => isSame(excepted, application.name, name))) return false;
    if (permission === null) return true;
    const held = heldAtLeast({ ...standing, sources: [source] }, asked, desired);
    if (held === null) return true;
    if (permission.application !== asked.application || permission.value.permission !== asked.value.permission)
      return false;
    const upTo = held.application.scopes.find(({ reference }) => reference === referenceText(permission.value));
    return rankOf(upTo) >= rankOf(held.scope);
  });
}

/** The names by which a rule may list a role of the tenant: its own, that of the role assigned, and a custom role's base. */
function namesBehind(role: AuditedRole, context: AuditContext): readonly string[] {
  const effective = context.model.applications.find(
    ({ definition }) => definition.name === role.declared?.application.name,
  );
  const exact = exactNames(role, context);
  const bases = (effective?.customRoles ?? []).filter(({ definition }) => exact.includes(definition.name));
  return [...exact, ...bases.map(({ definition }) => definition.base.name)];
}

/** The name of a role, and where it is an assignment's, of the role that it gives to some apps. */
function exactNames({ declared }: AuditedRole, { model }: Pick<AuditContext, 'model'>): readonly string[] {
  if (declared === null) return [];
  const { application, role } = declared;
  const effective = model.applications.find(({ definition }) => definition.name === application.name);
  const assigned = (effective?.assignments ?? []).filter(
    ({ narrows, definition }) => narrows && definition.name === role.name,
  );
  return [role.name, ...assigned.map(({ definition }) => definition.role.name)];
}
