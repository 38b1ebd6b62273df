import type { CacheEntry, Effects } from './action-protocol.ts';

/** How much a trigger may keep between two sign-ins, and for how long. */
const cacheLimits = { entries: 20, bytes: 8192, milliseconds: 24 * 60 * 60 * 1000, usual: 15 * 60 * 1000 };

/** The `api` of the post-login trigger, and what has been asked of it so far. */
export interface PostLogin {
  readonly api: object;
  readonly effects: () => Effects;
}

/**
 * The part of the documented `api` that needs nobody at a screen. Methods that change something return the `api`, to be
 * chained. What is not here is undefined, so that an action that calls it fails.
 */
export function postLogin(cacheBefore: Effects['cache']): PostLogin {
  let denied: string | null = null;
  const appMetadata: Record<string, unknown> = {};
  const userMetadata: Record<string, unknown> = {};
  const accessTokenClaims: Record<string, unknown> = {};
  const idTokenClaims: Record<string, unknown> = {};
  const scopes: { scope: string; isAdded: boolean }[] = [];
  const cache = new Map(Object.entries(cacheBefore));

  const setter = (values: Record<string, unknown>) => (key: string, value: unknown) => {
    values[key] = value;
    return api;
  };
  const scope = (isAdded: boolean) => (name: string) => {
    scopes.push({ scope: name, isAdded });
    return api;
  };
  const api = {
    access: {
      deny: (reason: string) => {
        denied ??= String(reason);
        return api;
      },
    },
    accessToken: { setCustomClaim: setter(accessTokenClaims), addScope: scope(true), removeScope: scope(false) },
    idToken: { setCustomClaim: setter(idTokenClaims) },
    user: { setAppMetadata: setter(appMetadata), setUserMetadata: setter(userMetadata) },
    cache: {
      get: (key: string) => {
        const entry = cache.get(key);
        return entry === undefined || entry.expires_at <= Date.now() ? undefined : { ...entry };
      },
      set: (key: string, value: string, options: { ttl?: number; expires_at?: number } = {}) =>
        keep(cache, key, String(value), options),
      delete: (key: string) => {
        cache.delete(key);
        return { type: 'success' };
      },
    },
  };
  return {
    api,
    effects: () => ({
      ...{ denied, appMetadata, userMetadata, accessTokenClaims, idTokenClaims, scopes },
      cache: Object.fromEntries(cache),
    }),
  };
}

/** Refused beyond the limits; the codes are ours. The shorter of both times counts. */
function keep(
  cache: Map<string, CacheEntry>,
  key: string,
  value: string,
  options: { readonly ttl?: number; readonly expires_at?: number },
): object {
  const now = Date.now();
  const asked = Math.min(options.expires_at ?? Infinity, now + (options.ttl ?? Infinity));
  const expires = Math.min(Number.isFinite(asked) ? asked : now + cacheLimits.usual, now + cacheLimits.milliseconds);
  const next = new Map(cache).set(key, { value, expires_at: expires });
  const bytes = [...next].reduce((sum, [name, entry]) => sum + Buffer.byteLength(name + entry.value), 0);
  if (next.size > cacheLimits.entries || bytes > cacheLimits.bytes) {
    return { type: 'error', code: 'CACHE_SIZE_EXCEEDED' };
  }
  cache.set(key, { value, expires_at: expires });
  return { type: 'success', record: { value, expires_at: expires } };
}
