import { Hono } from 'hono';
import { answer } from '../request.ts';
import type { EmulatorEnv, Tenant } from '../tenant.ts';

/** The keys that verify the tenant's tokens, and where everything is. */
export function wellKnownRoutes({ tokens }: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>()
    .get('/.well-known/jwks.json', async (context) => answer(context, await tokens.keySet()))
    .get('/.well-known/openid-configuration', (context) =>
      answer(context, {
        issuer: tokens.issuer,
        authorization_endpoint: `${tokens.issuer}authorize`,
        token_endpoint: `${tokens.issuer}oauth/token`,
        jwks_uri: `${tokens.issuer}.well-known/jwks.json`,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
      }),
    );
}
