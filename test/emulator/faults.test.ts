import { describe, expect, test } from 'vitest';
import { audience, emulatorOfTest, errorOf, permissionsBody, resourceServerWith } from './emulator-of-test.ts';

const nowInSeconds = (): number => Date.now() / 1000;

test('a status hits as often as it says, and nothing is done meanwhile', async () => {
  const { send, addFault, snapshot } = await emulatorOfTest();
  addFault({ match: { method: 'POST', path: /\/roles$/ }, times: 2, answer: { status: 503 } });
  expect(await send('GET', '/roles')).toMatchObject({ status: 200 });
  for (let time = 0; time < 2; time += 1) {
    expect(await send('POST', '/roles', { name: 'a' })).toMatchObject({ status: 503, body: { statusCode: 503 } });
  }
  expect(snapshot().roles).toEqual([]);
  expect(await send('POST', '/roles', { name: 'a' })).toMatchObject({ status: 200 });
});

test('calls are let through first, and counted by each fault they pass', async () => {
  const { send, addFault } = await emulatorOfTest();
  addFault({ match: { path: /roles/g }, after: 2, answer: { status: 500 } });
  addFault({ match: {}, after: 1, answer: { status: 400 } });
  const statuses: number[] = [];
  for (let call = 0; call < 5; call += 1) {
    statuses.push((await send('GET', '/roles')).status);
  }
  expect(statuses).toEqual([200, 400, 500, 200, 200]);
});

test('429 tells a reset in the future, or as it was told, or none', async () => {
  const { send, addFault } = await emulatorOfTest();
  addFault({ match: {}, answer: { status: 429 } });
  const limited = await send('GET', '/roles');
  expect(limited.body).toEqual(errorOf(429, 'Too Many Requests', 'Global limit has been reached', 'too_many_requests'));
  expect(Number(limited.headers['x-ratelimit-reset'])).toBeGreaterThan(nowInSeconds());
  expect(limited.headers).toMatchObject({ 'x-ratelimit-remaining': '0', 'retry-after': '1' });
  addFault({ match: {}, answer: { status: 429, resetInSeconds: -10 } });
  const past = await send('GET', '/roles');
  expect(Number(past.headers['x-ratelimit-reset'])).toBeLessThan(nowInSeconds());
  addFault({ match: {}, answer: { status: 429, resetInSeconds: null } });
  expect((await send('GET', '/roles')).headers).not.toHaveProperty('x-ratelimit-reset');
});

test('a body may be anything', async () => {
  const { send, addFault } = await emulatorOfTest();
  addFault({ match: {}, answer: { status: 502, body: '<html>' } });
  expect(await send('GET', '/roles')).toMatchObject({ status: 502, body: '<html>' });
});

test('a cut connection has done nothing, a lost answer everything', async () => {
  const { send, addFault, snapshot, calls } = await emulatorOfTest();
  addFault({ match: {}, answer: { cut: true } });
  await expect(send('POST', '/roles', { name: 'a' })).rejects.toThrow(/socket hang up|ECONNRESET/);
  expect(snapshot().roles).toEqual([]);
  addFault({ match: {}, answer: { loseAnswer: true } });
  await expect(send('POST', '/roles', { name: 'a' })).rejects.toThrow(/socket hang up|ECONNRESET/);
  expect(snapshot().roles).toMatchObject([{ name: 'a' }]);
  expect(calls().map((call) => call.status)).toEqual([0, 200]);
  expect(await send('GET', '/roles')).toMatchObject({ status: 200 });
});

test('a delay holds one call and not the others', async () => {
  const { send, addFault } = await emulatorOfTest();
  addFault({ match: { method: 'POST' }, answer: { delayMilliseconds: 60 } });
  const order: string[] = [];
  await Promise.all([
    send('POST', '/roles', { name: 'a' }).then(() => order.push('delayed')),
    send('GET', '/roles').then(() => order.push('other')),
  ]);
  expect(order).toEqual(['other', 'delayed']);
});

describe('a stale read', () => {
  test('sees the tenant as it was before its last writes, and the next one sees it as it is', async () => {
    const { send, create, addFault } = await emulatorOfTest();
    const role = await create('/roles', { name: 'a' });
    await send('PATCH', `/roles/${role}`, { name: 'b' });
    addFault({ match: { path: /roles/ }, answer: { staleBy: 1 } });
    expect(await send('GET', `/roles/${role}`)).toMatchObject({ status: 200, body: { id: role, name: 'a' } });
    expect(await send('GET', `/roles/${role}`)).toMatchObject({ status: 200, body: { id: role, name: 'b' } });
    addFault({ match: { path: /roles/ }, answer: { staleBy: 2 } });
    expect(await send('GET', `/roles/${role}`)).toMatchObject({ status: 404 });
  });

  test('is a read of one instant, what was taken away included', async () => {
    const { send, create, addFault } = await emulatorOfTest();
    await create('/resource-servers', resourceServerWith('a', 'b'));
    const role = await create('/roles', { name: 'a' });
    await send('POST', `/roles/${role}/permissions`, permissionsBody('a', 'b'));
    await send('PATCH', `/resource-servers/${encodeURIComponent(audience)}`, { scopes: [{ value: 'b' }] });
    addFault({ match: {}, answer: { staleBy: 1 } });
    const names = async () => {
      const { body } = await send('GET', `/roles/${role}/permissions`);
      return (body as { permission_name: string }[]).map((permission) => permission.permission_name);
    };
    expect(await names()).toEqual(['a', 'b']);
    expect(await names()).toEqual(['b']);
  });

  test('goes no further back than the start, needs its token, and leaves writes alone', async () => {
    const { send, addFault, snapshot } = await emulatorOfTest();
    addFault({ match: {}, times: 2, answer: { staleBy: 1000 } });
    expect(await send('POST', '/roles', { name: 'a' })).toMatchObject({ status: 200 });
    expect(snapshot().roles).toMatchObject([{ name: 'a' }]);
    expect(await send('GET', '/roles')).toMatchObject({ status: 200, body: [] });
    expect(await send('GET', '/roles', undefined, { token: 'nonsense' })).toMatchObject({ status: 401 });
    expect((await send('GET', '/resource-servers')).body).toMatchObject([{ is_system: true }]);
  });

  test('does not see what had gone before', async () => {
    const { send, create, addFault } = await emulatorOfTest();
    const role = await create('/roles', { name: 'a' });
    await send('DELETE', `/roles/${role}`, {});
    await create('/roles', { name: 'b' });
    addFault({ match: {}, answer: { staleBy: 1 } });
    expect((await send('GET', '/roles')).body).toEqual([]);
  });

  test('remembers a hundred writes', async () => {
    const { send, addFault } = await emulatorOfTest();
    for (let role = 0; role < 130; role += 1) await send('POST', '/roles', { name: String(role) });
    const seen = async (staleBy: number) => {
      addFault({ match: {}, answer: { staleBy } });
      return ((await send('GET', '/roles?include_totals=true')).body as { total: number }).total;
    };
    expect([await seen(10), await seen(100), await seen(120)]).toEqual([120, 30, 30]);
  });
});

test('tokens are hit only by faults that name their path, and cleared faults hit nothing', async () => {
  const { send, addFault, clearFaults, domain, clientId, clientSecret } = await emulatorOfTest();
  const body = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    audience: `https://${domain}/api/v2/`,
  };
  addFault({ match: { method: 'POST' }, answer: { status: 500 } });
  expect(await send('POST', '/oauth/token', body)).toMatchObject({ status: 200 });
  addFault({ match: { path: /token/ }, times: 9, answer: { status: 403 } });
  expect(await send('POST', '/oauth/token', body)).toMatchObject({ status: 403 });
  clearFaults();
  expect(await send('POST', '/oauth/token', body)).toMatchObject({ status: 200 });
  expect(await send('POST', '/roles', { name: 'a' })).toMatchObject({ status: 200 });
});
