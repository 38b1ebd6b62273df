import type { ActionToRun, Effects } from './action-protocol.ts';
import { effectivePermissions, effectiveRoles } from './effective.ts';
import { oauthError } from './errors.ts';
import type { Organization } from './organizations.ts';
import type { SignInRequest, Transaction } from './post-login-event.ts';
import { postLoginEvent } from './post-login-event.ts';
import type { ResourceServer, User } from './store.ts';
import { versionsOf } from './stored-actions.ts';
import type { Client, Tenant } from './tenant.ts';
import { changedUser } from './user-profile.ts';
import { accessToken, grantedScopes, idToken } from './user-tokens.ts';

/** Somebody whom we believe to be this user, and what is asked for in the name of that. */
export interface SignIn {
  readonly client: Client;
  readonly user: User;
  readonly organization: Organization | undefined;
  readonly resourceServer: ResourceServer | undefined;
  readonly grantType: 'password' | null;
  /** Asked for by name, or by not asking. */
  readonly scopes: readonly string[];
  /** Repeated in the ID token. */
  readonly nonce: string | undefined;
  readonly transaction: Transaction;
  readonly request: SignInRequest;
}

/**
 * Lets somebody in: counts the sign-in, runs the deployed post-login actions in the order of their bindings, writes what they
 * want to remember at once, and answers with tokens. What somebody may do is read before the actions run, so that a role that
 * an action assigns is in the next token.
 *
 * Throws `access_denied` when an action denies it (its metadata is written all the same), `server_error` when one fails
 * (nothing is written).
 */
export async function signIn(
  tenant: Tenant,
  { client, organization, resourceServer: server, ...asked }: SignIn,
): Promise<object> {
  const { store } = tenant;
  const user = counted(tenant, asked.user, asked.request);
  const roles = effectiveRoles(store, user.user_id, organization?.id);
  const permitted = server === undefined ? [] : effectivePermissions(store, user.user_id, roles, server.id);
  const { transaction, request } = asked;
  const event = postLoginEvent({
    ...{ client, user, roles, organization, transaction, request },
    tenantName: tenant.domain,
    audience: server?.identifier,
    loginsCount: Number(user.logins_count),
  });
  const effects = await runPostLogin(tenant, user, event);
  remember(tenant, user.user_id, effects);
  if (effects.denied !== null) {
    throw oauthError(403, 'access_denied', effects.denied);
  }
  const scopes = changedScopes(grantedScopes(server, asked.scopes, permitted), effects.scopes);
  const { token, lifetime } = await accessToken(tenant, server, {
    ...{ scopes, permitted, organization },
    subject: user.user_id,
    clientId: client.clientId,
    grantType: asked.grantType,
    customClaims: effects.accessTokenClaims,
  });
  const { nonce } = asked;
  const { idTokenClaims: customClaims } = effects;
  const id = { user, scopes, organization, nonce, customClaims, clientId: client.clientId };
  return {
    access_token: token,
    ...(scopes.includes('openid') ? { id_token: await idToken(tenant, id) } : {}),
    scope: scopes.join(' '),
    expires_in: lifetime,
    token_type: 'Bearer',
  };
}

/** The text is the one commonly reported. */
export function refuseBlocked({ blocked }: User): void {
  if (blocked === true) {
    throw oauthError(401, 'unauthorized', 'user is blocked');
  }
}

/** The first sign-in is number one, also for the actions that run in it. */
function counted({ store }: Tenant, user: User, { ip }: SignInRequest): User {
  const logins = Number(user.logins_count ?? 0) + 1;
  const next: User = { ...user, logins_count: logins, last_login: new Date().toISOString(), last_ip: ip };
  store.atomically(() => store.users.set(next.user_id, next));
  return next;
}

async function runPostLogin(tenant: Tenant, user: User, event: Readonly<Record<string, unknown>>): Promise<Effects> {
  const { runs, effects } = await tenant.runActions({
    actions: boundActions(tenant),
    event,
    cache: tenant.cache.postLogin,
  });
  if (runs.length > 0) {
    tenant.executions.push({ trigger: 'post-login', user: user.user_id, actions: runs });
  }
  if (effects === null) {
    throw oauthError(500, 'server_error', `An action failed: ${runs.at(-1)?.error}`);
  }
  tenant.cache.postLogin = effects.cache;
  return effects;
}

/** The deployed versions of the bound actions; who is not deployed any more is passed over. */
function boundActions({ store, secretValues }: Tenant): ActionToRun[] {
  return (store.bindings.get('post-login') ?? []).flatMap(({ actionId }): ActionToRun[] => {
    const action = store.actions.get(actionId);
    const version = action === undefined ? undefined : versionsOf(store, action).at(-1);
    return action === undefined || version === undefined
      ? []
      : [{ name: action.name, code: version.code, secrets: secretValues.get(version.id) ?? {} }];
  });
}

/** One write for all actions together, over what the Management API may have changed while they ran. */
function remember({ store }: Tenant, id: string, { appMetadata, userMetadata }: Effects): void {
  const user = store.users.get(id);
  const hasApp = Object.keys(appMetadata).length > 0;
  const hasUser = Object.keys(userMetadata).length > 0;
  if (user === undefined || !(hasApp || hasUser)) {
    return;
  }
  const next = changedUser(user, {
    ...(hasApp ? { app_metadata: appMetadata } : {}),
    ...(hasUser ? { user_metadata: userMetadata } : {}),
  });
  store.atomically(() => store.users.set(id, next));
}

function changedScopes(granted: readonly string[], changes: Effects['scopes']): string[] {
  const scopes = new Set(granted);
  for (const { scope, isAdded } of changes) {
    if (isAdded) {
      scopes.add(scope);
    } else {
      scopes.delete(scope);
    }
  }
  return [...scopes];
}
