import { Hono } from 'hono';
import { anyScope } from '../authentication.ts';
import { answerCheckpoint, isByCheckpoint } from '../checkpoint.ts';
import { apiError } from '../errors.ts';
import { memberKey, removeMember } from '../organizations.ts';
import { answerPage, offsetPagingLimit, readPage, selectFields } from '../paging.ts';
import { peopleSince, shownPerson } from '../people.ts';
import { answerNothing, readBody } from '../request.ts';
import { knownRoles, rolesSchema, shownRoleOfPerson, sortedByName } from '../roles-of-people.ts';
import type { Role, Store, User } from '../store.ts';
import type { EmulatorEnv, Tenant } from '../tenant.ts';
import type { Schema } from '../validation.ts';
import { findOrganization } from './organizations.ts';

const membersSchema: Schema = {
  type: 'object',
  required: ['members'],
  properties: {
    members: { type: 'array', minItems: 1, description: 'List of user IDs.', items: { type: 'string', minLength: 1 } },
  },
};

const addRolesSchema = rolesSchema('List of roles IDs to associated with the user.');
const removeRolesSchema = rolesSchema('List of roles IDs associated with the organization member to remove.');

/** `/organizations/{id}/members`, and the roles that a member has there and nowhere else. */
export function organizationMembersRoutes({ store, limits }: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>()
    .get('/organizations/:id/members', anyScope('read:organization_members'), (context) => {
      const { id } = findOrganization(store, context.req.param('id'));
      const members = peopleSince(store, store.members.rightsOf(id));
      // `roles` are there only for who asks for them.
      const withRoles = context.req.query('fields')?.split(',').includes('roles') ?? false;
      const select = selectFields(context);
      const show = (user: User): object => {
        const roles = rolesOf(store, id, user.user_id).map(({ id: role, name }) => ({ id: role, name }));
        return select({ ...shownPerson(user), ...(withRoles ? { roles } : {}) });
      };
      if (isByCheckpoint(context)) {
        // Recorded: the last page leads on, to an empty one.
        return answerCheckpoint(context, 'members', members, show, 'leads on');
      }
      const people = members.map((row) => row.item);
      return answerPage(context, 'members', people, show, readPage(context, { onlyFirst: offsetPagingLimit }));
    })
    .post('/organizations/:id/members', anyScope('create:organization_members'), async (context) => {
      const { members } = await readBody<{ members: string[] }>(context, membersSchema);
      const { id } = findOrganization(store, context.req.param('id'));
      if (members.some((user) => store.users.get(user) === undefined)) {
        throw apiError(400, 'One or more of the users do not exist.', 'invalid_body');
      }
      if (new Set([...store.members.rightsOf(id).keys(), ...members]).size > limits.membersPerOrganization) {
        throw apiError(400, 'No more members can be added to this organization.');
      }
      const now = Date.now();
      store.atomically(() => {
        for (const user of members) {
          store.members.add(id, user, now);
        }
      });
      return answerNothing(context);
    })
    .delete('/organizations/:id/members', anyScope('delete:organization_members'), async (context) => {
      const { members } = await readBody<{ members: string[] }>(context, membersSchema);
      const { id } = findOrganization(store, context.req.param('id'));
      store.atomically(() => {
        for (const user of members) {
          removeMember(store, id, user);
        }
      });
      return answerNothing(context);
    })
    .get('/organizations/:id/members/:user/roles', anyScope('read:organization_member_roles'), (context) => {
      const { id, user } = knownMember(store, context.req.param('id'), context.req.param('user'), 404);
      return answerPage(context, 'roles', rolesOf(store, id, user), shownRoleOfPerson);
    })
    .post('/organizations/:id/members/:user/roles', anyScope('create:organization_member_roles'), async (context) => {
      const { roles } = await readBody<{ roles: string[] }>(context, addRolesSchema);
      const { id, user } = knownMember(store, context.req.param('id'), context.req.param('user'), 400);
      const key = memberKey(id, user);
      if (
        new Set([...store.memberRoles.rightsOf(key).keys(), ...knownRoles(store, roles)]).size > limits.rolesPerMember
      ) {
        throw apiError(409, 'No more roles can be assigned to this organization member.');
      }
      const now = Date.now();
      store.atomically(() => {
        for (const role of roles) {
          store.memberRoles.add(key, role, now);
        }
      });
      return answerNothing(context);
    })
    .delete('/organizations/:id/members/:user/roles', anyScope('delete:organization_member_roles'), async (context) => {
      const { roles } = await readBody<{ roles: string[] }>(context, removeRolesSchema);
      const { id, user } = knownMember(store, context.req.param('id'), context.req.param('user'), 400);
      store.atomically(() => {
        for (const role of roles) {
          store.memberRoles.remove(memberKey(id, user), role);
        }
      });
      return answerNothing(context);
    });
}

/** The status of a stranger differs by call, as far as the SDK tells; the text is ours. */
function knownMember(
  store: Store,
  organization: string,
  user: string,
  status: 400 | 404,
): { id: string; user: string } {
  const { id } = findOrganization(store, organization);
  if (!store.members.has(id, user)) {
    throw apiError(status, 'The user is not a member of this organization.');
  }
  return { id, user };
}

function rolesOf(store: Store, organization: string, user: string): Role[] {
  const held = store.memberRoles.rightsOf(memberKey(organization, user));
  return sortedByName([...held.keys()].flatMap((id) => store.roles.get(id) ?? []));
}
