import type { Diagnostic, Related } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { HeldPermission } from '../../model/effective-model.ts';
import { referenceText } from '../../model/reference-text.ts';
import { besidesOwnLine, chainRelated, ownLine } from './chain-related.ts';
import type { Holder, JudgedApplication, RuleContext, RuleOf } from './rule-context.ts';
import { applicationOf, constraintRelated, heldAtLeast, isSame, nameIn } from './rule-context.ts';
import { checkSeparatePeople } from './separate-people.ts';

/**
 * `separate` is static separation of duty (NIST RBAC, SSD): no role, after inheritance, and no person, through all
 * assignments, holds two of the permissions, each at least at its level. Of n that are held n - 1 are told.
 */
export function checkSeparate(rule: RuleOf<'separate'>, context: RuleContext): readonly Diagnostic[] {
  const names = new Set(rule.permissions.map(({ application }) => application));
  const applications = [...names].map((name) => applicationOf(context, name));
  return [
    ...applications.flatMap((application) =>
      application.holders.flatMap((holder) => checkRole(holder, application, rule, context)),
    ),
    ...checkSeparatePeople(rule, applications, context),
  ];
}

/** A role with both: told at a grant of its own, if one of the two is, else at the line that brings the second. */
function checkRole(
  holder: Holder,
  application: JudgedApplication,
  rule: RuleOf<'separate'>,
  { constraint, exceptions }: RuleContext,
): readonly Diagnostic[] {
  const name = holder.definition.name;
  const [first, ...others] = rule.permissions.flatMap(({ application: owner, value }) =>
    owner === application.name ? (heldAtLeast(holder.permissions, value, application) ?? []) : [],
  );
  if (first === undefined || others.length === 0) return [];
  const settlement = exceptions.settle(({ role }) => isSame(role, application.name, name));
  if (settlement.excepted) return [];
  return others.map((other) => {
    const text = (held: HeldPermission): string => nameIn(constraint, application.name, referenceText(held));
    const parameters = {
      holder: nameIn(constraint, application.name, name),
      one: text(first),
      other: text(other),
      constraint: constraint.name,
    };
    const isGranted = (held: HeldPermission): boolean => ownLine(held).kind === 'grants';
    const told = isGranted(first) && !isGranted(other) ? first : other;
    const chains = [...besidesOwnLine(told), ...chainRelated(told === other ? first : other)];
    const related: readonly Related[] = [...chains, constraintRelated(constraint), ...settlement.lapsed];
    return diagnostic('RW5301', ownLine(told).place, parameters, { related });
  });
}
