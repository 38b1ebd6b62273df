import { byCodePoint } from '../../language/source.ts';
import type { Deviation, Drift } from '../../model/drift.ts';
import { compareApi } from './compare-api.ts';
import type { ObservedPeople } from './compare-people.ts';
import { comparePeople } from './compare-people.ts';
import type { Sides } from './compare-role.ts';
import { compareRole, undeclaredRole } from './compare-role.ts';
import { matchRoles } from './match-roles.ts';
import { summariseDrift } from './summarise-drift.ts';

/** What is compared of both sides. */
export interface Comparison extends Sides {
  /** Which roles, by their titles. */
  readonly wanted: (title: string) => boolean;
  /** How many roles of the tenant were not read because of that. */
  readonly unread: number;
  /** Null where nobody was looked for. */
  readonly people: ObservedPeople | null;
}

/**
 * How a tenant differs from what is declared for it. Nothing but the two sides is known: a role is found by its title, and one
 * that has got another title by what else is its own.
 */
export function compareTenant({ wanted, unread, people, ...sides }: Comparison): Drift {
  const { desired, observed } = sides;
  const all = desired.applications.flatMap((application) =>
    application.roles.map((declared) => ({ application, declared })),
  );
  const declared = all.filter((one) => wanted(one.declared.title));
  const roles = observed.roles.filter(({ title }) => wanted(title));
  const { matched, rest } = matchRoles(declared, roles);
  const apis = desired.applications.flatMap((application) =>
    compareApi(application, observed.apis.find(({ audience }) => audience === application.audience) ?? null),
  );
  const deviations: readonly Deviation[] = [
    ...apis,
    ...matched.flatMap((match) => compareRole(match, sides)),
    ...rest.flatMap((role) => undeclaredRole(role, sides)),
    ...(people === null ? [] : comparePeople(desired, matched, people)),
  ].toSorted(byPlace);
  const withPeople = declared.filter(({ application, declared: { name } }) =>
    application.holders.some(({ role }) => role === name),
  );
  return {
    schemaVersion: 1,
    stack: desired.environment.name,
    tenant: observed.tenant,
    deviations,
    extent: {
      rolesRead: roles.length,
      rolesDeclared: declared.length,
      rolesLeftOut: unread,
      peopleCompared: people !== null,
      rolesWithPeople: withPeople.length,
    },
    summary: summariseDrift(deviations),
  };
}

const subjects = ['api', 'catalog', 'role', 'holder'] as const;

function byPlace(a: Deviation, b: Deviation): number {
  return (
    byCodePoint(a.application, b.application) ||
    subjects.indexOf(a.subject) - subjects.indexOf(b.subject) ||
    (a.subject === 'role' && b.subject === 'role'
      ? byCodePoint(a.title, b.title) || byCodePoint(a.id ?? '', b.id ?? '')
      : 0) ||
    (a.subject === 'holder' && b.subject === 'holder'
      ? byCodePoint(a.role, b.role) || byCodePoint(a.account, b.account)
      : 0)
  );
}
