import { oauthError } from './errors.ts';
import type { Parameters } from './oauth-request.ts';
import type { Client, Tenant } from './tenant.ts';
import { tokenLifetimeSeconds } from './tokens.ts';
import { accessToken, audienceOf } from './user-tokens.ts';

/**
 * A token for a machine itself: of the Management API with what it was started with, of another API with what its grant says.
 * No action runs: the trigger of this flow is another one.
 */
export async function clientCredentials(tenant: Tenant, client: Client, body: Parameters): Promise<object> {
  const { tokens } = tenant;
  if (body.audience === undefined) {
    const problem = 'No audience parameter was provided, and no default audience has been configured';
    throw oauthError(403, 'access_denied', problem);
  }
  if (tokens.audiences.includes(body.audience)) {
    const token = await tokens.issue(client.clientId, body.audience, client.scopes);
    return shown(token, client.scopes, tokenLifetimeSeconds);
  }
  const server = audienceOf(tenant, body.audience);
  const grant = tenant.store.clientGrants
    .values()
    .find(({ client_id, audience }) => client_id === client.clientId && audience === body.audience);
  if (grant === undefined) {
    throw oauthError(403, 'access_denied', `Client is not authorized to access "${body.audience}".`);
  }
  const offered = (server?.scopes ?? []).map(({ value }) => value);
  const granted = offered.filter((scope) => grant.scope.includes(scope));
  const asked = body.scope?.split(' ') ?? granted;
  const { token, lifetime } = await accessToken(tenant, server, {
    subject: `${client.clientId}@clients`,
    clientId: client.clientId,
    grantType: 'client-credentials',
    scopes: granted.filter((scope) => asked.includes(scope)),
    permitted: granted,
    organization: undefined,
    customClaims: {},
  });
  return shown(token, granted, lifetime);
}

function shown(token: string, scopes: readonly string[], lifetime: number): object {
  return { access_token: token, scope: scopes.join(' '), expires_in: lifetime, token_type: 'Bearer' };
}
