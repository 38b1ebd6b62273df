import type { Context } from 'hono';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { newCode } from '../authorization-codes.ts';
import { oauthError } from '../errors.ts';
import { signInRequest } from '../oauth-request.ts';
import type { Organization } from '../organizations.ts';
import { defaultDirectory, namedUser } from '../password-sign-in.ts';
import { refuseBlocked, signIn } from '../sign-in.ts';
import type { Store, User } from '../store.ts';
import type { Client, EmulatorEnv, Tenant } from '../tenant.ts';
import { audienceForPeople } from '../user-tokens.ts';

/** Where codes may be sent: to nobody but this machine. */
const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * `/authorize` with `response_type=code`: how people sign in through an organization, or over a connection without passwords.
 * There is no page and nobody is asked for anything: who signs in is whom `login_hint` names at `connection`, and believed.
 *
 * What is wrong with the client or with where it wants the answer is answered here; anything else is told to the client.
 */
export function authorizeRoutes(tenant: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>().get('/authorize', async (context) => {
    const { client_id: clientId, redirect_uri: redirectUri = '', state } = context.req.query();
    const client = tenant.clients.find((one) => one.clientId === clientId);
    if (client?.grantTypes.includes('authorization_code') !== true) {
      throw oauthError(403, 'unauthorized_client', `Unknown client: ${clientId}`);
    }
    const target = URL.parse(redirectUri);
    if (target === null || !loopbackHosts.includes(target.hostname)) {
      throw oauthError(
        403,
        'unauthorized_client',
        'Callback URL mismatch. The loopback tenant sends codes to this machine alone.',
      );
    }
    for (const [name, value] of Object.entries(await codeOrError(tenant, client, context))) {
      target.searchParams.set(name, value);
    }
    if (state !== undefined) {
      target.searchParams.set('state', state);
    }
    return context.redirect(target.href, 302);
  });
}

type Told = { readonly code: string } | { readonly error: string; readonly error_description: string };

async function codeOrError(tenant: Tenant, client: Client, context: Context<EmulatorEnv>): Promise<Told> {
  try {
    return { code: await codeOf(tenant, client, context) };
  } catch (error) {
    if (error instanceof HTTPException) {
      return (await error.getResponse().json()) as Told;
    }
    throw error;
  }
}

async function codeOf(tenant: Tenant, client: Client, context: Context<EmulatorEnv>): Promise<string> {
  const query: Readonly<Record<string, string | undefined>> = context.req.query();
  const { login_hint: hint = '', connection = defaultDirectory, organization: wanted, scope = '' } = query;
  if (query.response_type !== 'code') {
    throw oauthError(403, 'unsupported_response_type', `The loopback tenant knows response_type=code alone.`);
  }
  const resourceServer = audienceForPeople(tenant, query.audience);
  const user = namedUser(tenant.store, connection, hint);
  if (user === undefined) {
    throw oauthError(403, 'access_denied', 'login_hint names nobody at this connection.');
  }
  refuseBlocked(user);
  const scopes = scope.split(' ').filter((one) => one !== '');
  const shown = ['redirect_uri', 'state', 'login_hint'].flatMap((name) =>
    query[name] === undefined ? [] : [[name, query[name]]],
  );
  const tokens = await signIn(tenant, {
    ...{ client, user, resourceServer, scopes },
    organization: wanted === undefined ? undefined : joinedOrganization(tenant.store, wanted, user),
    grantType: null,
    nonce: query.nonce,
    transaction: {
      ...{ protocol: 'oidc-basic-profile', requested_scopes: scopes, response_type: ['code'] },
      ...Object.fromEntries(shown),
    },
    request: signInRequest(context, {}),
  });
  return newCode(tenant.codes, {
    ...{ tokens, clientId: client.clientId, redirectUri: query.redirect_uri, challenge: query.code_challenge },
  });
}

/** The organization by its id or name, of which the person is a member. The text is the one commonly reported. */
function joinedOrganization(store: Store, wanted: string, { user_id: user }: User): Organization {
  const organization = store.organizations.values().find(({ id, name }) => id === wanted || name === wanted);
  if (organization === undefined) {
    throw oauthError(403, 'invalid_request', `parameter organization is invalid`);
  }
  if (!store.members.has(organization.id, user)) {
    throw oauthError(403, 'access_denied', `user ${user} is not part of the ${organization.id} organization`);
  }
  return organization;
}
