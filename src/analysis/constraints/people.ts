import type { AssignedUser } from '../../model/definitions.ts';
import type { EffectiveAssignment } from '../../model/effective-model.ts';
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
  return [...Map.groupBy(shares, personOf).values()];
}

/** What stands for a person, to be compared and never shown. */
export function personOf({ user: { account } }: Pick<Share, 'user'>): string {
  const parts = account.by === 'id' ? [account.id] : [account.email.toLowerCase(), account.connection];
  return JSON.stringify(parts);
}
