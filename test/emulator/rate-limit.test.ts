import { setTimeout as delay } from 'node:timers/promises';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { RateLimit, RateLimitVerdict } from '../../src/emulator/rate-limit.ts';
import { createRateLimiter, limitRate } from '../../src/emulator/rate-limit.ts';
import type { EmulatorOptions } from '../../src/emulator/start-emulator.ts';
import type { SubscriptionName } from '../../src/emulator/subscriptions.ts';
import { subscriptions } from '../../src/emulator/subscriptions.ts';
import type { EmulatorEnv } from '../../src/emulator/tenant.ts';
import { emulatorOfTest } from './emulator-of-test.ts';

/** A limiter with one bucket, and a call that falls into it. */
function oneBucket(limit: RateLimit, now: () => number): () => RateLimitVerdict {
  const take = createRateLimiter([{ ...limit, path: /^\/api\/v2\// }], now);
  return () => take('GET', '/api/v2/roles');
}

test('the bucket empties by bursts and fills by seconds', () => {
  let now = 1_000_250;
  const takeToken = oneBucket({ burst: 2, perSecond: 2 }, () => now);
  expect(takeToken()).toEqual({ allowed: true, limit: 2, remaining: 1, reset: 1001 });
  expect(takeToken()).toMatchObject({ allowed: true, remaining: 0 });
  expect(takeToken()).toEqual({ allowed: false, limit: 2, remaining: 0, reset: 1001 });
  now += 500;
  expect(takeToken()).toMatchObject({ allowed: true });
  now += 60_000;
  expect([takeToken(), takeToken(), takeToken()].map((verdict) => verdict.allowed)).toEqual([true, true, false]);
});

test.each([0.1, 1, 3, 16])('at %s a second there is a call to be had at the reset', (perSecond) => {
  let now = 1_000_999;
  const takeToken = oneBucket({ burst: 1, perSecond }, () => now);
  for (let round = 0; round < 50; round += 1) {
    takeToken();
    const { allowed, reset } = takeToken();
    expect(allowed).toBe(false);
    expect(reset * 1000).toBeGreaterThan(now);
    now = reset * 1000;
    expect(takeToken().allowed).toBe(true);
    now += 137;
  }
});

test.each<[SubscriptionName, string, string, number]>([
  ['free', 'GET', '/api/v2/roles', 2],
  ['free', 'POST', '/oauth/token', 30],
  ['self-service', 'PATCH', '/api/v2/roles/rol_1', 10],
  ['self-service', 'GET', '/api/v2/users/auth0%7Ca', 40],
  ['self-service', 'DELETE', '/api/v2/users/auth0%7Ca', 20],
  ['self-service', 'GET', '/api/v2/users/auth0%7Ca/roles', 10],
  ['self-service', 'GET', '/api/v2/organizations', 5],
  ['self-service', 'GET', '/api/v2/organizations/org_1/members/auth0%7Ca/roles', 20],
  ['enterprise', 'POST', '/api/v2/resource-servers', 50],
  ['enterprise', 'DELETE', '/api/v2/organizations/org_1', 5],
  ['enterprise-non-production', 'GET', '/api/v2/roles', 10],
])('a tenant with the subscription %s allows %s %s %s times at once', (name, method, path, burst) => {
  const take = createRateLimiter(subscriptions[name].rateLimits, () => 0);
  const allowed = Array.from({ length: burst + 1 }, () => take(method, path).allowed);
  expect(allowed).toEqual([...Array<boolean>(burst).fill(true), false]);
});

test('what is called in one way leaves the other ways open', () => {
  const take = createRateLimiter(subscriptions['self-service'].rateLimits, () => 0);
  for (let call = 0; call < 11; call += 1) take('POST', '/api/v2/roles');
  expect(take('GET', '/api/v2/resource-servers').allowed).toBe(false);
  expect(take('GET', '/api/v2/users').allowed).toBe(true);
  expect(take('POST', '/oauth/token').allowed).toBe(true);
});

test('the token endpoint refuses in its own words', async () => {
  const verdict = { limit: 30, remaining: 0, reset: Math.floor(Date.now() / 1000) + 1 };
  const app = (allowed: boolean) =>
    new Hono<EmulatorEnv>()
      .use(limitRate(() => ({ ...verdict, allowed })))
      .post('/oauth/token', (context) => context.json({}));
  const refused = await app(false).request('/oauth/token', { method: 'POST' });
  expect(refused.status).toBe(429);
  expect(await refused.json()).toEqual({ error: 'too_many_requests', error_description: expect.any(String) });
  expect(refused.headers.get('x-ratelimit-reset')).toBe(String(verdict.reset));
  const allowed = await app(true).request('/oauth/token', { method: 'POST' });
  expect(allowed.status).toBe(200);
  expect(allowed.headers.get('x-ratelimit-limit')).toBeNull();
});

test("the subscription's limit is the tenant's, and gives way to one that is asked for", async () => {
  const limitOf = async (options: EmulatorOptions) =>
    (await (await emulatorOfTest(options)).send('GET', '/roles')).headers['x-ratelimit-limit'];
  expect(await limitOf({ subscription: 'free' })).toBe('2');
  expect(await limitOf({ subscription: 'free', rateLimit: { burst: 7, perSecond: 1 } })).toBe('7');
  expect(await limitOf({})).toBe('50');
});

test('a call too many is 429, and waiting until the reset helps', async () => {
  const { send, calls } = await emulatorOfTest({ rateLimit: { burst: 3, perSecond: 2 } });
  const answers = await Promise.all(Array.from({ length: 4 }, () => send('GET', '/roles')));
  const limited = answers.find((answer) => answer.status === 429);
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(3);
  const reset = Number(limited?.headers['x-ratelimit-reset']);
  expect(reset).toBeGreaterThan(Date.now() / 1000);
  expect(limited).toMatchObject({
    headers: { 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': '0', 'retry-after': expect.stringMatching(/^[12]$/) },
    body: { message: 'Global limit has been reached', errorCode: 'too_many_requests' },
  });
  await delay(reset * 1000 - Date.now());
  expect(await send('GET', '/roles')).toMatchObject({ status: 200 });
  expect(calls().map((call) => call.status)).toEqual([200, 200, 200, 429, 200]);
});
