import type { Row } from './checkpoint.ts';
import { timedPosition } from './checkpoint.ts';
import { byteOrder } from './paging.ts';
import type { Store, User } from './store.ts';

/** The people among `since`, user ids with the time of their assignment, by that time and then by user id. */
export function peopleSince(store: Store, since: ReadonlyMap<string, number>): Row<User>[] {
  return [...since]
    .flatMap(([id, time]): Row<User>[] => {
      const item = store.users.get(id);
      return item === undefined ? [] : [{ item, position: timedPosition(time, id) }];
    })
    .sort((left, right) => byteOrder(left.position, right.position));
}

/** A person as the holders of a role and the members of an organization are listed. */
export function shownPerson({ user_id, email, picture, name }: User): Readonly<Record<string, unknown>> {
  return { user_id, email, picture, name };
}
