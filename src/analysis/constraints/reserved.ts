import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import { breachesOf } from './breaches.ts';
import type { Holder, RuleContext, RuleOf } from './rule-context.ts';
import { applicationOf, isSame, nameIn } from './rule-context.ts';

/**
 * `reserved`: whoever holds one of the permissions, at least at its level, is listed. A listed role brings its custom
 * roles, since they never hold more than it does; it does not bring its heirs. Told at the line of the role that has it.
 */
export function checkReserved(rule: RuleOf<'reserved'>, context: RuleContext): readonly Diagnostic[] {
  const { constraint } = context;
  const listed = rule.roles.map(({ application, value }) => nameIn(constraint, application, value.name));
  const help = `it is reserved for ${listed.join(', ')}`;
  return rule.permissions.flatMap((reserved) => {
    const application = applicationOf(context, reserved.application);
    const others = application.holders.filter((holder) => !isListed(holder, application.name, rule));
    return breachesOf(reserved, others, application, context).map(({ role, permission, place, related, lapsed }) => {
      const parameters = { role, permission, constraint: constraint.name };
      return diagnostic('RW5303', place, parameters, { related: [...related, ...lapsed], help });
    });
  });
}

function isListed(holder: Holder, application: string, { roles }: RuleOf<'reserved'>): boolean {
  return roles.some(
    (listed) =>
      isSame(listed, application, holder.definition.name) ||
      (holder.kind === 'custom-role' && isSame(listed, application, holder.definition.base.name)),
  );
}
