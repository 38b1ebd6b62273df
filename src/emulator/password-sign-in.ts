import { oauthError } from './errors.ts';
import { passwordRealmGrant } from './known-clients.ts';
import type { Parameters } from './oauth-request.ts';
import { isPassword } from './passwords.ts';
import type { SignInRequest } from './post-login-event.ts';
import { refuseBlocked, signIn } from './sign-in.ts';
import type { Store, User } from './store.ts';
import type { Client, Tenant } from './tenant.ts';
import { audienceForPeople } from './user-tokens.ts';

/** The connection that `grant_type=password` asks, which names none; also in the tenant's settings. */
export const defaultDirectory = 'Username-Password-Authentication';

/**
 * A person's tokens for name and password (the resource-owner password grant), at the default directory or, with Auth0's own
 * grant, at the connection that `realm` names. Organizations do not go with it.
 */
export async function passwordSignIn(
  tenant: Tenant,
  client: Client,
  body: Parameters,
  request: SignInRequest,
): Promise<object> {
  const realm = body.grant_type === passwordRealmGrant ? required(body, 'realm') : defaultDirectory;
  const username = required(body, 'username');
  const password = required(body, 'password');
  const server = audienceForPeople(tenant, body.audience);
  const user = namedUser(tenant.store, realm, username);
  if (user === undefined || !isPassword(password, tenant.store.passwords.get(user.user_id))) {
    throw oauthError(403, 'invalid_grant', 'Wrong email or password.');
  }
  refuseBlocked(user);
  const asked = (body.scope ?? '').split(' ').filter((scope) => scope !== '');
  const offered = (server?.scopes ?? []).map(({ value }) => value);
  return signIn(tenant, {
    ...{ client, user, request },
    organization: undefined,
    resourceServer: server,
    grantType: 'password',
    nonce: undefined,
    // Documented of this grant: who asks for no scope of the API asks for all of them.
    scopes: asked.some((scope) => offered.includes(scope)) ? asked : [...asked, ...offered],
    transaction: { protocol: 'oauth2-password', requested_scopes: asked },
  });
}

function required(body: Parameters, name: string): string {
  const value = body[name];
  if (value === undefined || value === '') {
    throw oauthError(400, 'invalid_request', `Missing required parameter: ${name}`);
  }
  return value;
}

/** The account of a connection with this address or user name. Addresses are compared without case, as databases do. */
export function namedUser(store: Store, connection: string, name: string): User | undefined {
  const wanted = name.toLowerCase();
  return store.users
    .values()
    .filter(({ identities }) => identities[0]?.connection === connection)
    .find(({ email, username }) => email?.toLowerCase() === wanted || username === name);
}
