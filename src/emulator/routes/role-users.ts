import { Hono } from 'hono';
import { allScopes, anyScope } from '../authentication.ts';
import { answerCheckpoint, isByCheckpoint } from '../checkpoint.ts';
import { apiError } from '../errors.ts';
import { answerPage, offsetPagingLimit, readPage } from '../paging.ts';
import { peopleSince, shownPerson } from '../people.ts';
import { answer, readBody } from '../request.ts';
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

/** `/roles/{id}/users`, by page number or, with `take` or `from`, by checkpoint. */
export function roleUsersRoutes({ store, limits }: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>()
    .get('/roles/:id/users', allScopes('read:users', 'read:roles'), (context) => {
      const role = findRole(store, context.req.param('id'));
      const holders = peopleSince(store, store.userRoles.leftsOf(role.id));
      if (isByCheckpoint(context)) {
        return answerCheckpoint(context, 'users', holders, shownPerson, 'ends');
      }
      const people = holders.map((row) => row.item);
      return answerPage(context, 'users', people, shownPerson, readPage(context, { onlyFirst: offsetPagingLimit }));
    })
    .post('/roles/:id/users', anyScope('update:roles'), async (context) => {
      const { users } = await readBody<{ users: string[] }>(context, schema);
      const { id } = findRole(store, context.req.param('id'));
      if (users.some((user) => store.users.get(user) === undefined)) {
        throw apiError(404, 'One or more of the users do not exist.');
      }
      store.atomically(() => assignRoles(store, limits, users, [id]));
      return answer(context, {});
    });
}
