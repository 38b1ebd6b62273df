import type { Snapshot } from '../../../src/emulator/start-emulator.ts';
import type { Observation, TrackedRole } from '../observation.ts';
import { roleAt, trackRoles } from '../observation.ts';
import { applicationChanges } from '../pair.ts';
import { isDeclaredHolder } from '../subjects.ts';

/**
 * 6. A run that nothing disturbs, and the next one after a run that was disturbed at whatever call, ends in what is
 * declared and complains of nothing; that invariants 1 to 5 held all the while, those see themselves.
 */
export function failuresToConverge(observation: Observation): readonly string[] {
  const roles = trackRoles(observation);
  let last = observation.first;
  return observation.runs.flatMap(({ kind, instants, problems }) => {
    last = instants.at(-1)?.snapshot ?? last;
    if (kind === 'disturbed') return [];
    return [
      ...problems.map((problem) => `the ${kind} run complains: ${problem}`),
      ...differences(observation, roles, last).map((difference) => `the ${kind} run is over, and ${difference}`),
    ];
  });
}

/** What a tenant does not hold as it is declared after the change. */
function differences(observation: Observation, roles: readonly TrackedRole[], now: Snapshot): readonly string[] {
  const { pair, first } = observation;
  return [
    ...applicationChanges(pair).flatMap(({ audience, after }) => {
      const api = now.resourceServers.find(({ identifier }) => identifier === audience);
      if (after === null) return api === undefined ? [] : [`the API ${audience} is still there`];
      if (api === undefined) return [`there is no API ${audience}`];
      return unequal(
        `the API ${audience} offers`,
        api.scopes,
        after.scopes.map(({ value }) => value),
      );
    }),
    ...roles.flatMap((role) => {
      const there = roleAt(role, now, first);
      if (role.after === null) return there === undefined ? [] : [`the role ${role.name} is still there`];
      if (there === undefined) return [`there is no role ${role.name}`];
      const { title, description, scopes } = role.after;
      const held = there.permissions.map(({ audience, scope }) => `${audience} ${scope}`);
      const people = now.users.filter(({ id }) => isDeclaredHolder(pair.after, role.audience, role.after, id));
      return [
        ...unequal(`${role.name} is`, [there.name, there.description], [title, description]),
        ...unequal(
          `${role.name} holds`,
          held,
          scopes.map((scope) => `${role.audience} ${scope}`),
        ),
        ...people.flatMap(({ id, roleIds }) =>
          roleIds.includes(there.id) ? [] : [`${id} does not hold ${role.name}`],
        ),
        ...overstayed(observation, role, now).map((id) => `${id} still holds ${role.name}`),
      ];
    }),
  ];
}

/** Who was declared to hold a role, is not any more, and holds it all the same. */
function overstayed({ pair }: Observation, role: TrackedRole, now: Snapshot): readonly string[] {
  return now.users
    .filter(
      ({ id, roleIds }) =>
        role.id !== null &&
        roleIds.includes(role.id) &&
        isDeclaredHolder(pair.before, role.audience, role.before, id) &&
        !isDeclaredHolder(pair.after, role.audience, role.after, id),
    )
    .map(({ id }) => id);
}

function unequal(what: string, now: readonly string[], declared: readonly string[]): readonly string[] {
  const [has, should] = [[...now].sort(), [...declared].sort()];
  if (has.join('\n') === should.join('\n')) return [];
  return [`${what} [${has.join(', ')}], and [${should.join(', ')}] is declared`];
}
