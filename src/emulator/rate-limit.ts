import type { MiddlewareHandler } from 'hono';
import { apiError } from './errors.ts';
import type { EmulatorEnv } from './tenant.ts';

/** `burst`: calls at once, the size of the bucket; `perSecond`: how many it regains in a second. */
export interface RateLimit {
  readonly burst: number;
  readonly perSecond: number;
}

/** `allowed` false means 429. `reset`: Unix seconds, always in the future, at which a call is possible again. */
export interface RateLimitVerdict {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
}

/**
 * A token bucket. Without a limit everything is allowed and told with the numbers of an enterprise tenant.
 *
 * `reset` must never be in the past: the provider sleeps until then, however long that is, and would spin.
 */
export function createRateLimiter(limit: RateLimit | undefined, now: () => number): () => RateLimitVerdict {
  if (limit === undefined) {
    return () => ({ allowed: true, limit: 50, remaining: 49, reset: nextSecond(now()) });
  }
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

/** 429 when the bucket is empty; the `X-RateLimit-*` headers on that and on every success, as recorded. */
export function limitRate(takeToken: () => RateLimitVerdict): MiddlewareHandler<EmulatorEnv> {
  return async (context, next) => {
    const { allowed, limit, remaining, reset } = takeToken();
    if (allowed) {
      await next();
    } else {
      context.res = apiError(429, 'Global limit has been reached', 'too_many_requests').getResponse();
      context.header('retry-after', String(Math.max(1, reset - Math.floor(Date.now() / 1000))));
    }
    context.header('cache-control', 'no-cache');
    context.header('vary', 'origin,accept-encoding');
    if (!allowed || context.res.ok) {
      context.header('x-ratelimit-limit', String(limit));
      context.header('x-ratelimit-remaining', String(remaining));
      context.header('x-ratelimit-reset', String(reset));
    }
  };
}
