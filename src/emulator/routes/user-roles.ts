import { Hono } from 'hono';
import { allScopes, anyScope } from '../authentication.ts';
import type { EntityLimits } from '../entity-limits.ts';
import { apiError } from '../errors.ts';
import { answerPage } from '../paging.ts';
import { answerNothing, readBody } from '../request.ts';
import { knownRoles, rolesSchema, shownRoleOfPerson, sortedByName } from '../roles-of-people.ts';
import type { Store } from '../store.ts';
import type { EmulatorEnv, Tenant } from '../tenant.ts';
import { findUser } from './users.ts';

const addSchema = rolesSchema('List of roles IDs to associated with the user.');
const removeSchema = rolesSchema('List of roles IDs to remove from the user.');

/** `/users/{id}/roles`. */
export function userRolesRoutes({ store, limits }: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>()
    .get('/users/:id/roles', allScopes('read:users', 'read:roles', 'read:role_members'), (context) => {
      const { user_id: user } = findUser(store, context.req.param('id'));
      const held = [...store.userRoles.rightsOf(user).keys()].flatMap((id) => store.roles.get(id) ?? []);
      return answerPage(context, 'roles', sortedByName(held), shownRoleOfPerson);
    })
    .post('/users/:id/roles', anyScope('read:roles', 'update:users'), async (context) => {
      const { roles } = await readBody<{ roles: string[] }>(context, addSchema);
      const { user_id: user } = findUser(store, context.req.param('id'));
      const known = knownRoles(store, roles);
      store.atomically(() => assignRoles(store, limits, [user], known));
      return answerNothing(context);
    })
    .delete('/users/:id/roles', anyScope('update:users'), async (context) => {
      const { roles } = await readBody<{ roles: string[] }>(context, removeSchema);
      const { user_id: user } = findUser(store, context.req.param('id'));
      store.atomically(() => {
        for (const role of roles) {
          store.userRoles.remove(user, role);
        }
      });
      return answerNothing(context);
    });
}

/**
 * Gives each of the users each of the roles, at the same instant; nobody gets any when one would hold too many (400,
 * the text is not recorded). Roles already held stay as they are.
 */
export function assignRoles(
  store: Store,
  { rolesPerUser }: EntityLimits,
  users: readonly string[],
  roles: readonly string[],
): void {
  for (const user of users) {
    const held = store.userRoles.rightsOf(user);
    if (new Set([...held.keys(), ...roles]).size > rolesPerUser) {
      throw apiError(400, 'No more roles can be assigned to this user.');
    }
  }
  const now = Date.now();
  for (const user of users) {
    for (const role of roles) {
      store.userRoles.add(user, role, now);
    }
  }
}
