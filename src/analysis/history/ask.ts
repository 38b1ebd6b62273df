import { nearestName } from '../../language/nearest-name.ts';
import type { Holds } from './history.ts';
import type { HeldApplication, Holdings, Known } from './holdings.ts';
import type { Identity } from './identities.ts';
import type { PastChange, WalkedHistory } from './walk-history.ts';

/** What a question is about, found among everything that was ever called so; or why it cannot be answered. */
export type Asked = { readonly question: Question } | { readonly problem: string; readonly help: string };

export interface Question {
  /** As it is called now, or was last; null: any. */
  readonly role: string | null;
  readonly permission: string | null;
  readonly isAbout: (past: PastChange) => boolean;
  readonly holds: Holds | null;
}

/** Understands a role `application/name` and a permission `application/section/permission:level`, by any name they had. */
export function ask(walked: WalkedHistory, role: string | null, permission: string | null): Asked {
  const subjects = role === null ? null : identitiesNamed(role, walked.subjects, formerNames(walked.head, subjectsOf));
  const assignments = assignmentsIn(walked);
  if (role !== null && subjects?.length === 0 && !assignments.includes(role)) {
    return unknownRole(walked, role, assignments);
  }
  const [reference = '', level = null] = permission === null ? [] : permission.split(':');
  const named = identitiesNamed(reference, walked.permissions, formerNames(walked.head, permissionsOf));
  if (permission !== null && named.length === 0) return unknownPermission(walked, permission);
  if (role !== null && permission !== null && applicationOf(role) !== applicationOf(permission)) {
    const problem = `${role} is of ${applicationOf(role)}, and ${permission} of ${applicationOf(permission)}`;
    return { problem, help: 'ask for a permission of its own application' };
  }
  const unknownLevel = level === null ? null : whyNoLevel(walked, named, reference, level);
  if (unknownLevel !== null) return unknownLevel;
  const subject = subjects?.[0] ?? null;
  const asked = permission === null ? null : (named[0] ?? null);
  return {
    question: {
      role: subject === null ? role : shown(subject),
      permission: asked === null ? null : `${shown(asked)}${level === null ? '' : `:${level}`}`,
      isAbout: (past) =>
        (subjects === null || subjects.includes(past.subject) || isGivenBy(past, role)) &&
        (asked === null || isAboutPermission(past, named, level)),
      holds: subject === null || asked === null ? null : heldOf(walked.head, subject, asked, level),
    },
  };
}

function isAboutPermission(past: PastChange, named: readonly Identity[], level: string | null): boolean {
  if (past.change.what !== 'permission' || past.permission === null || !named.includes(past.permission)) return false;
  return level === null || past.change.gained.includes(level) || past.change.lost.includes(level);
}

/** An assignment that narrows nothing is no role of its own: asked about, it is who it gives its role to. */
function isGivenBy({ change }: PastChange, role: string | null): boolean {
  return change.what === 'person' && `${change.application}/${change.assignment}` === role;
}

function identitiesNamed(
  name: string,
  identities: readonly Identity[],
  former: ReadonlyMap<string, string>,
): readonly Identity[] {
  const current = identities.filter(({ now }) => now === name);
  if (current.length > 0) return current;
  const now = former.get(name);
  return identities.filter((identity) => identity.names.includes(name) || (now !== undefined && identity.now === now));
}

/** Former names that the head still lists, each with what it is called now. */
function formerNames(
  { applications }: Holdings,
  list: (application: HeldApplication) => readonly Known[],
): ReadonlyMap<string, string> {
  return new Map(
    applications.flatMap((application) =>
      list(application).flatMap(({ name, formerly }) =>
        formerly.map((old) => [`${application.name}/${old}`, `${application.name}/${name}`] as const),
      ),
    ),
  );
}

const subjectsOf = ({ subjects }: HeldApplication) => subjects;
const permissionsOf = ({ permissions }: HeldApplication) => permissions;

function heldOf({ applications }: Holdings, role: Identity, permission: Identity, level: string | null): Holds {
  const application = applications.find(({ name }) => name === applicationOf(role.now ?? ''));
  const subject = application?.subjects.find(({ name }) => `${application.name}/${name}` === role.now);
  const known = application?.permissions.find(({ name }) => `${application.name}/${name}` === permission.now);
  const held = subject?.held.find((item) => item.permission === known?.name);
  if (held === undefined || known === undefined) return { held: false, level: null };
  const least = level === null ? 0 : known.levels.findIndex(({ name }) => name === level);
  return { held: least >= 0 && held.rank >= least, level: known.levels[held.rank]?.name ?? null };
}

function whyNoLevel(
  { head, changes }: WalkedHistory,
  named: readonly Identity[],
  reference: string,
  level: string,
): Asked | null {
  const known = new Set(
    head.applications.flatMap((application) =>
      application.permissions
        .filter(({ name }) => named.some(({ now }) => now === `${application.name}/${name}`))
        .flatMap(({ levels }) => levels.flatMap(({ name }) => name ?? [])),
    ),
  );
  for (const { change, permission } of changes) {
    if (change.what !== 'permission' || permission === null || !named.includes(permission)) continue;
    for (const name of [...change.gained, ...change.lost]) if (name !== null) known.add(name);
  }
  if (known.has(level)) return null;
  const nearest = nearestName(level, known);
  const help =
    nearest !== null
      ? `did you mean "${reference}:${nearest}"?`
      : known.size === 0
        ? 'it has no levels'
        : `there are ${[...known].map((name) => `${reference}:${name}`).join(', ')}`;
  return { problem: `"${reference}" never had a level "${level}"`, help };
}

function unknownRole({ head, subjects }: WalkedHistory, role: string, assignments: readonly string[]): Asked {
  const blocks = head.applications.flatMap(({ name, buildingBlocks }) => buildingBlocks.map((own) => `${name}/${own}`));
  if (blocks.includes(role)) {
    const problem = `${role} is a building block, which nobody can hold`;
    return { problem, help: 'ask about a role that inherits from it' };
  }
  const known = [...subjects.flatMap(({ names }) => names), ...assignments];
  return { problem: `there never was a role "${role}"`, help: nearestOf(role, known) };
}

/** Every assignment that somebody was in. */
function assignmentsIn({ head, changes }: WalkedHistory): readonly string[] {
  const past = changes.flatMap(({ change }) =>
    change.what === 'person' ? [`${change.application}/${change.assignment}`] : [],
  );
  const present = head.applications.flatMap(({ name, subjects }) =>
    subjects.flatMap(({ people }) => people.map(({ assignment }) => `${name}/${assignment}`)),
  );
  return [...past, ...present];
}

function unknownPermission({ permissions }: WalkedHistory, permission: string): Asked {
  const known = permissions.flatMap(({ names }) => names);
  const help = nearestOf(permission.split(':')[0] ?? '', known);
  return { problem: `there never was a permission "${permission}"`, help };
}

function nearestOf(name: string, known: readonly string[]): string {
  const all = [...new Set(known)];
  const same = all.filter((full) => full.endsWith(`/${name}`));
  const nearest = same.length > 0 ? same.join('" or "') : nearestName(name, all);
  if (nearest !== null) return `did you mean "${nearest}"?`;
  return all.length === 0
    ? 'nothing is declared'
    : `there are ${all.slice(0, 8).join(', ')}${all.length > 8 ? ' …' : ''}`;
}

function shown({ now, names }: Identity): string {
  return now ?? names[0] ?? '';
}

function applicationOf(fullName: string): string {
  return fullName.slice(0, fullName.indexOf('/'));
}
