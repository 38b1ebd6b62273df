import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeCertificate } from '../../src/emulator/certificate.ts';
import { classifyTenantFailure } from '../../src/reconcile/classify.ts';
import { connect } from '../../src/stack/send-request.ts';
import { keycloak } from '../../src/targets/keycloak/target.ts';

let folder: string;
let url: string;
let close: () => void;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolewright-test-'));
  const { certificate, key } = await makeCertificate();
  await writeFile(join(folder, 'ca.pem'), certificate);
  const server = createServer({ cert: certificate, key }, (_, response) => response.end('whole'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  close = () => server.close().closeAllConnections();
});
afterAll(async () => {
  close();
  await rm(folder, { recursive: true });
});

const send = (env: Readonly<Record<string, string>>) =>
  connect({ env, signal: new AbortController().signal, timeout: 2000 })(url, { method: 'GET', headers: {} });

it.each(['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'])('trusts the authority that %s names', async (variable) => {
  expect(await send({ [variable]: join(folder, 'ca.pem') })).toMatchObject({ status: 200, body: 'whole' });
});

it.each([{}, { SSL_CERT_FILE: '/nowhere.pem' }])('trusts no other: %j', async (env) => {
  const error = await send(env).catch((caught: Error) => caught);
  const circumstances = { stack: 'dev', domain: 'sso', backend: 'file://', advice: keycloak.advice };
  const text = (error as Error).message;
  expect(classifyTenantFailure({ text, doing: 'read roles' }, circumstances)).toMatchObject({ code: 'RW6302' });
});
