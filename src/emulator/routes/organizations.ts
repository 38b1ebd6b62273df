import { Hono } from 'hono';
import { anyScope } from '../authentication.ts';
import type { Row } from '../checkpoint.ts';
import { answerCheckpoint, isByCheckpoint } from '../checkpoint.ts';
import { entityLimitError } from '../entity-limits.ts';
import { apiError } from '../errors.ts';
import { randomAlphanumeric } from '../ids.ts';
import type { Organization } from '../organizations.ts';
import { createOrganizationSchema, removeMember, updateOrganizationSchema } from '../organizations.ts';
import { answerPage, offsetPagingLimit, readPage } from '../paging.ts';
import { answer, answerNothing, readBody } from '../request.ts';
import type { Store } from '../store.ts';
import type { EmulatorEnv, Tenant } from '../tenant.ts';
import { findUser } from './users.ts';

interface OrganizationBody {
  readonly name: string;
  readonly display_name?: string;
  readonly [property: string]: unknown;
}

/** `/organizations`, `/organizations/{id}`, and the organizations of a person. */
export function organizationsRoutes({ store, limits }: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>()
    .get('/organizations', anyScope('read:organizations'), (context) => {
      if (isByCheckpoint(context)) {
        const rows = store.organizations.values().map((item): Row<Organization> => ({ position: item.name, item }));
        return answerCheckpoint(context, 'organizations', rows, (organization) => organization, 'ends');
      }
      const page = readPage(context, { onlyFirst: offsetPagingLimit });
      return answerPage(context, 'organizations', store.organizations.values(), (organization) => organization, page);
    })
    .post('/organizations', anyScope('create:organizations'), async (context) => {
      const { enabled_connections: _, ...body } = await readBody<OrganizationBody>(context, createOrganizationSchema);
      refuseTakenName(store, body.name, undefined);
      if (store.organizations.size() >= limits.organizations) {
        throw entityLimitError();
      }
      const organization: Organization = { ...body, id: `org_${randomAlphanumeric(16)}` };
      store.atomically(() => store.organizations.set(organization.id, organization));
      return answer(context, organization, 201);
    })
    .get('/organizations/name/:name', anyScope('read:organizations'), (context) => {
      const name = context.req.param('name');
      const named = store.organizations.values().find((organization) => organization.name === name);
      return answer(context, named ?? findOrganization(store, ''));
    })
    .get('/organizations/:id', anyScope('read:organizations'), (context) =>
      answer(context, findOrganization(store, context.req.param('id'))),
    )
    .patch('/organizations/:id', anyScope('update:organizations'), async (context) => {
      const body = await readBody<Partial<OrganizationBody>>(context, updateOrganizationSchema);
      const organization = { ...findOrganization(store, context.req.param('id')), ...body };
      refuseTakenName(store, organization.name, organization.id);
      store.atomically(() => store.organizations.set(organization.id, organization));
      return answer(context, organization);
    })
    .delete('/organizations/:id', anyScope('delete:organizations'), (context) => {
      const { id } = findOrganization(store, context.req.param('id'));
      store.atomically(() => {
        for (const user of [...store.members.rightsOf(id).keys()]) {
          removeMember(store, id, user);
        }
        store.organizations.delete(id);
      });
      return answerNothing(context);
    })
    .get('/users/:id/organizations', anyScope('read:organizations'), (context) => {
      const { user_id: user } = findUser(store, context.req.param('id'));
      const joined = [...store.members.leftsOf(user).keys()].map((id) => findOrganization(store, id));
      return answerPage(context, 'organizations', joined, ({ id, name, display_name }) => ({ id, name, display_name }));
    });
}

/** The organization with this id; 404, without an error code, when there is none. */
export function findOrganization(store: Store, id: string): Organization {
  const organization = store.organizations.get(id);
  if (organization === undefined) {
    throw apiError(404, 'No organization found by that id or name');
  }
  return organization;
}

function refuseTakenName(store: Store, name: string, ownId: string | undefined): void {
  if (store.organizations.values().some((other) => other.name === name && other.id !== ownId)) {
    throw apiError(409, 'An organization with the same name already exists.', 'organization_conflict');
  }
}
