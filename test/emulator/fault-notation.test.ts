import { expect, test } from 'vitest';
import { readFault } from '../../src/emulator/fault-notation.ts';
import type { Fault } from '../../src/emulator/faults.ts';
import { emulatorOfTest } from './emulator-of-test.ts';

test.each<[string, Fault]>([
  ['503', { match: {}, answer: { status: 503 } }],
  [' GET  429  x3 ', { match: { method: 'GET' }, times: 3, answer: { status: 429 } }],
  ['POST cut after 2', { match: { method: 'POST' }, after: 2, answer: { cut: true } }],
  [
    '/roles lost x2 after 1',
    { match: { path: /^\/api\/v2\/roles$/ }, times: 2, after: 1, answer: { loseAnswer: true } },
  ],
  ['GET /roles/* stale=4', { match: { method: 'GET', path: /^\/api\/v2\/roles\/.*$/ }, answer: { staleBy: 4 } }],
  [
    'POST /oauth/token slow=250',
    { match: { method: 'POST', path: /^\/oauth\/token$/ }, answer: { delayMilliseconds: 250 } },
  ],
  ['/api/v2/a.b 500', { match: { path: /^\/api\/v2\/a\.b$/ }, answer: { status: 500 } }],
])('%j is a fault', (text, fault) => {
  expect(readFault(text)).toEqual(fault);
});

test.each(['', 'POST', '418', 'slow', 'stale=x', 'post /roles 503', '503 x', '503 after', 'roles 503', '503 lost'])(
  '%j is none',
  (text) => {
    expect(readFault(text)).toBeUndefined();
  },
);

test('a fault that was read hits what it names', async () => {
  const { send, addFault } = await emulatorOfTest();
  const fault = readFault('POST /roles/*/permissions 503');
  addFault(fault ?? { match: {}, answer: { status: 400 } });
  expect(await send('POST', '/roles', { name: 'a' })).toMatchObject({ status: 200 });
  expect(await send('POST', '/roles/rol_1/permissions', {})).toMatchObject({ status: 503 });
  expect(await send('POST', '/roles/rol_1/permissions', {})).toMatchObject({ status: 400 });
});
