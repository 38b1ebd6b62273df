import type { Application, Assignment } from '../definitions.ts';
import type { EffectiveAssignment, EffectiveCustomRole, EffectiveRole, Step } from '../effective-model.ts';
import { daysBetween } from '../link/calendar.ts';
import type { Collector } from '../link/collector.ts';
import { accountText } from '../link/link-assignment.ts';
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
  const own = { kind: 'assignment', definition: assignment, narrows, users } as const;
  const permissions = through(step, held.permissions);
  if (narrows) {
    const restriction = assignment.formerly[0] ?? assignment.name;
    const sellers = sellersOf(assignment.apps, application);
    return { ...own, ...sellers, heldRole: assignment.name, permissions, apps: assignment.apps, restriction };
  }
  const heldRole = held.definition.name;
  if (held.kind === 'role') {
    return { ...own, heldRole, permissions, apps: [], vendors: [], resellers: [], restriction: 'none' };
  }
  const { apps, vendors, resellers, restriction } = held;
  return { ...own, heldRole, permissions, apps, vendors, resellers, restriction };
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
      const user = accountText(account);
      const earlier = first.get(user);
      if (earlier === undefined) {
        first.set(user, { assignment, place });
        continue;
      }
      if (earlier.assignment.restriction === assignment.restriction) continue;
      const [one, other] = [earlier.assignment.definition.name, assignment.definition.name];
      const related = [{ message: `holds "${one}" here`, place: earlier.place }];
      const help = 'give the person one assignment that names all the apps';
      collector.report('RW5104', place, { user, application, one, other }, { related, help });
    }
  }
}
