import { formatPlace } from '../../language/source.ts';
import type { AuditContext, PlacedAssignment } from './audit-context.ts';
import { isOver, isPerson, placedAssignments } from './audit-context.ts';
import type { AuditedRole } from './audited-roles.ts';
import { auditRole } from './audited-roles.ts';
import type { AuditFinding } from './finding.ts';
import { finding } from './finding.ts';
import { auditPerson } from './standing.ts';

/** People whose last day is over, and who still hold the role, by no other assignment that goes on. */
export function expiredAssignments(context: AuditContext): readonly AuditFinding[] {
  const { asOf, people } = context;
  const placed = placedAssignments(context);
  return placed.flatMap(({ application, assignment }) => {
    const role = roleOf({ application, assignment }, context);
    if (role === null) return [];
    const ended = assignment.definition.users.filter((user) => isOver(user, asOf));
    return ended.flatMap((user) =>
      people.people
        .filter((person) => person.roles.includes(role.id) && isPerson(user.account, person))
        .filter((person) => !givers(role, placed).some((giver) => isNamed(giver, person, asOf)))
        .map((person) =>
          finding('expired-assignment', {
            application: titleOf(role),
            person: auditPerson(person),
            role: auditRole(role),
            rule: {
              kind: 'assignment',
              name: `${application}/${assignment.definition.name}`,
              place: formatPlace(user.place),
            },
            day: user.validThrough,
          }),
        ),
    );
  });
}

/**
 * People who hold a role that assignments give to others. Nothing forbids it, as whatever is given by hand is left alone. A role
 * that a first sign-in brings is left out.
 */
export function undeclaredHolders(context: AuditContext): readonly AuditFinding[] {
  const placed = placedAssignments(context);
  return context.roles.flatMap((role) => {
    const given = givers(role, placed);
    if (given.length === 0 || isDefault(role, context)) return [];
    const holders = context.people.people.filter(({ roles }) => roles.includes(role.id));
    return holders
      .filter(
        (person) =>
          !given.some(({ assignment }) => assignment.definition.users.some(({ account }) => isPerson(account, person))),
      )
      .map((person) =>
        finding('undeclared-holder', {
          application: titleOf(role),
          person: auditPerson(person),
          role: auditRole(role),
        }),
      );
  });
}

/** The assignments that give a role of the tenant. */
function givers({ declared }: AuditedRole, placed: readonly PlacedAssignment[]): readonly PlacedAssignment[] {
  return placed.filter(
    ({ application, assignment }) =>
      application === declared?.application.name && assignment.heldRole === declared.role.name,
  );
}

/** Whether an assignment names the person, with a last day that is not over. */
function isNamed(
  { assignment }: PlacedAssignment,
  person: AuditContext['people']['people'][number],
  asOf: string,
): boolean {
  return assignment.definition.users.some((user) => !isOver(user, asOf) && isPerson(user.account, person));
}

function roleOf({ application, assignment }: PlacedAssignment, { roles }: AuditContext): AuditedRole | null {
  return (
    roles.find(
      ({ declared }) => declared?.application.name === application && declared.role.name === assignment.heldRole,
    ) ?? null
  );
}

function isDefault({ declared }: AuditedRole, { model }: AuditContext): boolean {
  const effective = model.applications.find(({ definition }) => definition.name === declared?.application.name);
  const policy = effective?.definition.provisioning;
  if (!policy) return false;
  return [policy.default, ...policy.byEmailDomain.map(({ role }) => role)].some(
    ({ name }) => name === declared?.role.name,
  );
}

function titleOf({ declared }: AuditedRole): AuditFinding['application'] {
  return declared === null ? null : { name: declared.application.name, title: declared.application.title };
}
