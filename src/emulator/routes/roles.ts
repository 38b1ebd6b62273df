import { Hono } from 'hono';
import { anyScope } from '../authentication.ts';
import { entityLimitError } from '../entity-limits.ts';
import { apiError } from '../errors.ts';
import { newRoleId } from '../ids.ts';
import { answerPage } from '../paging.ts';
import { answer, readBody } from '../request.ts';
import { sortedByName } from '../roles-of-people.ts';
import type { Role, Store } from '../store.ts';
import type { EmulatorEnv, Tenant } from '../tenant.ts';
import type { Schema } from '../validation.ts';

const createSchema: Schema = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', description: 'Name of the role.' },
    description: { type: 'string', description: 'Description of the role.' },
  },
};

const updateSchema: Schema = {
  type: 'object',
  properties: {
    name: { type: 'string', description: 'Name of this role.' },
    description: { type: 'string', description: 'Description of this role.' },
  },
};

/** `/roles` and `/roles/{id}`. */
export function rolesRoutes({ store, limits }: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>()
    .get('/roles', anyScope('read:roles'), (context) => {
      const filter = context.req.query('name_filter')?.toLowerCase() ?? '';
      const roles = store.roles.values().filter((role) => role.name.toLowerCase().includes(filter));
      return answerPage(context, 'roles', sortedByName(roles), shownRole);
    })
    .post('/roles', anyScope('create:roles'), async (context) => {
      const body = await readBody<{ name: string; description?: string }>(context, createSchema);
      refuseTakenName(store, body.name, undefined);
      if (store.roles.size() >= limits.roles) {
        throw entityLimitError();
      }
      const role: Role = { id: newRoleId(), name: body.name, description: body.description ?? '' };
      store.atomically(() => store.roles.set(role.id, role));
      // Recorded: the answer to a creation without a description has no such key, every later one has "".
      return answer(context, { ...shownRole(role), description: body.description });
    })
    .get('/roles/:id', anyScope('read:roles'), (context) =>
      answer(context, shownRole(findRole(store, context.req.param('id')))),
    )
    .patch('/roles/:id', anyScope('update:roles'), async (context) => {
      const body = await readBody<{ name?: string; description?: string }>(context, updateSchema);
      const role = { ...findRole(store, context.req.param('id')), ...body };
      refuseTakenName(store, role.name, role.id);
      store.atomically(() => store.roles.set(role.id, role));
      return answer(context, shownRole(role));
    })
    .delete('/roles/:id', anyScope('delete:roles'), (context) => {
      const { id } = findRole(store, context.req.param('id'));
      store.atomically(() => removeRole(store, id));
      return answer(context, {});
    });
}

/** The role with this id; 404, without an error code, when there is none. */
export function findRole(store: Store, id: string): Role {
  const role = store.roles.get(id);
  if (role === undefined) {
    throw apiError(404, 'The role does not exist.');
  }
  return role;
}

/** Since 2026 a role says that it is one of the tenant and not of an organization. */
function shownRole(role: Role): object {
  return { ...role, type: 'tenant' };
}

/** 409 as in the OpenAPI; whether Auth0 compares without regard to case is not known, this compares exactly. */
function refuseTakenName(store: Store, name: string, ownId: string | undefined): void {
  if (store.roles.values().some((role) => role.name === name && role.id !== ownId)) {
    throw apiError(409, 'The role already exists.');
  }
}

function removeRole(store: Store, id: string): void {
  for (const permission of [...store.rolePermissions.rightsOf(id).keys()]) {
    store.rolePermissions.remove(id, permission);
  }
  for (const user of [...store.userRoles.leftsOf(id).keys()]) {
    store.userRoles.remove(user, id);
  }
  for (const member of [...store.memberRoles.leftsOf(id).keys()]) {
    store.memberRoles.remove(member, id);
  }
  store.roles.delete(id);
}
