import type { MiddlewareHandler } from 'hono';
import { apiError, jsonContentType } from './errors.ts';
import type { EmulatorEnv } from './tenant.ts';

/** `burst`: calls at once, the size of the bucket; `perSecond`: how many it regains in a second. */
export interface RateLimit {
  readonly burst: number;
  readonly perSecond: number;
}

/** Calls that share a bucket: those of `methods` (absent: all) on a raw path that matches. */
export interface RateLimitGroup extends RateLimit {
  readonly methods?: readonly string[];
  readonly path: RegExp;
}

/** `allowed` false means 429. `reset`: Unix seconds, always in the future, at which a call is possible again. */
export interface RateLimitVerdict {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
}

export type RateLimiter = (method: string, path: string) => RateLimitVerdict;

/**
 * A token bucket for each group; the first group that a call belongs to decides. What belongs to none is allowed and told
 * with the numbers of an enterprise tenant.
 *
 * `reset` must never be in the past: the provider sleeps until then, however long that is, and would spin.
 */
export function createRateLimiter(groups: readonly RateLimitGroup[], now: () => number): RateLimiter {
  const buckets = groups.map((group) => ({ group, take: createBucket(group, now) }));
  return (method, path) => {
    const bucket = buckets.find(({ group }) => (group.methods?.includes(method) ?? true) && group.path.test(path));
    return bucket?.take() ?? { allowed: true, limit: 50, remaining: 49, reset: nextSecond(now()) };
  };
}

function createBucket(limit: RateLimit, now: () => number): () => RateLimitVerdict {
  let tokens = limit.burst;
  let filledAt = now();
  return () => {
    const at = now();
    tokens = Math.min(limit.burst, tokens + ((at - filledAt) / 1000) * limit.perSecond);
    filledAt = at;
    const allowed = tokens >= 1;
    if (allowed) {
      tokens -= 1;
    }
    const millisecondsToNext = tokens >= 1 ? 0 : ((1 - tokens) / limit.perSecond) * 1000;
    const reset = nextSecond(at + millisecondsToNext);
    return { allowed, limit: limit.burst, remaining: Math.floor(tokens), reset };
  };
}

function nextSecond(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) + 1;
}

/**
 * 429 when the bucket is empty; the `X-RateLimit-*` headers on that and on every success, as recorded. The token endpoint
 * refuses in its own words and shows no headers otherwise.
 */
export function limitRate(takeToken: RateLimiter): MiddlewareHandler<EmulatorEnv> {
  return async (context, next) => {
    const { pathname } = new URL(context.req.url);
    const { allowed, limit, remaining, reset } = takeToken(context.req.method, pathname);
    const isApi = pathname.startsWith('/api/v2/');
    if (allowed) {
      await next();
    } else {
      context.res = isApi ? refusedCall() : refusedToken();
      context.header('retry-after', String(Math.max(1, reset - Math.floor(Date.now() / 1000))));
    }
    if (isApi) {
      context.header('cache-control', 'no-cache');
      context.header('vary', 'origin,accept-encoding');
    }
    if (!allowed || (isApi && context.res.ok)) {
      context.header('x-ratelimit-limit', String(limit));
      context.header('x-ratelimit-remaining', String(remaining));
      context.header('x-ratelimit-reset', String(reset));
    }
  };
}

function refusedCall(): Response {
  return apiError(429, 'Global limit has been reached', 'too_many_requests').getResponse();
}

/** The shape is documented, the text is ours. */
function refusedToken(): Response {
  const body = { error: 'too_many_requests', error_description: 'Too many requests' };
  return new Response(JSON.stringify(body), { status: 429, headers: { 'content-type': jsonContentType } });
}
