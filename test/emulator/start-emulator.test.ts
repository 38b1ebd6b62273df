import { existsSync, readFileSync, statSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import type { Call } from '../../src/emulator/start-emulator.ts';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import { callEmulator } from './call-emulator.ts';
import { audience, emulatorOfTest, permissionsBody, resourceServerWith } from './emulator-of-test.ts';

test('the environment is all that a client needs', async () => {
  const emulator = await emulatorOfTest();
  expect(emulator.environment).toEqual({
    AUTH0_DOMAIN: emulator.domain,
    AUTH0_API_TOKEN: emulator.token,
    SSL_CERT_FILE: emulator.certificateFile,
    NODE_EXTRA_CA_CERTS: emulator.certificateFile,
  });
  expect(emulator.domain).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(statSync(dirname(emulator.certificateFile)).mode & 0o777).toBe(0o700);
});

test.each(['127.0.0.1', 'localhost'])('the certificate stands for %s', async (host) => {
  const { domain, certificateFile } = await emulatorOfTest();
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const options = {
    host,
    port: domain.split(':')[1],
    path: '/.well-known/jwks.json',
    ca: readFileSync(certificateFile),
  };
  request({ ...options, agent: new Agent() }, (incoming) => resolve(incoming.resume().statusCode))
    .on('error', reject)
    .end();
  expect(await promise).toBe(200);
});

test('only the loopback address listens', async () => {
  const { domain } = await emulatorOfTest();
  const outward = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => !address.internal && address.family === 'IPv4');
  for (const { address } of outward) {
    const { promise, resolve } = Promise.withResolvers<string>();
    connect(Number(domain.split(':')[1]), address)
      .on('connect', () => resolve('connected'))
      .on('error', (error) => resolve((error as NodeJS.ErrnoException).code ?? ''));
    expect(await promise).toBe('ECONNREFUSED');
  }
});

test('stopping ends at once, with idle and waiting connections, and leaves no folder', async () => {
  const emulator = await startEmulator();
  await callEmulator(emulator, 'GET', '/roles');
  emulator.addFault({ match: { method: 'POST' }, answer: { delayMilliseconds: 60_000 } });
  const waiting = callEmulator(emulator, 'POST', '/roles', { body: { name: 'a' } }).catch((error: unknown) => error);
  await callEmulator(emulator, 'GET', '/roles');
  const started = performance.now();
  await emulator.stop();
  expect(performance.now() - started).toBeLessThan(500);
  expect(await waiting).toBeInstanceOf(Error);
  expect(existsSync(dirname(emulator.certificateFile))).toBe(false);
  await emulator.stop();
});

test('a port that is taken is an error', async () => {
  const { domain } = await emulatorOfTest();
  await expect(startEmulator({ port: Number(domain.split(':')[1]) })).rejects.toThrow('EADDRINUSE');
});

test('calls are counted, and each is told when its work is done', async () => {
  const seen: [Call, number][] = [];
  const emulator = await emulatorOfTest({ onCall: (call) => seen.push([call, emulator.snapshot().roles.length]) });
  const { send, calls, resetCalls } = emulator;
  await send('POST', '/roles', { name: 'a' });
  await send('GET', '/resource-servers/https:%2F%2Fx%2Fy?include_fields=true&fields=id');
  await send('POST', '/roles', 'no json', { token: null });
  expect(seen.map(([, roles]) => roles)).toEqual([1, 1, 1]);
  expect(calls()).toEqual(seen.map(([call]) => call));
  expect(calls()).toMatchObject([
    {
      number: 1,
      method: 'POST',
      path: '/api/v2/roles',
      query: '',
      requestBody: { name: 'a' },
      status: 200,
      isWrite: true,
    },
    {
      number: 2,
      path: '/api/v2/resource-servers/https:%2F%2Fx%2Fy',
      query: 'include_fields=true&fields=id',
      requestBody: null,
      status: 404,
      isWrite: false,
    },
    { number: 3, requestBody: 'no json', status: 401, isWrite: true },
  ]);
  resetCalls();
  await send('GET', '/roles');
  expect(calls()).toMatchObject([{ number: 1, milliseconds: expect.any(Number) }]);
});

test('a snapshot tells what is granted without a call', async () => {
  const { send, create, snapshot, resetCalls, calls } = await emulatorOfTest();
  const server = await create('/resource-servers', resourceServerWith('b', 'a'));
  const role = await create('/roles', { name: 'Reader', description: 'Reads' });
  const user = await create('/users', { connection: 'email', email: 'a@example.com' });
  await send('POST', `/roles/${role}/permissions`, permissionsBody('b', 'a'));
  await send('POST', `/users/${encodeURIComponent(user)}/roles`, { roles: [role] });
  resetCalls();
  const permissions = ['a', 'b'].map((scope) => ({ audience, scope }));
  expect(snapshot()).toEqual({
    resourceServers: [{ id: server, identifier: audience, scopes: ['b', 'a'] }],
    roles: [{ id: role, name: 'Reader', description: 'Reads', permissions }],
    users: [{ id: user, roleIds: [role], permissions: [] }],
  });
  expect(calls()).toEqual([]);
});
