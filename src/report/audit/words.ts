import type { AuditFinding, AuditPermission, AuditSource, FindingCode } from '../../analysis/audit/finding.ts';
import { enumeration } from '../enumeration.ts';
import { counted } from '../tally.ts';

/** What the findings of a kind have in common, as their heading. */
export const auditHeadings: Readonly<Record<FindingCode, string>> = {
  'conflicting-restrictions': 'Restrictions that conflict',
  'separated-permissions': 'Permissions that a constraint keeps apart',
  'reserved-permission': 'Permissions that are reserved for others',
  'forbidden-permission': 'Permissions that nobody may hold in this environment',
  'missing-required-role': 'Required roles that the tenant does not have',
  'too-few-holders': 'Roles that too few people hold',
  'too-many-holders': 'Roles that too many people hold',
  'expired-assignment': 'Assignments that are over, and still held',
  'direct-permission': 'Permissions without a role',
  'foreign-role': 'Roles that nobody declares, with permissions of ours',
  'undeclared-holder': 'People whom no assignment names',
  'blocked-holder': 'Blocked people with roles',
  'sensitive-holder': 'Holders of sensitive permissions',
  'default-role-user': 'People with the default role of their first sign-in',
  'unheld-role': 'Roles that nobody holds',
};

/** What to do about the findings of a kind, one line. */
export const auditAdvice: Readonly<Record<FindingCode, string>> = {
  'conflicting-restrictions':
    'take all but one of the roles away; until then they may do nothing that is restricted to apps',
  'separated-permissions': 'take one of them away, or list an exception with an owner and a last day',
  'reserved-permission': 'take it away, or list the role in the constraint',
  'forbidden-permission': 'take it away',
  'missing-required-role': '`rolewright up` brings it back',
  'too-few-holders': 'give it to more people, or lower what the rule asks for',
  'too-many-holders': 'take it from some, or raise what the rule allows',
  'expired-assignment': '`rolewright up` takes it away where an assignment gave it; else take it away at the tenant',
  'direct-permission': 'take them away, and give a role instead: what nobody declares, nobody reviews',
  'foreign-role': 'find out whose it is; declare it, or take the permissions out of it',
  'undeclared-holder': 'name them in an assignment, or take the role away',
  'blocked-holder': 'take the roles away, if they are not to come back with the person',
  'sensitive-holder': 'confirm for each that they still need it',
  'default-role-user': 'confirm that it is enough, or give them a role of their own',
  'unheld-role': 'give it to somebody, or remove it',
};

/** A finding in one sentence, without its heading and without a full stop. */
export function auditSentence(finding: AuditFinding): string {
  return `${subjectOf(finding)}${statementOf(finding)}`;
}

/** A person as address and id, with the organization where it is one; a role by its title. */
function auditSubject({ person, organization, role }: AuditFinding): string {
  if (person === null) return role?.title ?? '';
  const who = person.address === null ? person.id : `${person.address} (${person.id})`;
  return organization === null ? who : `${who} in ${organization}`;
}

/** Permissions as people know them, each with what gives it. */
function permissionsText(permissions: readonly AuditPermission[]): string {
  return permissions.map((permission) => `${permissionText(permission)}${throughText(permission.through)}`).join(', ');
}

/** "Edit on Spend Data", "Can View Inventory"; a scope that no catalog declares as it is. */
export function permissionText({ title, level }: AuditPermission): string {
  return level === null ? title : `${level} on ${title}`;
}

/** "Basic User, Buyers": roles by title; what no role gives is "directly". */
export function sourceText(source: AuditSource): string {
  return source.kind === 'direct' ? 'directly' : source.title;
}

function subjectOf(finding: AuditFinding): string {
  const { application } = finding;
  return `${application === null ? '' : `${application.title}: `}${auditSubject(finding)} `;
}

function statementOf({ code, rule, role, permissions, markers, through, found, limit, day }: AuditFinding): string {
  switch (code) {
    case 'conflicting-restrictions':
      return `holds ${enumeration(markers)}${throughText(through)}`;
    case 'separated-permissions':
      return `holds ${permissionsText(permissions)}, which ${rule?.name} keeps apart`;
    case 'reserved-permission':
      return `holds ${permissionsText(permissions)}, which ${rule?.name} reserves`;
    case 'forbidden-permission':
      return `holds ${permissionsText(permissions)}, which ${rule?.name} forbids here`;
    case 'missing-required-role':
      return `is not in the tenant, and ${rule?.name} requires it`;
    case 'too-few-holders':
      return `is held by ${people(found)}, and ${rule?.name} wants at least ${limit}`;
    case 'too-many-holders':
      return `is held by ${people(found)}, and ${rule?.name} allows at most ${limit}`;
    case 'expired-assignment':
      return `still holds ${role?.title}, for which ${rule?.name} names them through ${day}`;
    case 'direct-permission':
      return `holds ${enumeration(permissions.map(permissionText))} directly`;
    case 'foreign-role':
      return `gives ${enumeration(permissions.map(permissionText))} to ${people(found)}`;
    case 'undeclared-holder':
      return `holds ${role?.title}, and no assignment says so`;
    case 'blocked-holder':
      return `is blocked, and holds ${enumeration(through.map(sourceText))}`;
    case 'sensitive-holder':
      return `holds ${permissionsText(permissions)}`;
    case 'default-role-user':
      return `holds ${role?.title} since the first sign-in`;
    case 'unheld-role':
      return 'is held by nobody of those who were looked at';
  }
}

function throughText(through: readonly AuditSource[]): string {
  if (through.length === 0) return '';
  const roles = through.filter(({ kind }) => kind === 'role').map(sourceText);
  const byRoles = roles.length === 0 ? [] : [`by ${enumeration(roles)}`];
  return ` ${[...byRoles, ...(roles.length < through.length ? ['directly'] : [])].join(' and ')}`;
}

function people(count: number | null): string {
  return count === 0 || count === null ? 'nobody' : counted(count, 'person', 'people');
}
