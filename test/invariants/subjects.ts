import type { Snapshot } from '../../src/emulator/start-emulator.ts';
import type { DesiredRole } from '../../src/model/desired-state.ts';
import type { Held } from './decisions.ts';
import type { Observation, TrackedRole } from './observation.ts';
import { roleAt, trackRoles } from './observation.ts';
import type { Model } from './pair.ts';

/** Somebody whose access must not suffer by a change: who holds a role, who holds two, or a person of the tenant. */
export interface Subject {
  readonly name: string;
  /** Whether their roles are the same before and after; what they may do may change all the same. */
  readonly staysInRoles: boolean;
  /** What they hold as it is declared. */
  readonly before: Held;
  readonly after: Held;
  readonly at: (snapshot: Snapshot) => Held;
}

/**
 * Whoever may hold roles, in the tenant of a test or not. For those who hold several that stay, two are enough: a permission
 * comes from one role, and what narrows it from one more at most.
 */
export function subjectsOf(observation: Observation): readonly Subject[] {
  const roles = trackRoles(observation);
  const staying = roles.filter(({ before, after }) => before !== null && after !== null);
  const twos = staying.flatMap((one, index) =>
    staying
      .slice(index + 1)
      .filter((other) => other.audience === one.audience)
      .map((other) => [one, other]),
  );
  const together = (held: readonly TrackedRole[]): Subject => ({
    name: `whoever holds ${held.map(({ name }) => name).join(' and ')}`,
    staysInRoles: held.every(({ before, after }) => before !== null && after !== null),
    before: held.flatMap(({ before, audience }) => declared(before, audience)),
    after: held.flatMap(({ after, audience }) => declared(after, audience)),
    at: (snapshot) => held.flatMap((role) => roleAt(role, snapshot, observation.first)?.permissions ?? []),
  });
  return [...roles.map((role) => together([role])), ...twos.map(together), ...peopleOf(observation, roles)];
}

function peopleOf({ pair, first }: Observation, roles: readonly TrackedRole[]): readonly Subject[] {
  return first.users.map((user): Subject => {
    const own = (role: TrackedRole) => role.id !== null && user.roleIds.includes(role.id);
    const before = roles.filter(own);
    const after = roles.filter(
      (role) =>
        role.after !== null &&
        (isDeclaredHolder(pair.after, role.audience, role.after, user.id) ||
          (own(role) && !isDeclaredHolder(pair.before, role.audience, role.before, user.id))),
    );
    const ours = new Set(roles.map(({ id }) => id));
    const foreignIds = user.roleIds.filter((id) => !ours.has(id));
    const rest = [
      ...user.permissions,
      ...first.roles.filter(({ id }) => foreignIds.includes(id)).flatMap(({ permissions }) => permissions),
    ];
    return {
      name: user.id,
      staysInRoles: before.length === after.length && before.every((role) => after.includes(role)),
      before: [...before.flatMap((role) => declared(role.before, role.audience)), ...rest],
      after: [...after.flatMap((role) => declared(role.after, role.audience)), ...rest],
      at: (snapshot) => {
        const now = snapshot.users.find(({ id }) => id === user.id);
        const held = snapshot.roles.filter(({ id }) => now?.roleIds.includes(id));
        return [...(now?.permissions ?? []), ...held.flatMap(({ permissions }) => permissions)];
      },
    };
  });
}

/** Whether a model gives one of its roles to a person. */
export function isDeclaredHolder(
  { desired }: Model,
  audience: string,
  role: DesiredRole | null,
  userId: string,
): boolean {
  return desired.applications.some(
    (application) =>
      application.audience === audience &&
      application.holders.some(
        ({ role: name, account }) => name === role?.name && account.by === 'id' && account.id === userId,
      ),
  );
}

function declared(role: DesiredRole | null, audience: string): Held {
  return (role?.scopes ?? []).map((scope) => ({ audience, scope }));
}
