import type { DesiredApplication, DesiredRole, DesiredState } from '../../model/desired-state.ts';
import type { ObservedRole, ObservedState } from '../../model/observed-state.ts';
import type { AuditRole } from './finding.ts';

/** A role of the tenant that matters to an audit, with its declaration, which is the one of its very title; or none. */
export interface AuditedRole extends ObservedRole {
  readonly declared: DeclaredRole | null;
}

export interface DeclaredRole {
  readonly application: DesiredApplication;
  readonly role: DesiredRole;
}

/**
 * The roles whose holders an audit must know: those with the title of a declared one, and whatever else holds a permission
 * of a declared application.
 */
export function auditedRoles(
  { applications }: DesiredState,
  { roles }: Pick<ObservedState, 'roles'>,
): readonly AuditedRole[] {
  const declared = new Map(
    applications.flatMap((application) => application.roles.map((role) => [role.title, { application, role }])),
  );
  const audiences = new Set(applications.map(({ audience }) => audience));
  return roles
    .map((role): AuditedRole => ({ ...role, declared: declared.get(role.title) ?? null }))
    .filter(({ declared: known, grants }) => known !== null || grants.some(({ audience }) => audiences.has(audience)));
}

/** A role of the tenant as a finding tells it. */
export function auditRole({ declared, title, id }: AuditedRole): AuditRole {
  return { reference: declared === null ? null : referenceOf(declared), title, id };
}

/** `application/role`. */
export function referenceOf({ application, role }: DeclaredRole): string {
  return `${application.name}/${role.name}`;
}

/** Whether a role of the tenant is this declared one. */
export function isDeclaredAs(role: AuditedRole | null, application: string, name: string): boolean {
  return role?.declared?.application.name === application && role.declared.role.name === name;
}
