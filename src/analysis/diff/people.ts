import { byCodePoint } from '../../language/source.ts';
import type { AssignedUser } from '../../model/definitions.ts';
import type { PersonDifference } from '../../model/difference.ts';
import { accountKey, accountText } from '../../model/link/link-assignment.ts';
import type { DifferingSubject } from './differing-subject.ts';
import type { Subject } from './subjects.ts';

/** Who is given an assignment, who loses it, and whose last day moves. Whose last day is over has lost it already. */
export function peopleChanges({ base, head }: DifferingSubject): readonly PersonDifference[] {
  const before = byAccount(base?.users ?? []);
  const after = byAccount(head?.users ?? []);
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].toSorted(byCodePoint).flatMap((key) => personChange(before.get(key), after.get(key)) ?? []);
}

function personChange(base: AssignedUser | undefined, head: AssignedUser | undefined): PersonDifference | null {
  const days = { base: base?.validThrough ?? null, head: head?.validThrough ?? null };
  if (head !== undefined) {
    const place = { side: 'head', ...head.place } as const;
    const account = accountText(head.account);
    if (base === undefined) return { account, change: 'added', ...days, place };
    if (days.base === days.head) return null;
    const isLonger = days.head === null || (days.base !== null && days.head > days.base);
    return { account, change: isLonger ? 'extended' : 'shortened', ...days, place };
  }
  if (base === undefined) return null;
  return { account: accountText(base.account), change: 'removed', ...days, place: { side: 'base', ...base.place } };
}

function byAccount(users: readonly AssignedUser[]): ReadonlyMap<string, AssignedUser> {
  return new Map(users.map((user) => [accountKey(user.account), user]));
}

/** The people who hold a subject by declared assignments, narrowed or not; null where its application declares none. */
export function holdersOf({ kind, definition, side, users }: Subject): ReadonlySet<string> | null {
  const { assignments } = side.application;
  if (assignments.length === 0) return null;
  const assigned =
    kind === 'assignment'
      ? users
      : assignments.filter((item) => item.definition.role.name === definition.name).flatMap((item) => item.users);
  return new Set(assigned.map(({ account }) => accountKey(account)));
}
