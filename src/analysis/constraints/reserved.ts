import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import { referenceText } from '../../model/reference-text.ts';
import { stepRelated } from '../../model/step-related.ts';
import { breachesOf } from './breaches.ts';
import type { Holder, RuleContext, RuleOf } from './rule-context.ts';
import { applicationOf, constraintRelated, heldAtLeast, isSame, nameIn } from './rule-context.ts';

/**
 * `reserved`: whoever holds one of the permissions, at least at its level, is listed. A listed role brings its custom
 * roles, since they never hold more than it does; it does not bring its heirs. Told at the line of the role that has it. A
 * listed role is nobody's default: whoever signs in for the first time has not been looked at.
 */
export function checkReserved(rule: RuleOf<'reserved'>, context: RuleContext): readonly Diagnostic[] {
  const { constraint } = context;
  const listed = rule.roles.map(({ application, value }) => nameIn(constraint, application, value.name));
  const help = `it is reserved for ${listed.join(', ')}`;
  return rule.permissions.flatMap((reserved) => {
    const application = applicationOf(context, reserved.application);
    const usual = application.effective.definition.provisioning?.default ?? null;
    const given = application.holders.find(({ definition }) => definition.name === usual?.name);
    const holding = given === undefined ? null : heldAtLeast(given.permissions, reserved.value, application);
    const isTold = given === undefined || !isListed(given, application.name, rule);
    const others = application.holders.filter((holder) => !isListed(holder, application.name, rule));
    const breaches = breachesOf(reserved, others, application, context).map(
      ({ role, permission, place, related, lapsed }) => {
        const parameters = { role, permission, constraint: constraint.name };
        return diagnostic('RW5303', place, parameters, { related: [...related, ...lapsed], help });
      },
    );
    if (usual === null || holding === null || isTold) return breaches;
    const parameters = { role: usual.name, permission: referenceText(holding), constraint: constraint.name };
    const related = [...holding.chains[0].map(stepRelated), constraintRelated(constraint)];
    return [...breaches, diagnostic('RW5306', usual.place, parameters, { related, expected: 'a role without' })];
  });
}

function isListed(holder: Holder, application: string, { roles }: RuleOf<'reserved'>): boolean {
  return roles.some(
    (listed) =>
      isSame(listed, application, holder.definition.name) ||
      (holder.kind === 'custom-role' && isSame(listed, application, holder.definition.base.name)),
  );
}
