import { Hono } from 'hono';
import { anyScope } from '../authentication.ts';
import { answerCheckpoint, isByCheckpoint } from '../checkpoint.ts';
import { apiError } from '../errors.ts';
import { randomAlphanumeric } from '../ids.ts';
import { answerPage } from '../paging.ts';
import { answer, answerNothing, readBody } from '../request.ts';
import type { ClientGrant } from '../store.ts';
import type { EmulatorEnv, Tenant } from '../tenant.ts';
import type { Schema } from '../validation.ts';

interface GrantBody {
  readonly client_id: string;
  readonly audience: string;
  readonly scope?: readonly string[];
}

const createSchema: Schema = {
  type: 'object',
  required: ['client_id', 'audience'],
  properties: {
    client_id: { type: 'string', description: 'ID of the client.' },
    audience: { type: 'string', minLength: 1, description: 'The audience (API identifier) of this client grant.' },
    scope: {
      type: 'array',
      description: 'Scopes allowed for this client grant.',
      items: { type: 'string', minLength: 1, maxLength: 280 },
    },
  },
};

/**
 * `/client-grants`: what machines may do at the tenant's APIs. The grants of the Management API come with the start and stay;
 * those of people's applications are not served.
 */
export function clientGrantsRoutes({ store, clients, tokens }: Tenant): Hono<EmulatorEnv> {
  const [management = ''] = tokens.audiences;
  const machines = clients.filter(({ type }) => type === 'non_interactive');
  const given = machines.map(
    (client): ClientGrant => ({
      id: `cgr_${client.clientId.slice(0, 16)}`,
      client_id: client.clientId,
      audience: management,
      scope: client.scopes,
    }),
  );
  return new Hono<EmulatorEnv>()
    .get('/client-grants', anyScope('read:client_grants'), (context) => {
      const { audience, client_id: clientId } = context.req.query();
      const found = [...given, ...store.clientGrants.values()].filter(
        (grant) =>
          (clientId === undefined || grant.client_id === clientId) &&
          (audience === undefined || grant.audience === audience || isManagement(grant, audience)),
      );
      const rows = found.map((item) => ({ position: item.id, item }));
      return isByCheckpoint(context)
        ? answerCheckpoint(context, 'client_grants', rows, (grant) => grant, 'ends')
        : answerPage(context, 'client_grants', found, (grant) => grant);
    })
    .post('/client-grants', anyScope('create:client_grants'), async (context) => {
      const body = await readBody<GrantBody>(context, createSchema);
      const { client_id: clientId, audience, scope = [] } = body;
      if (!machines.some((client) => client.clientId === clientId)) {
        throw apiError(404, 'The client does not exist', 'inexistent_client');
      }
      const server = store.resourceServers.values().find(({ identifier }) => identifier === audience);
      if (server === undefined) {
        throw apiError(404, 'The resource server does not exist', 'inexistent_resource_server');
      }
      if (
        [...given, ...store.clientGrants.values()].some(
          (one) => one.client_id === clientId && one.audience === audience,
        )
      ) {
        throw apiError(409, `A client grant already exists between ${clientId} and ${audience}`);
      }
      const unknown = scope.filter((name) => !(server.scopes ?? []).some(({ value }) => value === name));
      if (unknown.length > 0) {
        throw apiError(400, `Not scopes of ${audience}: ${unknown.join(', ')}`, 'invalid_body');
      }
      const grant: ClientGrant = { id: `cgr_${randomAlphanumeric(16)}`, client_id: clientId, audience, scope };
      store.atomically(() => store.clientGrants.set(grant.id, grant));
      return answer(context, grant, 201);
    })
    .delete('/client-grants/:id', anyScope('delete:client_grants'), (context) => {
      store.atomically(() => store.clientGrants.delete(context.req.param('id')));
      return answerNothing(context);
    });

  /** The Management API goes by the name localhost too. */
  function isManagement(grant: ClientGrant, audience: string): boolean {
    return grant.audience === management && tokens.audiences.includes(audience);
  }
}
