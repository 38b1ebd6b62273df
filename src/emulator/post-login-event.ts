import { createHash } from 'node:crypto';
import type { Organization } from './organizations.ts';
import type { Role, User } from './store.ts';
import type { Client } from './tenant.ts';

/** The request with which somebody signs in, as far as an action is told. */
export interface SignInRequest {
  readonly method: string;
  readonly ip: string;
  readonly hostname: string;
  readonly userAgent: string | undefined;
  readonly language: string | undefined;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string | undefined>>;
}

export interface Transaction {
  readonly protocol: 'oauth2-password' | 'oidc-basic-profile';
  readonly requested_scopes: readonly string[];
  readonly [property: string]: unknown;
}

export interface EventParts {
  readonly tenantName: string;
  readonly client: Client;
  readonly user: User;
  readonly roles: readonly Role[];
  readonly organization: Organization | undefined;
  readonly audience: string | undefined;
  readonly loginsCount: number;
  readonly transaction: Transaction;
  readonly request: SignInRequest;
}

/** Properties of a user that events do not have. */
const unshown = ['blocked', 'last_ip', 'last_login', 'logins_count'];

/** Parameters that no action is to see. */
const secretParameters = ['password', 'client_secret', 'code', 'code_verifier'];

/**
 * The `event` of the post-login trigger, without `secrets`. Every property that Auth0 documents as always there is; of the
 * optional ones, those of which the loopback tenant knows anything.
 */
export function postLoginEvent(parts: EventParts): Readonly<Record<string, unknown>> {
  const { client, user, roles, organization, audience, request } = parts;
  return {
    authentication: {
      methods: [{ name: isDatabase(user) ? 'pwd' : 'federated', timestamp: new Date().toISOString() }],
    },
    authorization: { roles: roles.map(({ name }) => name) },
    client: { client_id: client.clientId, name: client.name, metadata: {} },
    connection: connectionOf(user),
    ...(organization === undefined ? {} : { organization: shownOrganization(organization) }),
    request: {
      ...{ method: request.method, ip: request.ip, hostname: request.hostname, geoip: {} },
      ...(request.userAgent === undefined ? {} : { user_agent: request.userAgent }),
      ...(request.language === undefined ? {} : { language: request.language }),
      query: request.query,
      body: Object.fromEntries(Object.entries(request.body).filter(([key]) => !secretParameters.includes(key))),
    },
    ...(audience === undefined ? {} : { resource_server: { identifier: audience } }),
    stats: { logins_count: parts.loginsCount },
    tenant: { id: parts.tenantName },
    transaction: { acr_values: [], locale: 'en', ui_locales: [], metadata: {}, ...parts.transaction },
    user: shownUser(user),
  };
}

function shownUser(user: User): object {
  const shown = Object.entries(user).filter(([key]) => !unshown.includes(key));
  return {
    app_metadata: {},
    user_metadata: {},
    email_verified: false,
    ...Object.fromEntries(shown),
    // As it is here and as it is in the Management API: actions have been written for either.
    identities: user.identities.map((identity) => ({ ...identity, userId: identity.user_id })),
  };
}

/** Connections are only names here, so that the id is made of the name, always the same. */
function connectionOf({ identities: [identity] }: User): object {
  const { connection: name = '', provider = 'auth0' } = identity ?? {};
  const id = createHash('sha256').update(name).digest('base64').replaceAll(/[+/=]/g, '').slice(0, 16);
  return { id: `con_${id}`, name, strategy: provider, metadata: {} };
}

function isDatabase({ identities: [identity] }: User): boolean {
  return identity?.provider === 'auth0';
}

function shownOrganization({ id, name, display_name, metadata }: Organization): object {
  return { id, name, display_name: display_name ?? name, metadata: metadata ?? {} };
}
