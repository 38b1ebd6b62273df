import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../src/emulator/start-emulator.ts';
import type { Diagnostic } from '../src/language/diagnostic.ts';
import type { TargetName } from '../src/model/definitions.ts';
import type { DesiredState } from '../src/model/desired-state.ts';
import { findDrift } from '../src/reconcile/drift/find-drift.ts';
import { findEngine } from '../src/reconcile/engine.ts';
import { up } from '../src/reconcile/up.ts';
import { targetOf } from '../src/target-of.ts';
import { startRecordingProxy } from '../test/support/recording-proxy.ts';
import { startKeycloak } from '../tools/keycloak/server.ts';

/** A call that a tenant was asked. */
export interface Call {
  readonly isWrite: boolean;
  /** For a token, which is asked for now and then, whatever there is to do. */
  readonly isSignIn: boolean;
}

/** A stack on a file backend of its own, and a tenant of its own. All of it throws where something is not as it should be. */
export interface BenchStack {
  readonly up: (desired: DesiredState, options?: { readonly refresh: boolean }) => Promise<void>;
  readonly drift: (desired: DesiredState) => Promise<void>;
  readonly calls: () => readonly Call[];
  readonly stop: () => Promise<void>;
}

interface BenchTenant {
  readonly target: TargetName;
  /** As an environment says it. */
  readonly tenant: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly calls: () => readonly Call[];
  readonly stop: () => Promise<void>;
}

export async function startAuth0Stack(): Promise<BenchStack> {
  const emulator = await startEmulator();
  const { environment, stop } = emulator;
  const calls = () =>
    emulator.calls().map(({ isWrite, path }) => ({ isWrite, isSignIn: !path.startsWith('/api/v2/') }));
  return stackOf({ target: 'auth0', tenant: 'loopback', environment, calls, stop });
}

/** A realm on the server of the variables KEYCLOAK_*, or on one that is started for it. */
export async function startKeycloakStack(): Promise<BenchStack> {
  const { KEYCLOAK_URL, KEYCLOAK_USER, KEYCLOAK_PASSWORD } = process.env;
  const isThere = KEYCLOAK_URL && KEYCLOAK_USER && KEYCLOAK_PASSWORD;
  const server = isThere
    ? { environment: { KEYCLOAK_URL, KEYCLOAK_USER, KEYCLOAK_PASSWORD }, stop: async () => {} }
    : await startKeycloak((message) => process.stderr.write(`${message}\n`));
  const { environment } = server;
  const realm = `bench-${crypto.randomUUID().slice(0, 8)}`;
  await administer(environment, 'POST', '', { realm, enabled: true });
  const proxy = await startRecordingProxy(environment.KEYCLOAK_URL ?? '');
  return stackOf({
    ...{ target: 'keycloak', tenant: `loopback/realms/${realm}` },
    environment: { ...environment, KEYCLOAK_URL: proxy.url },
    calls: () => proxy.calls().map(({ isWrite, path }) => ({ isWrite, isSignIn: !path.startsWith('/admin/') })),
    stop: async () => {
      await proxy.stop();
      await administer(environment, 'DELETE', `/${realm}`);
      await server.stop();
    },
  });
}

async function stackOf({ target, tenant, environment, calls, stop }: BenchTenant): Promise<BenchStack> {
  const workDir = mkdtempSync(join(tmpdir(), 'rolewright-bench-'));
  writeFileSync(join(workDir, 'main.js'), '');
  writeFileSync(join(workDir, 'Pulumi.yaml'), 'name: rolewright\nruntime: nodejs\nmain: main.js\n');
  const { plugin } = await targetOf({ target });
  const [engine, missing] = await findEngine(process.env, plugin);
  content(missing);
  const env = {
    ...{ ...process.env, ...engine?.environment, ...environment },
    ...{ PULUMI_BACKEND_URL: `file://${workDir}`, PULUMI_CONFIG_PASSPHRASE: 'bench' },
  };
  const here = (desired: DesiredState) => ({ ...desired, environment: { ...desired.environment, target, tenant } });
  const run = { env, signal: new AbortController().signal, onProgress: () => {} };
  return {
    up: async (desired, { refresh } = { refresh: false }) => {
      const update = { onEngineOutput: null, confirm: async () => true, overrides: [] };
      const [, diagnostics] = await up({ desired: here(desired), workDir, refresh, ...run, ...update });
      content(diagnostics);
    },
    drift: async (desired) => {
      const choice = { include: [], exclude: [] };
      const [drift, diagnostics] = await findDrift({ desired: here(desired), choice, people: false, ...run });
      content(diagnostics);
      if (drift?.deviations.length !== 0) throw new Error('what was just made differs from what is declared');
    },
    calls,
    stop: async () => {
      await stop();
      rmSync(workDir, { recursive: true, force: true });
    },
  };
}

function content(diagnostics: readonly Diagnostic[]): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ code, message }) => `${code} ${message}`).join('\n'));
}

/** A call of the server's administrator, past all that is measured. */
async function administer(
  { KEYCLOAK_URL, KEYCLOAK_USER = '', KEYCLOAK_PASSWORD = '' }: Readonly<Record<string, string>>,
  method: string,
  path: string,
  body?: object,
): Promise<void> {
  const signIn = await fetch(`${KEYCLOAK_URL}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ client_id: 'admin-cli', grant_type: 'password' },
      ...{ username: KEYCLOAK_USER, password: KEYCLOAK_PASSWORD },
    }),
  });
  const { access_token: token } = (await signIn.json()) as { readonly access_token: string };
  const answer = await fetch(`${KEYCLOAK_URL}/admin/realms${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
}
