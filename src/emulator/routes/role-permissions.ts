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
import { findRole } from './roles.ts';

const schema = permissionsSchema('array of resource_server_identifier, permission_name pairs.');

/** `/roles/{id}/permissions`. */
export function rolePermissionsRoutes({ store, limits }: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>()
    .get('/roles/:id/permissions', anyScope('read:roles'), (context) => {
      const { id } = findRole(store, context.req.param('id'));
      const shown = shownPermissions(store, store.rolePermissions.rightsOf(id).keys());
      return answerPage(context, 'permissions', shown, (permission) => permission);
    })
    .post('/roles/:id/permissions', anyScope('update:roles'), async (context) => {
      const { permissions } = await readBody<{ permissions: PermissionPair[] }>(context, schema);
      const { id } = findRole(store, context.req.param('id'));
      const keys = knownPermissionKeys(store, permissions);
      const problem = 'No more permissions can be assigned to this role.';
      store.atomically(() => addPermissions(store.rolePermissions, id, keys, limits.permissionsPerRole, problem));
      return answer(context, {}, 201);
    })
    .delete('/roles/:id/permissions', anyScope('update:roles'), async (context) => {
      const { permissions } = await readBody<{ permissions: PermissionPair[] }>(context, schema);
      const { id } = findRole(store, context.req.param('id'));
      const keys = removablePermissionKeys(store, permissions);
      store.atomically(() => {
        for (const key of keys) {
          store.rolePermissions.remove(id, key);
        }
      });
      return answerNothing(context);
    });
}
