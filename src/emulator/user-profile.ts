import { createHash } from 'node:crypto';
import { newHexId } from './ids.ts';
import type { User } from './store.ts';

/** The bodies of POST and PATCH /users, after validation. */
export interface UserBody {
  readonly connection?: string;
  readonly user_id?: string;
  readonly email?: string | null;
  readonly username?: string | null;
  readonly name?: string | null;
  readonly nickname?: string | null;
  readonly picture?: string | null;
  readonly email_verified?: boolean;
  readonly app_metadata?: Readonly<Record<string, unknown>>;
  readonly user_metadata?: Readonly<Record<string, unknown>>;
  readonly [property: string]: unknown;
}

const passwordless = ['email', 'sms'];
const social = ['google-oauth2', 'github', 'windowslive', 'apple', 'linkedin'];

/** Properties of requests that are acted upon or forgotten, never shown. */
const unshown = ['connection', 'password', 'verify_email', 'verify_phone_number', 'client_id'];

/**
 * The profile that POST /users makes, as it is answered. Name, nickname and picture come from the e-mail address where they
 * are not given; metadata is absent where it is not given.
 *
 * Real tenants create no social accounts by this call; here they can be, to have people of other connections.
 */
export function newUser(body: UserBody & { readonly connection: string }): User {
  const now = new Date().toISOString();
  const provider = [...passwordless, ...social].includes(body.connection) ? body.connection : 'auth0';
  const ownId = body.user_id === undefined || body.user_id === '' ? newHexId() : body.user_id;
  const email = body.email ?? undefined;
  const name = body.name ?? email ?? body.username ?? String(body.phone_number ?? '');
  return {
    ...shown(body),
    created_at: now,
    updated_at: now,
    ...(email === undefined ? {} : { email, email_verified: body.email_verified ?? false }),
    identities: [{ connection: body.connection, user_id: ownId, provider, isSocial: social.includes(body.connection) }],
    name,
    nickname: body.nickname ?? (email ?? name).split('@')[0],
    picture: body.picture ?? avatar(email ?? name),
    user_id: `${provider}|${ownId}`,
  };
}

/**
 * The profile after PATCH /users/{id}: null takes a property away; metadata is merged at its first level, where null takes
 * a key away and `{}` clears all of it, after which `user_metadata` is `{}` and `app_metadata` absent (recorded).
 */
export function changedUser(user: User, body: UserBody): User {
  const appMetadata = mergedMetadata(user.app_metadata, body.app_metadata) ?? {};
  const changed = {
    ...user,
    ...shown(body),
    user_metadata: mergedMetadata(user.user_metadata, body.user_metadata) ?? null,
    app_metadata: Object.keys(appMetadata).length > 0 ? appMetadata : null,
    updated_at: new Date().toISOString(),
  };
  const present = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== null));
  // What every user has cannot be taken away: it stays as it was.
  const { user_id, identities, name, picture } = user;
  return { name, picture, ...present, user_id, identities };
}

function shown(body: UserBody): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !unshown.includes(key)));
}

function mergedMetadata(
  before: unknown,
  change: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> | undefined {
  if (change === undefined) {
    return before as Readonly<Record<string, unknown>> | undefined;
  }
  if (Object.keys(change).length === 0) {
    return {};
  }
  const merged = { ...(before as object | undefined), ...change };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}

/** Gravatar by the MD5 of the address, with the first two letters as the fallback. */
function avatar(address: string): string {
  const hash = createHash('md5').update(address.toLowerCase()).digest('hex');
  const fallback = encodeURIComponent(`https://cdn.auth0.com/avatars/${address.slice(0, 2).toLowerCase()}.png`);
  return `https://s.gravatar.com/avatar/${hash}?s=480&r=pg&d=${fallback}`;
}
