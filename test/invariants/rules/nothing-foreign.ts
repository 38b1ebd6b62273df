import { isDeepStrictEqual } from 'node:util';
import type { Call, Snapshot } from '../../../src/emulator/start-emulator.ts';
import type { Observation, TrackedRole } from '../observation.ts';
import { callText, instantsOf, roleAt, trackRoles } from '../observation.ts';
import { applicationChanges } from '../pair.ts';
import { isDeclaredHolder } from '../subjects.ts';

/**
 * 4. What is not declared is not written, not even with what it holds already, and stays as it is: APIs and roles of other
 * people, what a person holds directly or by such a role, and who holds a role of ours without being declared.
 */
export function trespasses(observation: Observation): readonly string[] {
  const { first } = observation;
  const roles = trackRoles(observation);
  const ourIds = new Set(roles.map(({ id }) => id));
  const audiences = new Set(applicationChanges(observation.pair).map(({ audience }) => audience));
  const foreignIn = (snapshot: Snapshot) => ({
    apis: snapshot.resourceServers.filter(({ identifier }) => !audiences.has(identifier)),
    roles: snapshot.roles.filter(({ id }) => first.roles.some((role) => role.id === id) && !ourIds.has(id)),
    people: snapshot.users.map(({ id, roleIds, permissions }) => ({
      ...{ id, permissions },
      roleIds: roleIds.filter((roleId) => first.roles.some((role) => role.id === roleId) && !ourIds.has(roleId)),
    })),
  });
  const before = foreignIn(first);
  const foreignIds = [
    ...before.apis.flatMap(({ id, identifier }) => [id, identifier]),
    ...before.roles.map(({ id }) => id),
  ];
  for (const { call, snapshot } of instantsOf(observation)) {
    const written = foreignIds.find((id) => names(call, id));
    if (written !== undefined) return [`${callText(call)} writes ${written}, which somebody else owns`];
    const now = foreignIn(snapshot);
    for (const kind of ['apis', 'roles', 'people'] as const) {
      if (isDeepStrictEqual(now[kind], before[kind])) continue;
      const index = now[kind].findIndex((item, at) => !isDeepStrictEqual(item, before[kind][at]));
      const what = JSON.stringify(before[kind][index] ?? before[kind].at(-1));
      return [`after ${callText(call)} this is not as it was, and somebody else owns it: ${what}`];
    }
    const given = undeclaredHolding(observation, roles, snapshot);
    if (given !== null) return [`after ${callText(call)} ${given}, which nobody declares`];
  }
  return [];
}

function names({ path, requestBody }: Call, id: string): boolean {
  return (
    path.split('/').map(decodeURIComponent).includes(id) || JSON.stringify(requestBody ?? null).includes(`"${id}"`)
  );
}

function undeclaredHolding(
  { pair, first }: Observation,
  roles: readonly TrackedRole[],
  snapshot: Snapshot,
): string | null {
  for (const role of roles) {
    const id = roleAt(role, snapshot, first)?.id;
    for (const user of snapshot.users) {
      if (id === undefined || !user.roleIds.includes(id)) continue;
      const held = first.users.find((one) => one.id === user.id)?.roleIds.includes(id) ?? false;
      if (!held && !isDeclaredHolder(pair.after, role.audience, role.after, user.id)) {
        return `${user.id} holds ${role.name}`;
      }
    }
  }
  return null;
}
