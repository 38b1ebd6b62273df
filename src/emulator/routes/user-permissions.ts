import { Hono } from 'hono';
import { anyScope } from '../authentication.ts';
import { answerPage } from '../paging.ts';
import type { PermissionPair } from '../permissions.ts';
import {
  addPermissions,
  knownPermissionKeys,
  permissionsSchema,
  removablePermissionKeys,
  shownPermissions,
} from '../permissions.ts';
import { answer, answerNothing, readBody } from '../request.ts';
import type { EmulatorEnv, Tenant } from '../tenant.ts';
import { findUser } from './users.ts';

const addSchema = permissionsSchema('List of permissions to add to this user.');
const removeSchema = permissionsSchema('List of permissions to remove from this user.');

/**
 * `/users/{id}/permissions`: direct assignments. The dashboard shows the ones through roles too; how the API lists those
 * is not recorded, and the provider would take them for drift, so they are left out.
 */
export function userPermissionsRoutes({ store, limits }: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>()
    .get('/users/:id/permissions', anyScope('read:users'), (context) => {
      const { user_id: user } = findUser(store, context.req.param('id'));
      const shown = shownPermissions(store, store.userPermissions.rightsOf(user).keys());
      return answerPage(context, 'permissions', shown, (permission) => ({
        ...permission,
        sources: [{ source_id: '', source_name: '', source_type: 'DIRECT' }],
      }));
    })
    .post('/users/:id/permissions', anyScope('update:users'), async (context) => {
      const { permissions } = await readBody<{ permissions: PermissionPair[] }>(context, addSchema);
      const { user_id: user } = findUser(store, context.req.param('id'));
      const keys = knownPermissionKeys(store, permissions);
      const problem = 'No more permissions can be assigned to this user.';
      store.atomically(() => addPermissions(store.userPermissions, user, keys, limits.permissionsPerUser, problem));
      return answer(context, {}, 201);
    })
    .delete('/users/:id/permissions', anyScope('update:users'), async (context) => {
      const { permissions } = await readBody<{ permissions: PermissionPair[] }>(context, removeSchema);
      const { user_id: user } = findUser(store, context.req.param('id'));
      const keys = removablePermissionKeys(store, permissions);
      store.atomically(() => {
        for (const key of keys) {
          store.userPermissions.remove(user, key);
        }
      });
      return answerNothing(context);
    });
}
