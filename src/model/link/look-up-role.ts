import { nearestName } from '../../language/nearest-name.ts';
import type { Assignment, CustomRole, Named, Role } from '../definitions.ts';
import type { Collector } from './collector.ts';
import type { Names } from './names.ts';
import { knownNames, reportRenamed } from './names.ts';

/** What a person can be given: a role, or a custom role. */
export type Assignable =
  | { readonly kind: 'role'; readonly role: Role }
  | { readonly kind: 'custom-role'; readonly role: CustomRole };

/** What shares one set of names with roles, because a restriction marker must mean one declaration. */
export type Declared = Assignable | { readonly kind: 'assignment'; readonly role: Assignment };

/** The role of a name, or null with a diagnostic where there is none or it is something else. */
export function lookUpRole(
  used: Named,
  application: string,
  names: Names<Declared>,
  collector: Collector,
): Role | null {
  const found = names.current.get(used.name);
  if (found === undefined) {
    reportUnknown(used, application, ['role'], names, collector);
    return null;
  }
  if (found.kind === 'role') return found.role;
  const related = [{ message: 'declared here', place: found.role.place }];
  if (found.kind === 'assignment') {
    const details = { related, expected: 'a role', suggestion: found.role.role.name };
    collector.report('RW5108', used.place, { name: used.name }, details);
    return null;
  }
  const details = { related, expected: 'a role', suggestion: found.role.base.name };
  collector.report('RW3109', used.place, { name: used.name }, details);
  return null;
}

/** The role or custom role of a name, or null with a diagnostic. */
export function lookUpAssignable(
  used: Named,
  application: string,
  names: Names<Declared>,
  collector: Collector,
): Assignable | null {
  const found = names.current.get(used.name);
  if (found === undefined) {
    reportUnknown(used, application, ['role', 'custom-role'], names, collector);
    return null;
  }
  if (found.kind !== 'assignment') return found;
  const related = [{ message: 'declared here', place: found.role.place }];
  const details = { related, expected: 'a role or custom role', suggestion: found.role.role.name };
  collector.report('RW5108', used.place, { name: used.name }, details);
  return null;
}

/** The assignment of a name, or null with a diagnostic. */
export function lookUpAssignment(
  used: Named,
  application: string,
  names: Names<Declared>,
  collector: Collector,
): Assignment | null {
  const found = names.current.get(used.name);
  if (found?.kind === 'assignment') return found.role;
  reportUnknown(used, application, ['assignment'], names, collector);
  return null;
}

function reportUnknown(
  used: Named,
  application: string,
  kinds: readonly Declared['kind'][],
  names: Names<Declared>,
  collector: Collector,
): void {
  if (reportRenamed(names, used.name, used.place, collector)) return;
  const candidates = [...names.current].filter(([, { kind }]) => kinds.includes(kind)).map(([name]) => name);
  const details = { suggestion: nearestName(used.name, candidates), expected: knownNames(candidates) };
  const what = kinds.includes('assignment') ? ({ what: 'assignment' } as const) : {};
  collector.report('RW2109', used.place, { name: used.name, application, ...what }, details);
}
