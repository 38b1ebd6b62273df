import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { classifyTenantFailure } from '../../../src/reconcile/classify.ts';
import { connectKeycloak, statusOf } from '../../../src/targets/keycloak/realm-client.ts';
import { keycloak } from '../../../src/targets/keycloak/target.ts';

type Answer = (request: IncomingMessage & { readonly sent: string }, response: ServerResponse) => void;

/** A server that says what it is told to; what it is not told is answered with an empty object. */
let answers: Answer[];
let calls: string[];
let sent: string[];
let waits: number[];
let ended: AbortController;
let close: () => Promise<void>;
let url: string;

beforeEach(async () => {
  [answers, calls, sent, waits, ended] = [[], [], [], [], new AbortController()];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (request.url?.endsWith('/token')) {
      sent.push(body);
      calls.push('token');
    } else calls.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    const isToken = request.url?.endsWith('/token') === true;
    const usual = isToken ? json(200, { access_token: `t${sent.length}`, expires_in: 60 }) : json(200, {});
    const next = isToken && answers[0]?.name !== 'ofToken' ? usual : (answers.shift() ?? usual);
    next(Object.assign(request, { sent: body }), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
});
afterEach(() => close());

const connect = (env: Readonly<Record<string, string>> = {}, patience = 0) =>
  connectKeycloak({
    env: { KEYCLOAK_URL: url, KEYCLOAK_USER: 'amy', KEYCLOAK_PASSWORD: 's e&cret', ...env },
    ...{ signal: ended.signal, onWait: (seconds: number) => waits.push(seconds), patience, timeout: 400 },
  });

function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return (_request, response) => response.writeHead(status, headers).end(JSON.stringify(body));
}

/** The answer to the next request for a token. */
function forToken(answer: Answer): Answer {
  return function ofToken(request, response) {
    answer(request, response);
  };
}

const cutOff: Answer = (request) => request.socket.destroy();

describe('a client of the admin API', () => {
  it('signs in once, however many calls there are at the same time', async () => {
    const client = connect();
    await Promise.all([client.get('/shop/roles'), client.get('/shop/clients')]);
    await client.get('/shop/users');
    expect(calls).toEqual([
      'token',
      ...['roles', 'clients', 'users'].map((one) => `GET /admin/realms/shop/${one} Bearer t1`),
    ]);
  });

  it.each([
    ['a user', {}, 'client_id=admin-cli&grant_type=password&username=amy&password=s+e%26cret'],
    [
      'a machine',
      { KEYCLOAK_USER: '', KEYCLOAK_CLIENT_ID: 'deployer', KEYCLOAK_CLIENT_SECRET: 'x' },
      'client_id=deployer&client_secret=x&grant_type=client_credentials',
    ],
  ])('signs %s in', async (_, env, body) => {
    await connect(env).get('/shop');
    expect(sent).toEqual([body]);
  });

  it('asks for another token before the first one ends', async () => {
    answers = [forToken(json(200, { access_token: 'short', expires_in: 0 }))];
    const client = connect();
    await client.get('/a');
    await client.get('/b');
    expect(calls).toEqual(['token', 'token', 'GET /admin/realms/a Bearer t2', 'GET /admin/realms/b Bearer t2']);
  });

  it('asks for another token once where the server takes it no more', async () => {
    answers = [json(401, { error: 'HTTP 401 Unauthorized' })];
    const client = connect();
    await client.get('/a');
    expect(calls).toEqual(['token', 'GET /admin/realms/a Bearer t1', 'token', 'GET /admin/realms/a Bearer t2']);
    answers = [json(401, {}), json(401, { error: 'HTTP 401 Unauthorized' })];
    await expect(client.get('/a')).rejects.toThrow('401 Unauthorized');
  });

  it('signs in anew after a sign-in that failed', async () => {
    answers = [forToken(json(401, { error: 'invalid_grant', error_description: 'Invalid user credentials' }))];
    const client = connect();
    await expect(client.get('/a')).rejects.toThrow('401 oauth2: invalid_grant: Invalid user credentials');
    expect(await client.get('/a')).toEqual({});
  });

  it('reads long lists page by page', async () => {
    const page = (count: number) =>
      json(
        200,
        Array.from({ length: count }, (_, index) => index),
      );
    answers = [page(100), page(100), page(1)];
    expect(await connect().getAll('/shop/users?brief=true')).toHaveLength(201);
    expect(calls.slice(1).map((call) => call.split(' ')[1])).toEqual(
      [0, 100, 200].map((first) => `/admin/realms/shop/users?brief=true&first=${first}&max=100`),
    );
  });

  it('finds nothing where there is no such thing, and says so where there is no such realm or path', async () => {
    answers = [
      json(404, { error: 'Could not find role' }),
      json(404, { error: 'Could not find client' }),
      json(404, { error: 'Realm not found.' }),
      json(404, { error: 'HTTP 404 Not Found' }),
      (_, response) => response.writeHead(404).end('<html>'),
    ];
    const client = connect();
    expect(await client.get('/shop/roles/a')).toBeNull();
    expect(await client.getAll('/shop/clients/a/roles')).toEqual([]);
    await expect(client.get('/shop/roles/a')).rejects.toThrow('404 Realm not found.');
    await expect(client.get('/shop/rolls')).rejects.toThrow('404 Not Found');
    await expect(client.get('/shop/roles/a')).rejects.toThrow('404 Not Found');
  });

  it.each([
    [400, { error: 'unknown', error_description: 'What is that?' }, '400 unknown: What is that?'],
    [403, { error: 'HTTP 403 Forbidden' }, '403 Forbidden'],
    [409, { errorMessage: 'Role with name a already exists' }, '409 Role with name a already exists'],
  ])('says what the server says at a %i, and does not try again', async (status, body, message) => {
    answers = [json(status, body)];
    const error = await connect()
      .send('POST', '/shop/roles', { name: 'a' })
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'TenantError', message });
    expect(statusOf(error)).toBe(status);
    expect(calls).toHaveLength(2);
  });

  it('hands back what a write is answered with, and nothing where that is empty', async () => {
    answers = [json(200, { added: 1 }), (_, response) => response.writeHead(204).end()];
    const client = connect();
    expect(await client.send('POST', '/shop/partialImport', {})).toEqual({ added: 1 });
    expect(await client.send('DELETE', '/shop/roles/a')).toBeNull();
  });

  it('tries again where the server fails or the connection is lost', async () => {
    answers = [json(503, {}), cutOff, json(200, { at: 'last' })];
    expect(await connect().get('/a')).toEqual({ at: 'last' });
    expect(calls).toHaveLength(4);
  });

  it('gives up after three more attempts with growing pauses', async () => {
    answers = Array.from({ length: 4 }, () => json(500, { error: 'unknown_error', error_description: 'See the log.' }));
    const start = performance.now();
    await expect(connect().get('/a')).rejects.toThrow('500 unknown_error: See the log.');
    expect(performance.now() - start).toBeGreaterThan(3400);
    expect(calls).toHaveLength(5);
  });

  it('waits as long as it is told where the rate is limited, as far as patience goes', async () => {
    answers = [json(429, {}, { 'retry-after': '1' }), json(429, { error: 'slow' }, { 'retry-after': '2' })];
    const error = await connect({}, 2)
      .get('/a')
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ message: '429 slow' });
    expect(waits).toEqual([1]);
  });

  it('says where the server has moved to', async () => {
    answers = [forToken((_, response) => response.writeHead(301, { location: 'https://sso.example.com/' }).end())];
    await expect(connect().get('/a')).rejects.toThrow('301 moved to https://sso.example.com/');
  });

  it('says at once that an address is wrong, or none', async () => {
    const start = performance.now();
    await expect(connect({ KEYCLOAK_URL: 'http://127.0.0.1:1' }).get('/a')).rejects.toThrow(
      /^POST 127\.0\.0\.1:1: .*ECONNREFUSED/u,
    );
    expect(performance.now() - start).toBeLessThan(500);
    await expect(connect({ KEYCLOAK_URL: '' }).get('/a')).rejects.toThrow('KEYCLOAK_URL is not set to an address');
  });

  it('waits for a server that goes away while it is asked, and ends when the run does', async () => {
    const client = connect();
    await client.get('/a');
    await close();
    const asked = client.get('/a');
    setTimeout(() => ended.abort(), 700);
    const start = performance.now();
    await expect(asked).rejects.toThrow();
    expect(performance.now() - start).toBeGreaterThan(600);
    expect(performance.now() - start).toBeLessThan(1500);
  });

  it('does not wait for ever', async () => {
    answers = [() => {}];
    await expect(connect().get('/a')).rejects.toThrow(/^GET 127\.0\.0\.1:\d+: i\/o timeout: no answer within 0\.4 s/u);
  });

  it.each<[string, Answer, string]>([
    [
      'RW6303',
      forToken(json(401, { error: 'invalid_grant', error_description: 'Invalid user credentials' })),
      'KEYCLOAK_PASSWORD',
    ],
    [
      'RW6303',
      forToken(json(400, { error: 'invalid_grant', error_description: 'Account is not fully set up' })),
      'KEYCLOAK_USER',
    ],
    ['RW6303', forToken(json(404, { error: 'Realm does not exist' })), 'KEYCLOAK_REALM'],
    ['RW6304', json(403, { error: 'HTTP 403 Forbidden' }), ''],
    ['RW6305', json(429, {}), ''],
    ['RW6307', json(404, { error: 'Realm not found.' }), ''],
  ])('fails in words that are told as %s', async (code, answer, advice) => {
    answers = [answer];
    const error = await connect()
      .get('/a')
      .catch((caught: Error) => caught);
    const circumstances = { stack: 'dev', domain: 'sso', backend: 'file://', advice: keycloak.advice };
    const told = classifyTenantFailure({ text: (error as Error).message, doing: 'read roles' }, circumstances);
    expect(told).toMatchObject({ code, help: expect.stringContaining(advice) });
  });
});
