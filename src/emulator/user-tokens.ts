import { acceptedClaims } from './custom-claims.ts';
import { oauthError } from './errors.ts';
import { randomAlphanumeric } from './ids.ts';
import type { Organization } from './organizations.ts';
import type { ResourceServer, User } from './store.ts';
import type { Tenant } from './tenant.ts';
import { tokenLifetimeSeconds } from './tokens.ts';

/** What the scopes of OpenID Connect let one read; they need no permission. `offline_access` gives nothing here. */
const openIdScopes = ['openid', 'profile', 'email', 'address', 'phone'];

const idTokenLifetimeSeconds = 36_000;

/** An API for which a token is asked, or none: the token is then for nothing but `/userinfo`, and no JWT. */
export function audienceOf(tenant: Tenant, audience: string | undefined): ResourceServer | undefined {
  if (audience === undefined || audience === '') {
    return undefined;
  }
  const server = tenant.store.resourceServers.values().find(({ identifier }) => identifier === audience);
  if (server === undefined) {
    throw oauthError(403, 'access_denied', `Service not found: ${audience}`);
  }
  if (server.signing_alg !== 'RS256') {
    throw oauthError(501, 'server_error', `The loopback tenant signs RS256 only; ${audience} asks for another way.`);
  }
  return server;
}

/** As `audienceOf`, for a person: not the Management API, and none that leaves people out or asks for a grant first. */
export function audienceForPeople(tenant: Tenant, audience: string | undefined): ResourceServer | undefined {
  const server = audienceOf(tenant, audience);
  const { user } = (server?.subject_type_authorization ?? {}) as { user?: { policy?: string } };
  if (server?.is_system === true || (user?.policy ?? 'allow_all') !== 'allow_all') {
    throw oauthError(403, 'access_denied', `Client is not authorized to access "${audience}".`);
  }
  return server;
}

/** Whether RBAC is on for an API: scopes are then what one may do, and not what one asks for. */
function isEnforced({ enforce_policies }: ResourceServer): boolean {
  return enforce_policies === true;
}

/**
 * The scopes of a token before actions change them: those asked for, as far as the API has them and, with RBAC, as far as they
 * are permitted.
 */
export function grantedScopes(
  server: ResourceServer | undefined,
  asked: readonly string[],
  permitted: readonly string[],
): string[] {
  const offered = (server?.scopes ?? []).map(({ value }) => value);
  const allowed =
    server !== undefined && isEnforced(server) ? offered.filter((scope) => permitted.includes(scope)) : offered;
  return [...new Set(asked)].filter((scope) => openIdScopes.includes(scope) || allowed.includes(scope));
}

export interface AccessTokenParts {
  readonly subject: string;
  readonly clientId: string;
  /** null where the flow says nothing of itself in a token. */
  readonly grantType: 'password' | 'client-credentials' | null;
  readonly scopes: readonly string[];
  readonly permitted: readonly string[];
  readonly organization: Organization | undefined;
  readonly customClaims: Readonly<Record<string, unknown>>;
}

/** An access token for an API, in its dialect, and how long it counts in seconds. */
export async function accessToken(
  { tokens }: Tenant,
  server: ResourceServer | undefined,
  parts: AccessTokenParts,
): Promise<{ token: string; lifetime: number }> {
  if (server === undefined) {
    return { token: randomAlphanumeric(32), lifetime: tokenLifetimeSeconds };
  }
  const { clientId, grantType, scopes, organization } = parts;
  const dialect = String(server.token_dialect ?? 'access_token');
  const isProfile = dialect.startsWith('rfc9068');
  const lifetime = Number(server.token_lifetime ?? tokenLifetimeSeconds);
  const claims = {
    ...acceptedClaims(parts.customClaims),
    sub: parts.subject,
    aud: scopes.includes('openid') ? [server.identifier, `${tokens.issuer}userinfo`] : server.identifier,
    ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
    ...(organization === undefined ? {} : { org_id: organization.id }),
    ...(grantType === null ? {} : { gty: grantType }),
    ...(isProfile ? { client_id: clientId, jti: randomAlphanumeric(22) } : { azp: clientId }),
    ...(dialect.endsWith('_authz') && isEnforced(server) ? { permissions: parts.permitted } : {}),
  };
  return { token: await tokens.sign(isProfile ? 'at+jwt' : 'JWT', claims, lifetime), lifetime };
}

export interface IdTokenParts {
  readonly user: User;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** What the client sent to recognise its own request by. */
  readonly nonce: string | undefined;
  readonly organization: Organization | undefined;
  readonly customClaims: Readonly<Record<string, unknown>>;
}

/** The ID token of somebody who signed in. */
export function idToken({ tokens }: Tenant, parts: IdTokenParts): Promise<string> {
  const { user, clientId, scopes, nonce, organization } = parts;
  const { nickname, name, picture, updated_at, email, email_verified } = user;
  const claims = {
    ...acceptedClaims(parts.customClaims),
    ...(scopes.includes('profile') ? { nickname, name, picture, updated_at } : {}),
    ...(scopes.includes('email') ? { email, email_verified } : {}),
    ...(nonce === undefined ? {} : { nonce }),
    ...(organization === undefined ? {} : { org_id: organization.id }),
    sub: user.user_id,
    aud: clientId,
  };
  return tokens.sign('JWT', claims, idTokenLifetimeSeconds);
}
