import type { Context } from 'hono';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { answer } from '../request.ts';
import type { Client, EmulatorEnv, Tenant } from '../tenant.ts';
import { tokenLifetimeSeconds } from '../tokens.ts';

/**
 * `/oauth/token` for machines, and the keys that verify what it issues.
 *
 * Credentials may come as HTTP Basic (what the provider tries first), in a form or in JSON. The texts of refusals are those
 * commonly reported; none was recorded.
 */
export function tokenRoutes({ clients, tokens }: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>()
    .post('/oauth/token', async (context) => {
      const body = await readParameters(context);
      if (body.grant_type !== 'client_credentials') {
        return refuse(
          context,
          403,
          'unauthorized_client',
          `Grant type '${body.grant_type}' not allowed for the client.`,
        );
      }
      const client = authenticatedClient(context, clients, body);
      if (client === undefined) {
        return refuse(context, 401, 'access_denied', 'Unauthorized');
      }
      if (body.audience === undefined) {
        const problem = 'No audience parameter was provided, and no default audience has been configured';
        return refuse(context, 403, 'access_denied', problem);
      }
      if (!tokens.audiences.includes(body.audience)) {
        return refuse(context, 403, 'access_denied', `Client is not authorized to access "${body.audience}".`);
      }
      const accessToken = await tokens.issue(client.clientId, body.audience, client.scopes);
      return answer(context, {
        access_token: accessToken,
        scope: client.scopes.join(' '),
        expires_in: tokenLifetimeSeconds,
        token_type: 'Bearer',
      });
    })
    .get('/.well-known/jwks.json', async (context) => answer(context, await tokens.keySet()))
    .get('/.well-known/openid-configuration', (context) =>
      answer(context, {
        issuer: tokens.issuer,
        token_endpoint: `${tokens.issuer}oauth/token`,
        jwks_uri: `${tokens.issuer}.well-known/jwks.json`,
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      }),
    );
}

type Parameters = Readonly<Record<string, string | undefined>>;

async function readParameters(context: Context<EmulatorEnv>): Promise<Parameters> {
  const text = await context.req.text();
  if (!context.req.header('content-type')?.includes('json')) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  try {
    return (JSON.parse(text) as Parameters | null) ?? {};
  } catch {
    return {};
  }
}

function authenticatedClient(
  context: Context<EmulatorEnv>,
  clients: readonly Client[],
  body: Parameters,
): Client | undefined {
  const basic = /^basic (?<pair>\S+)$/i.exec(context.req.header('authorization') ?? '')?.groups?.pair;
  const [id, secret] =
    basic === undefined
      ? [body.client_id, body.client_secret]
      : Buffer.from(basic, 'base64').toString().split(':').map(unescaped);
  return clients.find((client) => client.clientId === id && client.clientSecret === secret);
}

function refuse(context: Context<EmulatorEnv>, status: ContentfulStatusCode, error: string, text: string): Response {
  return answer(context, { error, error_description: text }, status);
}

/** OAuth escapes what goes into HTTP Basic (RFC 6749, 2.3.1); who does not is understood where that is possible. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
