import { Hono } from 'hono';
import { allScopes, anyScope } from '../authentication.ts';
import { apiError } from '../errors.ts';
import { answerPage, byteOrder, integerParameter, offsetPagingLimit, readPage } from '../paging.ts';
import { answer, readBody } from '../request.ts';
import type { Store, User } from '../store.ts';
import type { EmulatorEnv, Tenant } from '../tenant.ts';
import type { Schema } from '../validation.ts';
import { findRole } from './roles.ts';
import { assignRoles } from './user-roles.ts';

const schema: Schema = {
  type: 'object',
  required: ['users'],
  properties: {
    users: {
      type: 'array',
      description: "user_id's of the users to assign the role to.",
      items: { type: 'string' },
    },
  },
};

const takeSchema: Schema = {
  type: 'integer',
  minimum: 1,
  maximum: 100,
  description: 'Number of results per page. Defaults to 50.',
};

/** `/roles/{id}/users`, by page number or, with `take` or `from`, by checkpoint. */
export function roleUsersRoutes({ store }: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>()
    .get('/roles/:id/users', allScopes('read:users', 'read:roles'), (context) => {
      const holders = holdersOf(store, findRole(store, context.req.param('id')).id);
      const take = integerParameter(context, 'take', takeSchema);
      const from = context.req.query('from');
      if (take === undefined && from === undefined) {
        const page = readPage(context, { onlyFirst: offsetPagingLimit });
        return answerPage(context, 'users', holders, shownHolder, page);
      }
      const rest = from === undefined ? holders : holders.slice(positionAfter(holders, from));
      const shown = rest.slice(0, take ?? 50);
      const last = shown.at(-1);
      const next = last === undefined || shown.length === rest.length ? undefined : checkpoint(last);
      return answer(context, { users: shown.map(shownHolder), next });
    })
    .post('/roles/:id/users', anyScope('update:roles'), async (context) => {
      const { users } = await readBody<{ users: string[] }>(context, schema);
      const { id } = findRole(store, context.req.param('id'));
      if (users.some((user) => store.users.get(user) === undefined)) {
        throw apiError(404, 'One or more of the users do not exist.');
      }
      store.atomically(() => assignRoles(store, users, [id]));
      return answer(context, {});
    });
}

interface Holder {
  readonly user: User;
  readonly since: number;
}

/** Who holds a role, by the time of the assignment and then by user id. */
function holdersOf(store: Store, role: string): Holder[] {
  return [...store.userRoles.leftsOf(role)]
    .flatMap(([id, since]): Holder[] => {
      const user = store.users.get(id);
      return user === undefined ? [] : [{ user, since }];
    })
    .sort((left, right) => left.since - right.since || byteOrder(left.user.user_id, right.user.user_id));
}

function shownHolder({ user }: Holder): object {
  return { user_id: user.user_id, email: user.email, picture: user.picture, name: user.name };
}

/** As recorded: base64 of "<time with microseconds>UTC,<user id>" of the last row shown. */
function checkpoint({ user, since }: Holder): string {
  const time = new Date(since).toISOString().replace('T', ' ').replace('Z', '000UTC');
  return Buffer.from(`${time},${user.user_id}`).toString('base64');
}

function positionAfter(holders: readonly Holder[], from: string): number {
  const position = holders.findIndex((holder) => checkpoint(holder) === from);
  if (position >= 0) {
    return position + 1;
  }
  // The row may have gone since: the checkpoint itself says where it was.
  const [time, user] = Buffer.from(from, 'base64').toString().split('UTC,');
  const since = Date.parse(`${time?.slice(0, -3).replace(' ', 'T')}Z`);
  if (user === undefined || Number.isNaN(since)) {
    throw apiError(400, 'Invalid from parameter.', 'invalid_query_string');
  }
  const isLater = (holder: Holder): boolean =>
    holder.since > since || (holder.since === since && byteOrder(holder.user.user_id, user) > 0);
  const later = holders.findIndex(isLater);
  return later < 0 ? holders.length : later;
}
