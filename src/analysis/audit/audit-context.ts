import type { Account, AssignedUser, Exception, Named, Qualified } from '../../model/definitions.ts';
import type { DesiredState } from '../../model/desired-state.ts';
import type { EffectiveAssignment, EffectiveModel } from '../../model/effective-model.ts';
import { daysBetween } from '../../model/link/calendar.ts';
import { isAccount, lowerCase } from '../../model/link/link-assignment.ts';
import type { ObservedPeople, ObservedPerson } from '../../model/observed-people.ts';
import type { AuditedRole } from './audited-roles.ts';
import type { Standing } from './standing.ts';

/** All that an audit judges by. */
export interface AuditContext {
  readonly model: EffectiveModel;
  readonly desired: DesiredState;
  readonly roles: readonly AuditedRole[];
  readonly people: ObservedPeople;
  readonly standings: readonly Standing[];
  /** The day that counts as today, `YYYY-MM-DD` in UTC. */
  readonly asOf: string;
}

/** An assignment of an application that this environment has, with the role that it gives there. */
export interface PlacedAssignment {
  readonly application: string;
  readonly assignment: EffectiveAssignment;
}

/** The assignments that count in this environment: those whose role is there. */
export function placedAssignments({ model, desired }: AuditContext): readonly PlacedAssignment[] {
  return desired.applications.flatMap(({ name, roles }) => {
    const effective = model.applications.find(({ definition }) => definition.name === name);
    return (effective?.assignments ?? [])
      .filter(({ heldRole }) => roles.some((role) => role.name === heldRole))
      .map((assignment) => ({ application: name, assignment }));
  });
}

/** Whether the last day of an entry is over. */
export function isOver({ validThrough }: AssignedUser | Exception, asOf: string): boolean {
  return validThrough !== null && daysBetween(asOf, validThrough) < 0;
}

/** Whether a person is the account that an assignment names: its id, or the one with this verified address on this connection. */
export function isPerson(account: Account, { id, identities }: ObservedPerson): boolean {
  if (account.by === 'id') return account.id === id;
  return identities.some(
    ({ connection, email, verified }) =>
      verified && connection === account.connection && lowerCase(email) === lowerCase(account.email),
  );
}

/** Whether an exception names the person, by its id, its verified address, or as messages write it. */
export function isExceptedUser(user: Named | null, { id, identities }: ObservedPerson): boolean {
  if (user === null) return false;
  if (user.name === id) return true;
  return identities.some(
    ({ connection, email, verified }) => verified && isAccount(user.name, { by: 'email', email, connection }),
  );
}

/** Whether two names with their applications are the same. */
export function isSame(named: Qualified<Named> | null, application: string, name: string): boolean {
  return named?.application === application && named.value.name === name;
}
