import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { Environment, Purpose } from '../../model/definitions.ts';
import { besidesOwnLine, ownLine } from './chain-related.ts';
import { exceptsHolding } from './excepts-holding.ts';
import type { Holder, RuleContext, RuleOf } from './rule-context.ts';
import { constraintRelated, heldAtLeast, nameIn, referenceText } from './rule-context.ts';

/**
 * `never`: no role that holds one of the permissions, at least at its level, is in an environment of that purpose. A role
 * is in each environment that has its application, unless its `onlyIn` leaves the purpose out; whether somebody holds it
 * there makes no difference. Told once for a role and permission, at the line of the role that has it.
 */
export function checkNever(rule: RuleOf<'never'>, context: RuleContext): readonly Diagnostic[] {
  const { constraint, applications, exceptions } = context;
  return rule.permissions.flatMap(({ application: name, value: banned }) => {
    const application = applications.get(name);
    const environments = environmentsOf(context.environments, name, rule.purpose);
    if (application === undefined || environments.length === 0) return [];
    const present = application.holders.filter((holder) => mayBeIn(holder, rule.purpose));
    return present.flatMap((holder): Diagnostic[] => {
      const role = holder.definition.name;
      const held = heldAtLeast(holder.permissions, banned, application);
      if (held === null) return [];
      const settlement = exceptions.settle((exception) => exceptsHolding(exception, role, held, application));
      if (settlement.excepted) return [];
      const parameters = {
        role: nameIn(constraint, name, role),
        permission: nameIn(constraint, name, referenceText(held)),
        environments: environments.map((environment) => environment.name),
        purpose: rule.purpose,
      };
      const places = environments.map(({ name: message, place }) => ({ message: `the environment ${message}`, place }));
      const related = [...besidesOwnLine(held), constraintRelated(constraint), ...places, ...settlement.lapsed];
      const help = `take it away, or keep the role out of ${rule.purpose} with onlyIn`;
      return [diagnostic('RW5305', ownLine(held).place, parameters, { related, help })];
    });
  });
}

function environmentsOf(environments: readonly Environment[], application: string, purpose: Purpose) {
  return environments.flatMap((environment) => {
    const placed = environment.applications.find(({ name }) => name === application);
    return environment.purpose === purpose && placed !== undefined
      ? [{ name: environment.name, place: placed.place }]
      : [];
  });
}

function mayBeIn({ definition: { onlyIn } }: Holder, purpose: Purpose): boolean {
  return onlyIn === null || onlyIn.includes(purpose);
}
