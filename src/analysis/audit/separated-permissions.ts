import type { AuditContext } from './audit-context.ts';
import { isExceptedUser, isOver, isPerson, isSame, placedAssignments } from './audit-context.ts';
import { isDeclaredAs } from './audited-roles.ts';
import type { AuditFinding } from './finding.ts';
import { finding } from './finding.ts';
import type { LiveConstraint } from './live-constraint.ts';
import { applicationOf, ruleOf } from './live-constraint.ts';
import type { HeldPermission, Source, Standing } from './standing.ts';
import { auditPermission, auditPerson, heldAtLeast } from './standing.ts';

/**
 * `separate`: people who hold two of the permissions, each at least at its level. Where one role gives both, it is excepted
 * by its name; where two roles do, by the person's, or by that of an assignment which brings one of them.
 */
export function separatedPermissions(
  constraint: LiveConstraint<'separate'>,
  context: AuditContext,
): readonly AuditFinding[] {
  return context.standings.flatMap((standing): readonly AuditFinding[] => {
    const held = constraint.rule.permissions.flatMap((asked) => heldAtLeast(standing, asked, context.desired) ?? []);
    const together = held.filter((one) =>
      held.some((other) => other !== one && !isExcepted([one, other], standing, constraint, context)),
    );
    if (together.length === 0) return [];
    return [
      finding('separated-permissions', {
        application: applicationOf(constraint, context.desired),
        person: auditPerson(standing.person),
        organization: standing.organization,
        rule: ruleOf(constraint),
        permissions: together.map(auditPermission),
      }),
    ];
  });
}

type Pair = readonly [HeldPermission, HeldPermission];

function isExcepted(
  [one, other]: Pair,
  { person }: Standing,
  { exceptions }: LiveConstraint<'separate'>,
  context: AuditContext,
): boolean {
  if (exceptions.some(({ user }) => isExceptedUser(user, person))) return true;
  const both = one.sources.filter((source) => other.sources.includes(source));
  if (both.length > 0) {
    return both.some(({ role }) =>
      exceptions.some(({ role: named }) => named !== null && isDeclaredAs(role, named.application, named.value.name)),
    );
  }
  const named = placedAssignments(context).filter(
    ({ application, assignment: { definition } }) =>
      exceptions.some((exception) => isSame(exception.assignment, application, definition.name)) &&
      definition.users.some((user) => !isOver(user, context.asOf) && isPerson(user.account, person)),
  );
  const isNamed = ({ role }: Source): boolean =>
    named.some(({ application, assignment }) => isDeclaredAs(role, application, assignment.heldRole));
  return one.sources.every((a) => other.sources.every((b) => isNamed(a) || isNamed(b)));
}
