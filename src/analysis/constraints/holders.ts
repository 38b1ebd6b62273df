import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import { accountText } from '../../model/link/link-assignment.ts';
import type { Share } from './people.ts';
import { byPerson } from './people.ts';
import type { JudgedApplication, RuleContext, RuleOf } from './rule-context.ts';
import { applicationOf, isSame, nameIn, roleOf } from './rule-context.ts';

/**
 * `holders`: how many distinct people hold a role by declared assignments whose last day is not over. Who holds it
 * narrowed, by an assignment to some apps or by a custom role of it, counts against `atMost` and not for `atLeast`: a
 * limit is not evaded by narrowing, and somebody who may act for one app cannot stand in for all. Heirs never count.
 * Told at the role in the constraint, because no one of the assignments is to blame.
 */
export function checkHolders(rule: RuleOf<'holders'>, context: RuleContext): readonly Diagnostic[] {
  const { constraint, exceptions } = context;
  const { application: name, value: role } = rule.role;
  const application = applicationOf(context, name);
  if (roleOf(application, role.name) === null) return [];
  const any = holdersOf(role.name, application);
  const whole = any.filter(({ assignment }) => assignment.heldRole === role.name);
  const wrong = [...tooFew(distinct(whole), rule.atLeast), ...tooMany(distinct(any), rule.atMost)];
  return wrong.flatMap(({ shares, limit }): Diagnostic[] => {
    const settlement = exceptions.settle((exception) => isSame(exception.role, name, role.name));
    if (settlement.excepted) return [];
    const related = [
      ...shares.map(({ user, assignment }) => ({
        message: `${accountText(user.account)} by ${assignment.definition.name}`,
        place: user.place,
      })),
      ...settlement.lapsed,
    ];
    const parameters = { role: nameIn(constraint, name, role.name), found: shares.length, limit };
    return [diagnostic('RW5304', role.place, parameters, { related })];
  });
}

interface Excess {
  readonly shares: readonly Share[];
  readonly limit: string;
}

function tooFew(shares: readonly Share[], atLeast: number | null): readonly Excess[] {
  return shares.length >= (atLeast ?? 0) ? [] : [{ shares, limit: `and at least ${atLeast} are wanted` }];
}

function tooMany(shares: readonly Share[], atMost: number | null): readonly Excess[] {
  return shares.length <= (atMost ?? Number.POSITIVE_INFINITY)
    ? []
    : [{ shares, limit: `and at most ${atMost} are allowed` }];
}

function holdersOf(role: string, application: JudgedApplication): readonly Share[] {
  const { assignments, customRoles } = application.effective;
  const narrowings = customRoles.filter(({ definition }) => definition.base.name === role);
  const names = new Set([role, ...narrowings.map(({ definition }) => definition.name)]);
  return assignments
    .filter(({ definition }) => names.has(definition.role.name))
    .flatMap((assignment) => assignment.users.map((user) => ({ application, assignment, user })));
}

/** The first share of each person. */
function distinct(shares: readonly Share[]): readonly Share[] {
  return byPerson(shares).flatMap((same) => same.slice(0, 1));
}
