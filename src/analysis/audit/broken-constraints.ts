import type { Constraint } from '../../model/definitions.ts';
import type { AuditContext } from './audit-context.ts';
import { isOver } from './audit-context.ts';
import type { AuditFinding } from './finding.ts';
import { brokenHolders } from './holder-counts.ts';
import { forbiddenPermissions, reservedPermissions } from './reserved-permissions.ts';
import { separatedPermissions } from './separated-permissions.ts';

/**
 * The constraints that people break. What counts is what the tenant gives them, by whichever role: a role that somebody has
 * edited by hand, one that nobody declares, or none at all. An exception that is over excepts nobody.
 */
export function brokenConstraints(context: AuditContext): readonly AuditFinding[] {
  return context.model.constraints.flatMap((constraint) => brokenConstraint(constraint, context));
}

function brokenConstraint(constraint: Constraint, context: AuditContext): readonly AuditFinding[] {
  const exceptions = constraint.exceptions.filter((exception) => !isOver(exception, context.asOf));
  const { rule } = constraint;
  switch (rule.kind) {
    case 'separate':
      return separatedPermissions({ ...constraint, rule, exceptions }, context);
    case 'reserved':
      return reservedPermissions({ ...constraint, rule, exceptions }, context);
    case 'never':
      return forbiddenPermissions({ ...constraint, rule, exceptions }, context);
    case 'holders':
      return brokenHolders({ ...constraint, rule, exceptions }, context);
    case 'supervises':
      // It compares roles, and no people.
      return [];
  }
}
