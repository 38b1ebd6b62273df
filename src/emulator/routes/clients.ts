import type { Context } from 'hono';
import { Hono } from 'hono';
import { anyScope } from '../authentication.ts';
import { answerCheckpoint, isByCheckpoint } from '../checkpoint.ts';
import { apiError } from '../errors.ts';
import { answerPage } from '../paging.ts';
import { answer } from '../request.ts';
import type { Client, EmulatorEnv, Tenant } from '../tenant.ts';

/** `/clients`, to be read only: the machines that the emulator was started with, and the application of people. */
export function clientsRoutes({ clients }: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>()
    .get('/clients', anyScope('read:clients'), (context) => answerClients(context, clients))
    .get('/clients/:id', anyScope('read:clients'), (context) => {
      const client = clients.find(({ clientId }) => clientId === context.req.param('id'));
      if (client === undefined) {
        throw apiError(404, 'The client does not exist', 'inexistent_client');
      }
      return answer(context, shownClient(client));
    });
}

function answerClients(context: Context<EmulatorEnv>, clients: readonly Client[]): Response {
  const rows = clients.map((item) => ({ position: item.clientId, item }));
  return isByCheckpoint(context)
    ? answerCheckpoint(context, 'clients', rows, shownClient, 'ends')
    : answerPage(context, 'clients', clients, shownClient);
}

function shownClient({ clientId, clientSecret, name, type, grantTypes }: Client): object {
  return {
    client_id: clientId,
    name,
    app_type: type,
    grant_types: grantTypes,
    is_first_party: true,
    token_endpoint_auth_method: clientSecret === null ? 'none' : 'client_secret_post',
  };
}
