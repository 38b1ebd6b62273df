import type { Policy } from './policy.ts';

/**
 * Most entries that a list of a token may have. Auth0 allows an API 1000 scopes, so a longer list is no token of ours and is
 * not worth the time to read it.
 */
export const longestList = 10_000;

/** Most characters that `scope` may have: far beyond any token that fits a request's headers. */
const longestText = 1_000_000;

/** What a decision reads of a token, each claim once, of the right type. */
export interface Claims {
  /** What kind of token it says it is, as those of Keycloak do; null where it does not say, as those of Auth0. */
  readonly type: string | null;
  readonly issuer: string;
  readonly audiences: readonly string[];
  /** Seconds since 1970. */
  readonly expires: number;
  /** Seconds since 1970; null where the token does not say. */
  readonly notBefore: number | null;
  readonly subject: string;
  /** The client that asked for the token, by `azp` and by `client_id`: none, one, or two that may differ. */
  readonly clients: readonly string[];
  readonly grantTypes: readonly string[];
  /** Whether Keycloak says, in one way or another, that nobody signed in for it. */
  readonly isServiceAccount: boolean;
  readonly permissions: ReadonlySet<string>;
  /** As it is: only the tokens of third-party clients are asked for it. */
  readonly scope: unknown;
}

/**
 * Reads claims that may be anything, or null where one is missing or not exactly of its type. Only own values count: what a
 * prototype or a getter says, a token does not say. A proxy may throw.
 */
export function readClaims(value: unknown): Claims | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const type = own(value, 'typ');
  if (type !== undefined && typeof type !== 'string') return null;
  const issuer = own(value, 'iss');
  const audiences = oneOrMore(own(value, 'aud'));
  const expires = own(value, 'exp');
  const notBefore = own(value, 'nbf');
  const subject = own(value, 'sub');
  const clients = [own(value, 'azp'), own(value, 'client_id')].filter((client) => client !== undefined);
  const grantType = own(value, 'gty');
  const grantTypes = grantType === undefined ? [] : oneOrMore(grantType);
  const held = own(value, 'permissions');
  // Keycloak leaves out what would be empty; a token of Auth0 without them is one of an API without RBAC.
  const permissions = held === undefined && type !== undefined ? [] : strings(held);
  if (typeof issuer !== 'string' || typeof subject !== 'string' || subject === '') return null;
  if (!isTime(expires) || (notBefore !== undefined && !isTime(notBefore))) return null;
  if (audiences === null || grantTypes === null || permissions === null) return null;
  if (!clients.every((client) => typeof client === 'string')) return null;
  const scope = own(value, 'scope');
  return {
    ...{ issuer, audiences, expires, subject, clients, grantTypes, scope },
    type: type ?? null,
    isServiceAccount: type !== undefined && isServiceAccount(value),
    notBefore: notBefore ?? null,
    permissions: new Set(permissions),
  };
}

/** What the person let a third-party client do: the words of `scope`. Null where it is no string. */
export function readConsent(scope: unknown): ReadonlySet<string> | null {
  if (scope === undefined) return new Set();
  return typeof scope === 'string' && scope.length <= longestText ? new Set(scope.split(' ')) : null;
}

/** Keycloak signs all its tokens with the same key: an ID token, which goes to the client, must not open a service. */
export function isAccessToken({ type }: Claims): boolean {
  return type === null || type === 'Bearer';
}

/**
 * Whether the token is a machine's own: by its grant, by Auth0's suffix, as RFC 9068 has it because the subject is the
 * client, or as Keycloak has it. A person's token says nothing of the kind.
 */
export function isMachine({ subject, clients, grantTypes, isServiceAccount: byAccount }: Claims): boolean {
  const byGrant = grantTypes.some((type) => type === 'client-credentials' || type === 'client_credentials');
  return byGrant || byAccount || subject.endsWith('@clients') || clients.includes(subject);
}

/**
 * Whether a machine's token is that of a machine in the policy. Everything that names the client must name this one; with
 * Keycloak nothing else does, for the subject is an account of its own.
 */
export function isAllowedMachine(
  { subject, clients, isServiceAccount: byAccount }: Claims,
  { machines }: Policy,
): boolean {
  return machines.some(
    (machine) =>
      (subject === `${machine}@clients` || subject === machine || (byAccount && clients.length > 0)) &&
      clients.every((client) => client === machine),
  );
}

/** Whether a person's token was asked for by a client that the policy lists, where it lists any. */
export function isOfKnownClient({ clients }: Claims, { clients: known }: Policy): boolean {
  return known === undefined || (clients.length > 0 && clients.every((client) => known.includes(client)));
}

/** Whether the person's consent counts. A token that does not say whose it is counts as a third party's. */
export function isThirdParty({ clients }: Claims, { thirdPartyClients: known }: Policy): boolean {
  if ('allExcept' in known) return clients.length === 0 || !clients.every((client) => known.allExcept.includes(client));
  return known.only.length > 0 && (clients.length === 0 || clients.some((client) => known.only.includes(client)));
}

/**
 * Whether a token of Keycloak is that of a service account: it names its client twice, or the account, both of which somebody can
 * switch off; but where a person signed in there is always a session.
 */
function isServiceAccount(claims: object): boolean {
  const name = own(claims, 'preferred_username');
  const isNamed =
    own(claims, 'client_id') !== undefined || (typeof name === 'string' && name.startsWith('service-account-'));
  return isNamed || own(claims, 'sid') === undefined;
}

/** An own value; undefined where there is none. A getter is not called: it gives a symbol, which is of no claim's type. */
function own(value: object, key: string): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(value, key);
  if (descriptor === undefined) return undefined;
  return Object.hasOwn(descriptor, 'value') ? descriptor.value : Symbol(key);
}

function oneOrMore(value: unknown): readonly string[] | null {
  return typeof value === 'string' ? [value] : strings(value);
}

function strings(value: unknown): readonly string[] | null {
  if (!Array.isArray(value)) return null;
  const { length } = value;
  if (length > longestList) return null;
  const read: string[] = [];
  for (let index = 0; index < length; index += 1) {
    const item = own(value, String(index));
    if (typeof item !== 'string') return null;
    read.push(item);
  }
  return read;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
