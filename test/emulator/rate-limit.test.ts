import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createRateLimiter } from '../../src/emulator/rate-limit.ts';
import { emulatorOfTest } from './emulator-of-test.ts';

test('the bucket empties by bursts and fills by seconds', () => {
  let now = 1_000_250;
  const takeToken = createRateLimiter({ burst: 2, perSecond: 2 }, () => now);
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
  const takeToken = createRateLimiter({ burst: 1, perSecond }, () => now);
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
