import type { Pair } from '../../model/match.ts';
import { headNames, matched } from '../../model/match.ts';
import type { Change, Comparison, FullName } from './change.ts';
import { compareSubjects } from './compare-subjects.ts';
import type { HeldApplication, Holdings, Newcomer } from './holdings.ts';

/** What somebody may do, reaches or is after a revision and not before it, and the reverse. */
export function compareHoldings(before: Holdings, after: Holdings): Comparison {
  const compared = matched(before.applications, after.applications).map(compareApplications);
  return {
    changes: compared.flatMap(({ changes }) => changes),
    subjects: new Map(compared.flatMap(({ subjects }) => [...subjects])),
    permissions: new Map(compared.flatMap(({ permissions }) => [...permissions])),
  };
}

function compareApplications({ base: before, head: after }: Pair<HeldApplication>): Comparison {
  const application = after?.name ?? before?.name ?? '';
  const permissions = matched(before?.permissions ?? [], after?.permissions ?? []);
  const roles = matched(rolesOf(before), rolesOf(after));
  const assignments = matched(assignmentsOf(before), assignmentsOf(after));
  const context = {
    application,
    applicationBefore: before?.name ?? application,
    permissions,
    apps: matched(before?.apps ?? [], after?.apps ?? []),
    vendors: matched(before?.vendors ?? [], after?.vendors ?? []),
  };
  return {
    changes: [
      ...[...roles, ...assignments].flatMap((subject) => compareSubjects(subject, context)),
      ...newcomerChanges({ base: before, head: after }, application),
    ],
    subjects: inFull(new Map([...headNames(roles), ...headNames(assignments)]), before, after),
    permissions: inFull(headNames(permissions), before, after),
  };
}

/** Roles and custom roles are found again whatever they have become: their holders stay. */
function rolesOf(application: HeldApplication | null) {
  return (application?.subjects ?? []).filter(({ kind }) => kind !== 'assignment');
}

function assignmentsOf(application: HeldApplication | null) {
  return (application?.subjects ?? []).filter(({ kind }) => kind === 'assignment');
}

function newcomerChanges({ base: before, head: after }: Pair<HeldApplication>, application: string): readonly Change[] {
  const roles = headNames(matched(rolesOf(before), rolesOf(after)));
  const now = (before?.newcomers ?? []).map(({ rule, role }) => ({ rule, role: roles.get(role) ?? role, was: role }));
  const has = (list: readonly Newcomer[], { rule, role }: Newcomer) =>
    list.some((other) => other.rule === rule && other.role === role);
  const given = (after?.newcomers ?? []).filter((newcomer) => !has(now, newcomer));
  const taken = now.filter((newcomer) => !has(after?.newcomers ?? [], newcomer));
  const told = (newcomer: Newcomer, side: HeldApplication | null, change: 'given' | 'taken'): Change[] => {
    const role = rolesOf(side).find(({ name }) => name === newcomer.role);
    if (role === undefined) return [];
    const { kind, name, title } = role;
    const direction = change === 'given' ? 'widening' : 'narrowing';
    return [{ what: 'newcomer', change, rule: newcomer.rule, application, kind, name, title, direction }];
  };
  return [
    ...given.flatMap((newcomer) => told(newcomer, after, 'given')),
    ...taken.flatMap((newcomer) => {
      const isThere = rolesOf(after).some(({ name }) => name === newcomer.role);
      return told(isThere ? newcomer : { ...newcomer, role: newcomer.was }, isThere ? after : before, 'taken');
    }),
  ];
}

function inFull(
  names: ReadonlyMap<string, string | null>,
  before: HeldApplication | null,
  after: HeldApplication | null,
): ReadonlyMap<FullName, FullName | null> {
  return new Map(
    [...names].map(([old, now]) => [`${before?.name}/${old}`, now === null ? null : `${after?.name}/${now}`]),
  );
}
