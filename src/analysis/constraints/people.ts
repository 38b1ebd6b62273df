import type { AssignedUser } from '../../model/definitions.ts';
import type { EffectiveAssignment } from '../../model/effective-model.ts';
import { accountKey } from '../../model/link/link-assignment.ts';
import type { JudgedApplication } from './rule-context.ts';

/** One assignment of a person. */
export interface Share {
  readonly application: JudgedApplication;
  readonly assignment: EffectiveAssignment;
  readonly user: AssignedUser;
}

/**
 * What each person is assigned, across applications, whose last day is not over. A person is an account: two ids are two
 * people, and so are an id and an address, because the files alone cannot tell. Addresses differ by more than case.
 */
export function people(applications: Iterable<JudgedApplication>): readonly (readonly Share[])[] {
  const shares = [...applications].flatMap((application) =>
    application.effective.assignments.flatMap((assignment) =>
      assignment.users.map((user): Share => ({ application, assignment, user })),
    ),
  );
  return byPerson(shares);
}

/** Shares in groups, one for each person. */
export function byPerson(shares: readonly Share[]): readonly (readonly Share[])[] {
  return [...Map.groupBy(shares, ({ user }) => accountKey(user.account)).values()];
}
