import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { decodeJwt } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import { callEmulator } from './call-emulator.ts';
import { audience, emulatorOfTest, permissionsBody, resourceServerWith } from './emulator-of-test.ts';

function storeOfTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rolewright-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'tenant.sqlite');
}

test('a tenant in a file is the same after a restart, its client and its tokens too', async () => {
  const store = storeOfTest();
  const first = await startEmulator({ store });
  const send = (method: string, path: string, body: unknown) => callEmulator(first, method, path, { body });
  await send('POST', '/resource-servers', resourceServerWith('b', 'a'));
  const role = (await send('POST', '/roles', { name: 'Reader' })).body as { id: string };
  await send('POST', '/roles', { name: 'Gone' }).then((gone) =>
    send('DELETE', `/roles/${(gone.body as { id: string }).id}`, {}),
  );
  await send('POST', '/users', { connection: 'email', user_id: 'a', email: 'a@example.com' });
  await send('POST', `/roles/${role.id}/permissions`, permissionsBody('a', 'b'));
  await send('DELETE', `/roles/${role.id}/permissions`, permissionsBody('b'));
  await send('POST', `/roles/${role.id}/users`, { users: ['email|a'] });
  const before = first.snapshot();
  expect(before).toMatchObject({
    resourceServers: [{ identifier: audience, scopes: ['b', 'a'] }],
    roles: [{ name: 'Reader', permissions: [{ audience, scope: 'a' }] }],
    users: [{ id: 'email|a', roleIds: [role.id] }],
  });
  await first.stop();

  const port = Number(first.domain.split(':')[1]);
  const second = await emulatorOfTest({ store, port });
  expect(second.snapshot()).toEqual(before);
  expect(second).toMatchObject({ clientId: first.clientId, clientSecret: first.clientSecret });
  expect(await second.send('GET', '/roles', undefined, { token: first.token })).toMatchObject({ status: 200 });
  expect(statSync(store).mode & 0o777).toBe(0o600);
});

test('people sign in to it as before; the values of secrets and passwords are not in the file', async () => {
  const store = storeOfTest();
  const first = await startEmulator({ store });
  const send = (method: string, path: string, body?: object) =>
    callEmulator(first, method, path, body === undefined ? {} : { body });
  const connection = 'Username-Password-Authentication';
  await send('POST', '/users', { connection, email: 'ada@example.com', password: 'correct horse' });
  await send('POST', '/actions/actions', {
    name: 'Tell',
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
    code: 'exports.onExecutePostLogin = async (event, api) => api.idToken.setCustomClaim("secrets", event.secrets);',
    secrets: [{ name: 'KEY', value: 'hush-hush' }],
    deploy: true,
  });
  const bound = { bindings: [{ ref: { type: 'action_name', value: 'Tell' } }] };
  await send('PATCH', '/actions/triggers/post-login/bindings', bound);
  const signIn = async (emulator: Emulator) => {
    const body = {
      ...{ grant_type: 'password', client_id: emulator.applicationId, scope: 'openid' },
      ...{ username: 'ada@example.com', password: 'correct horse' },
    };
    const answer = await callEmulator(emulator, 'POST', '/oauth/token', { body, token: null });
    return decodeJwt<{ secrets: object }>((answer.body as { id_token: string }).id_token).secrets;
  };
  expect(await signIn(first)).toEqual({ KEY: 'hush-hush' });
  await first.stop();
  const kept = readdirSync(dirname(store)).map((name) => readFileSync(join(dirname(store), name), 'latin1'));
  expect(kept.join('')).toContain('ada@example.com');
  expect(kept.join('')).not.toMatch(/hush|correct horse/);
  expect(await signIn(await emulatorOfTest({ store }))).toEqual({});
});

test('so are its actions, what they are bound to, and its organizations', async () => {
  const store = storeOfTest();
  const first = await startEmulator({ store });
  const send = (method: string, path: string, body?: object) =>
    callEmulator(first, method, path, body === undefined ? {} : { body });
  const trigger = '/actions/triggers/post-login/bindings';
  for (const name of ['First', 'Second']) {
    const supported_triggers = [{ id: 'post-login', version: 'v3' }];
    await send('POST', '/actions/actions', { name, supported_triggers, deploy: true });
  }
  const refs = ['Second', 'First'].map((value) => ({ ref: { type: 'action_name', value } }));
  await send('PATCH', trigger, { bindings: refs });
  const { id } = (await send('POST', '/organizations', { name: 'acme' })).body as { id: string };
  await send('POST', '/users', { connection: 'email', user_id: 'a', email: 'a@example.com' });
  await send('POST', `/organizations/${id}/members`, { members: ['email|a'] });
  const role = (await send('POST', '/roles', { name: 'Reader' })).body as { id: string };
  const memberRoles = `/organizations/${id}/members/email%7Ca/roles`;
  await send('POST', memberRoles, { roles: [role.id] });
  await send('GET', '/actions/actions');
  const paths = ['/actions/actions', trigger, memberRoles];
  const before = await Promise.all(paths.map((path) => send('GET', path)));
  expect(before.map(({ body }) => body)).toMatchObject([{ total: 2 }, { total: 2 }, [{ name: 'Reader' }]]);
  await first.stop();

  const second = await emulatorOfTest({ store });
  const after = await Promise.all(paths.map((path) => second.send('GET', path)));
  expect(after.map(({ body }) => body)).toEqual(before.map(({ body }) => body));
});

test('what was answered survives kill -9, and the store is free again', async () => {
  const store = storeOfTest();
  const program = `
    const { startEmulator } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/emulator/start-emulator.ts'))});
    const { callEmulator } = await import(${JSON.stringify(join(import.meta.dirname, 'call-emulator.ts'))});
    const emulator = await startEmulator({ store: ${JSON.stringify(store)} });
    for (let index = 0; ; index += 1) {
      await callEmulator(emulator, 'POST', '/roles', { body: { name: String(index) } });
      console.log(index);
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // A killed emulator cannot remove its folder: so that the test can.
    env: { ...process.env, TMPDIR: dirname(store) },
  });
  let seen = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    seen += chunk;
    if (seen.split('\n').length > 20) {
      break;
    }
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  const answered = seen.split('\n').slice(0, -1);
  const { snapshot } = await emulatorOfTest({ store });
  const kept = snapshot().roles.map((role) => role.name);
  expect(kept).toEqual(expect.arrayContaining(answered));
});

test('a store in use, and a file that is not one, are refused with their name', async () => {
  const store = storeOfTest();
  await emulatorOfTest({ store });
  await expect(startEmulator({ store })).rejects.toThrow(`cannot use ${store} as a store: database is locked`);
  const text = storeOfTest();
  writeFileSync(text, 'not a database, whatever its name may say of it');
  await expect(startEmulator({ store: text })).rejects.toThrow(`cannot use ${text} as a store`);
});
