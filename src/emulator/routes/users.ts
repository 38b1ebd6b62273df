import type { Context } from 'hono';
import { Hono } from 'hono';
import { anyScope } from '../authentication.ts';
import { apiError } from '../errors.ts';
import { removeMember } from '../organizations.ts';
import { byteOrder, offsetPagingLimit, readPage, selectFields } from '../paging.ts';
import { hashPassword } from '../passwords.ts';
import { answer, answerNothing, readBody } from '../request.ts';
import type { Store, User } from '../store.ts';
import type { EmulatorEnv, Tenant } from '../tenant.ts';
import type { UserBody } from '../user-profile.ts';
import { changedUser, newUser } from '../user-profile.ts';
import { createUserSchema, updateUserSchema } from '../user-schema.ts';
import { userSearch } from '../user-search.ts';

/** `/users`, `/users/{id}` and `/users-by-email`. */
export function usersRoutes({ store }: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>()
    .get('/users', anyScope('read:users'), (context) => answerUsers(context, store))
    .get('/users-by-email', anyScope('read:users'), (context) => {
      const email = context.req.query('email');
      if (email === undefined) {
        throw apiError(400, "Query validation error: 'Missing required property: email'.", 'invalid_query_string');
      }
      const found = store.users.values().filter((user) => user.email === email);
      return answer(context, found.map(selectFields(context)));
    })
    .post('/users', anyScope('create:users'), async (context) => {
      const body = await readBody<UserBody & { connection: string }>(context, createUserSchema);
      const user = newUser(body);
      if (store.users.values().some((other) => isSameAccount(other, user))) {
        throw apiError(409, 'The user already exists.', 'auth0_idp_error');
      }
      store.atomically(() => keepUser(store, user, body));
      return answer(context, user, 201);
    })
    .get('/users/:id', anyScope('read:users', 'read:current_user', 'read:user_idp_tokens'), (context) =>
      answer(context, selectFields(context)(findUser(store, context.req.param('id')))),
    )
    .patch('/users/:id', anyScope('update:users', 'update:users_app_metadata'), async (context) => {
      const body = await readBody<UserBody>(context, updateUserSchema);
      const before = findUser(store, context.req.param('id'));
      refuseJointChange(body);
      const user = changedUser(before, body);
      store.atomically(() => keepUser(store, user, body));
      return answer(context, user);
    })
    .delete('/users/:id', anyScope('delete:users', 'delete:current_user'), (context) => {
      const id = context.req.param('id');
      store.atomically(() => removeUser(store, id));
      return answerNothing(context);
    });
}

/** The user with this id; 404 `inexistent_user` when there is none. */
export function findUser(store: Store, id: string): User {
  const user = store.users.get(id);
  if (user === undefined) {
    throw apiError(404, 'The user does not exist.', 'inexistent_user');
  }
  return user;
}

/** GET /users: `q`, `sort`, `fields`, and pages of the first 1000; with totals it also has the `length` of the page. */
function answerUsers(context: Context<EmulatorEnv>, store: Store): Response {
  const page = readPage(context, { onlyFirst: offsetPagingLimit });
  const query = context.req.query('q');
  const found =
    query === undefined || query === '' ? store.users.values() : store.users.values().filter(userSearch(query));
  const shown = sorted(found, context.req.query('sort'))
    .slice(page.start, page.start + page.limit)
    .map(selectFields(context));
  return answer(
    context,
    page.includeTotals
      ? { start: page.start, limit: page.limit, length: shown.length, users: shown, total: found.length }
      : shown,
  );
}

function sorted(users: readonly User[], sort: string | undefined): readonly User[] {
  if (sort === undefined) {
    return users;
  }
  const [, field = '', direction] = /^([\w.]+):(1|-1)$/.exec(sort) ?? [];
  if (direction === undefined) {
    throw apiError(400, "Query validation error: 'Invalid sort' on property sort.", 'invalid_query_string');
  }
  const sign = Number(direction);
  return [...users].sort((left, right) => sign * byteOrder(String(left[field] ?? ''), String(right[field] ?? '')));
}

function isSameAccount(left: User, right: User): boolean {
  const sameConnection = left.identities[0]?.connection === right.identities[0]?.connection;
  const sameName = left.username !== undefined && left.username === right.username;
  const sameEmail = left.email !== undefined && left.email === right.email;
  return left.user_id === right.user_id || (sameConnection && (sameName || sameEmail));
}

/** The rule is in the OpenAPI, the text is not recorded. */
function refuseJointChange(body: UserBody): void {
  const apart = ['email', 'password', 'username'].filter((key) => body[key] !== undefined);
  if (apart.length > 1) {
    throw apiError(400, `Cannot update ${apart.slice(0, 2).join(' and ')} simultaneously`, 'invalid_body');
  }
}

function keepUser(store: Store, user: User, { password }: UserBody): void {
  store.users.set(user.user_id, user);
  if (typeof password === 'string') {
    store.passwords.set(user.user_id, hashPassword(password));
  }
}

function removeUser(store: Store, id: string): void {
  for (const relation of [store.userRoles, store.userPermissions]) {
    for (const right of [...relation.rightsOf(id).keys()]) {
      relation.remove(id, right);
    }
  }
  for (const organization of [...store.members.leftsOf(id).keys()]) {
    removeMember(store, organization, id);
  }
  store.passwords.delete(id);
  store.users.delete(id);
}
