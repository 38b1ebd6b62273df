import type { Observation } from '../observation.ts';
import { callText, instantsOf, roleAt, trackRoles } from '../observation.ts';
import { applicationChanges } from '../pair.ts';
import { isDeclaredHolder } from '../subjects.ts';

/**
 * 3. What stays under whatever name keeps its id, an API as well as a role, and nobody loses a role but by its removal or
 * by their own.
 */
export function losses(observation: Observation): readonly string[] {
  const { pair, first } = observation;
  const roles = trackRoles(observation).filter(({ before, after }) => before !== null && after !== null);
  const apis = applicationChanges(pair)
    .filter(({ before, after }) => before !== null && after !== null)
    .map(({ audience }) => ({ audience, id: first.resourceServers.find((api) => api.identifier === audience)?.id }));
  const found: string[] = [];
  for (const { call, snapshot } of instantsOf(observation)) {
    for (const { audience, id } of apis) {
      const now = snapshot.resourceServers.find((api) => api.identifier === audience)?.id;
      if (now !== id) found.push(`after ${callText(call)} the API ${audience} is not the one that it was`);
    }
    for (const role of roles) {
      if (roleAt(role, snapshot, first) === undefined) {
        found.push(`after ${callText(call)} the role that was ${role.id} is gone, and ${role.name} stays`);
      }
      for (const { id, roleIds } of first.users) {
        const isTaken =
          isDeclaredHolder(pair.before, role.audience, role.before, id) &&
          !isDeclaredHolder(pair.after, role.audience, role.after, id);
        if (role.id === null || !roleIds.includes(role.id) || isTaken) continue;
        const holds = snapshot.users.find((user) => user.id === id)?.roleIds.includes(role.id) ?? false;
        if (!holds) found.push(`after ${callText(call)} ${id} has lost ${role.name}`);
      }
    }
    if (found.length > 0) return found;
  }
  return found;
}
