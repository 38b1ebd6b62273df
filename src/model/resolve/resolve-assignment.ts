import type { Application, Assignment } from '../definitions.ts';
import type { EffectiveAssignment, EffectiveCustomRole, EffectiveRole, Step } from '../effective-model.ts';
import { daysBetween } from '../link/calendar.ts';
import type { Collector } from '../link/collector.ts';
import { accountKey, accountText } from '../link/link-assignment.ts';
import { sellersOf, through } from './narrow.ts';

/**
 * What the people of an assignment hold: a role or custom role as it is, or the role narrowed to the assignment's apps,
 * which then is a role of its own at the identity provider. Whose last day is over holds it no longer.
 *
 * @param asOf the day that counts as today, `YYYY-MM-DD` in UTC
 */
export function resolveAssignment(
  assignment: Assignment,
  held: EffectiveRole | EffectiveCustomRole,
  application: Application,
  asOf: string,
  collector: Collector,
): EffectiveAssignment {
  const users = assignment.users.filter(({ account, validThrough, place }) => {
    if (validThrough === null || daysBetween(asOf, validThrough) >= 0) return true;
    const parameters = { user: accountText(account), day: validThrough };
    collector.report('RW5105', place, parameters, { help: 'remove the entry, or set a later day' });
    return false;
  });
  const step: Step = {
    kind: 'assigns',
    role: assignment.name,
    names: assignment.role.name,
    place: assignment.role.place,
  };
  const narrows = assignment.apps.length > 0;
  const { apps, vendors, resellers, restriction } = narrows ? narrowedTo(assignment, application) : reachOf(held);
  return {
    kind: 'assignment',
    definition: assignment,
    heldRole: narrows ? assignment.name : held.definition.name,
    narrows,
    permissions: through(step, held.permissions),
    apps,
    vendors,
    resellers,
    restriction,
    users,
  };
}

type Reach = Pick<EffectiveAssignment, 'apps' | 'vendors' | 'resellers' | 'restriction'>;

function narrowedTo(assignment: Assignment, application: Application): Reach {
  const restriction = assignment.formerly[0] ?? assignment.name;
  return { apps: assignment.apps, ...sellersOf(assignment.apps, application), restriction };
}

function reachOf(held: EffectiveRole | EffectiveCustomRole): Reach {
  return held.kind === 'role' ? { apps: [], vendors: [], resellers: [], restriction: 'none' } : held;
}

/**
 * One level across apps: nobody holds two restrictions, or a restriction and none, in one application. Told once for a
 * person, at the later of the two entries.
 */
export function checkPeople(
  assignments: readonly EffectiveAssignment[],
  application: string,
  collector: Collector,
): void {
  const first = new Map<string, { assignment: EffectiveAssignment; place: Assignment['place'] }>();
  for (const assignment of assignments) {
    for (const { account, place } of assignment.users) {
      const earlier = first.get(accountKey(account));
      if (earlier === undefined) {
        first.set(accountKey(account), { assignment, place });
        continue;
      }
      if (earlier.assignment.restriction === assignment.restriction) continue;
      const [one, other] = [earlier.assignment.definition.name, assignment.definition.name];
      const related = [{ message: `holds "${one}" here`, place: earlier.place }];
      const user = accountText(account);
      const help = 'give the person one assignment that names all the apps';
      collector.report('RW5104', place, { user, application, one, other }, { related, help });
    }
  }
}
