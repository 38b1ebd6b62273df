import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { Environment, Purpose } from '../../model/definitions.ts';
import { purposesOf } from '../../model/purposes.ts';
import { breachesOf } from './breaches.ts';
import type { RuleContext, RuleOf } from './rule-context.ts';
import { applicationOf } from './rule-context.ts';

/**
 * `never`: no role that holds one of the permissions, at least at its level, is in an environment of that purpose. A role
 * is in each environment that has its application, unless its `onlyIn` leaves the purpose out; whether somebody holds it
 * there makes no difference. Told once for a role and permission, at the line of the role that has it.
 */
export function checkNever(rule: RuleOf<'never'>, context: RuleContext): readonly Diagnostic[] {
  const { purpose } = rule;
  const help = `take it away, or keep the role out of ${purpose} with onlyIn`;
  return rule.permissions.flatMap((banned) => {
    const application = applicationOf(context, banned.application);
    const environments = environmentsOf(context.environments, banned.application, purpose);
    if (environments.length === 0) return [];
    const names = environments.map(({ name }) => name);
    const places = environments.map(({ name, place }) => ({ message: `the environment ${name}`, place }));
    const present = application.holders.filter(({ definition }) => purposesOf(definition).includes(purpose));
    return breachesOf(banned, present, application, context).map(({ role, permission, place, related, lapsed }) => {
      const parameters = { role, permission, environments: names, purpose };
      return diagnostic('RW5305', place, parameters, { related: [...related, ...places, ...lapsed], help });
    });
  });
}

function environmentsOf(environments: readonly Environment[], application: string, purpose: Purpose) {
  return environments
    .filter((environment) => environment.purpose === purpose)
    .flatMap(({ name, applications }) =>
      applications.filter((placed) => placed.name === application).map(({ place }) => ({ name, place })),
    );
}
