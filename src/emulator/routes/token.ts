import type { Context } from 'hono';
import { Hono } from 'hono';
import { redeemCode } from '../authorization-codes.ts';
import { clientCredentials } from '../client-credentials.ts';
import { oauthError } from '../errors.ts';
import { passwordRealmGrant } from '../known-clients.ts';
import type { Parameters } from '../oauth-request.ts';
import { authenticatedClient, readParameters, signInRequest } from '../oauth-request.ts';
import { passwordSignIn } from '../password-sign-in.ts';
import { answer } from '../request.ts';
import type { Client, EmulatorEnv, Tenant } from '../tenant.ts';

type Grant = (tenant: Tenant, client: Client, body: Parameters, context: Context<EmulatorEnv>) => Promise<object>;

const password: Grant = (tenant, client, body, context) =>
  passwordSignIn(tenant, client, body, signInRequest(context, body));

const grants: Readonly<Record<string, Grant>> = {
  password,
  [passwordRealmGrant]: password,
  client_credentials: clientCredentials,
  authorization_code: async ({ codes }, client, body) => redeemCode(codes, client, body),
};

/**
 * `/oauth/token`. Credentials of a client may come as HTTP Basic (what the provider tries first), in a form or in JSON. Of
 * refusals only "Wrong email or password." is recorded; the other texts are those commonly reported.
 */
export function tokenRoutes(tenant: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>().post('/oauth/token', async (context) => {
    const body = await readParameters(context);
    const name = body.grant_type ?? '';
    const grant = Object.hasOwn(grants, name) ? grants[name] : undefined;
    const client = authenticatedClient(context, tenant.clients, body);
    if (grant !== undefined && client === undefined) {
      throw oauthError(401, 'access_denied', 'Unauthorized');
    }
    if (grant === undefined || client?.grantTypes.includes(name) !== true) {
      throw oauthError(403, 'unauthorized_client', `Grant type '${name}' not allowed for the client.`);
    }
    return answer(context, await grant(tenant, client, body, context));
  });
}
