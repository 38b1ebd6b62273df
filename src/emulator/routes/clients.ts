import type { Context } from 'hono';
import { Hono } from 'hono';
import { anyScope } from '../authentication.ts';
import { answerCheckpoint, isByCheckpoint } from '../checkpoint.ts';
import { apiError } from '../errors.ts';
import { answerPage } from '../paging.ts';
import { answer } from '../request.ts';
import type { Client, EmulatorEnv, Tenant } from '../tenant.ts';

/** `/clients` and `/client-grants`, to be read only: the machines that the emulator was started with. */
export function clientsRoutes({ clients, tokens }: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>()
    .get('/clients', anyScope('read:clients'), (context) => answerClients(context, 'clients', clients, shownClient))
    .get('/clients/:id', anyScope('read:clients'), (context) => {
      const client = clients.find(({ clientId }) => clientId === context.req.param('id'));
      if (client === undefined) {
        throw apiError(404, 'The client does not exist', 'inexistent_client');
      }
      return answer(context, shownClient(client));
    })
    .get('/client-grants', anyScope('read:client_grants'), (context) => {
      const { audience, client_id: clientId } = context.req.query();
      const granted = clients.filter((client) => clientId === undefined || client.clientId === clientId);
      const known = audience === undefined || tokens.audiences.includes(audience) ? granted : [];
      return answerClients(context, 'client_grants', known, (client) => ({
        id: `cgr_${client.clientId.slice(0, 16)}`,
        client_id: client.clientId,
        audience: tokens.audiences[0],
        scope: client.scopes,
      }));
    });
}

/** By page number or by checkpoint. */
function answerClients(
  context: Context<EmulatorEnv>,
  key: string,
  clients: readonly Client[],
  show: (client: Client) => object,
): Response {
  const rows = clients.map((item) => ({ position: item.clientId, item }));
  return isByCheckpoint(context)
    ? answerCheckpoint(context, key, rows, show, 'ends')
    : answerPage(context, key, clients, show);
}

function shownClient({ clientId }: Client): object {
  return {
    client_id: clientId,
    name: `Machine ${clientId}`,
    app_type: 'non_interactive',
    grant_types: ['client_credentials'],
    is_first_party: true,
  };
}
