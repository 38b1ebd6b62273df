import { Hono } from 'hono';
import { anyScope } from '../authentication.ts';
import { answerCheckpoint } from '../checkpoint.ts';
import { apiError } from '../errors.ts';
import { shownPermissions } from '../permissions.ts';
import { shownRoleOfPerson } from '../roles-of-people.ts';
import type { EmulatorEnv, Tenant } from '../tenant.ts';
import { findUser } from './users.ts';

/** `/users/{id}/effective-roles` and `…/effective-permissions`: what a person holds, by whichever way. There are no groups. */
export function userEffectiveRoutes({ store }: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>()
    .get('/users/:id/effective-roles', anyScope('read:user_effective_roles'), (context) => {
      const { user_id: user } = findUser(store, context.req.param('id'));
      const rows = [...store.userRoles.rightsOf(user).keys()].flatMap((id) => {
        const item = store.roles.get(id);
        return item === undefined ? [] : [{ position: item.name, item }];
      });
      const show = (role: (typeof rows)[number]['item']): object => ({
        ...shownRoleOfPerson(role),
        sources: ['direct'],
      });
      return answerCheckpoint(context, 'roles', rows, show, 'ends');
    })
    .get('/users/:id/effective-permissions', anyScope('read:user_effective_permissions'), (context) => {
      const { user_id: user } = findUser(store, context.req.param('id'));
      const identifier = context.req.query('resource_server_identifier');
      if (identifier === undefined) {
        const problem = "'Missing required property: resource_server_identifier'";
        throw apiError(400, `Query validation error: ${problem}.`, 'invalid_query_string');
      }
      const direct = store.userPermissions.rightsOf(user);
      const roles = [...store.userRoles.rightsOf(user).keys()];
      const inherited = new Set(roles.flatMap((role) => [...store.rolePermissions.rightsOf(role).keys()]));
      const rows = [...new Set([...direct.keys(), ...inherited])].flatMap((key) => {
        const sources = [...(direct.has(key) ? ['direct'] : []), ...(inherited.has(key) ? ['roles'] : [])];
        return shownPermissions(store, [key])
          .filter((permission) => permission.resource_server_identifier === identifier)
          .map((permission) => ({ position: permission.permission_name, item: { ...permission, sources } }));
      });
      return answerCheckpoint(context, 'permissions', rows, (permission) => permission, 'ends');
    });
}
