import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import { besidesOwnLine, ownLine } from './chain-related.ts';
import { exceptsHolding } from './excepts-holding.ts';
import type { Holder, RuleContext, RuleOf } from './rule-context.ts';
import { constraintRelated, heldAtLeast, isSame, nameIn, referenceText } from './rule-context.ts';

/**
 * `reserved`: whoever holds one of the permissions, at least at its level, is listed. A listed role brings its custom
 * roles, since they never hold more than it does; it does not bring its heirs. Told at the line of the role that has it.
 */
export function checkReserved(rule: RuleOf<'reserved'>, context: RuleContext): readonly Diagnostic[] {
  const { constraint, applications, exceptions } = context;
  return rule.permissions.flatMap(({ application: name, value: reserved }) => {
    const application = applications.get(name);
    if (application === undefined) return [];
    const others = application.holders.filter((holder) => !isListed(holder, name, rule));
    return others.flatMap((holder): Diagnostic[] => {
      const role = holder.definition.name;
      const held = heldAtLeast(holder.permissions, reserved, application);
      if (held === null) return [];
      const settlement = exceptions.settle((exception) => exceptsHolding(exception, role, held, application));
      if (settlement.excepted) return [];
      const parameters = {
        role: nameIn(constraint, name, role),
        permission: nameIn(constraint, name, referenceText(held)),
        constraint: constraint.name,
      };
      const related = [...besidesOwnLine(held), constraintRelated(constraint), ...settlement.lapsed];
      const help = `it is reserved for ${rule.roles.map((listed) => nameIn(constraint, listed.application, listed.value.name)).join(', ')}`;
      return [diagnostic('RW5303', ownLine(held).place, parameters, { related, help })];
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
