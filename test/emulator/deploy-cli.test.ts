import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { EmulatorOfTest } from './emulator-of-test.ts';
import { audience, emulatorOfTest } from './emulator-of-test.ts';

/** Its main file, where it is installed: it is heavy (docs/emulator.md), so that a checkout may do without. */
const deployCli = (() => {
  try {
    return createRequire(import.meta.url).resolve('auth0-deploy-cli');
  } catch {
    return undefined;
  }
})();

const tenant = {
  resourceServers: [
    {
      name: 'Example',
      identifier: audience,
      scopes: ['read:a', 'read:b'].map((value) => ({ value, description: `May ${value}` })),
      enforce_policies: true,
      token_dialect: 'access_token_authz',
    },
  ],
  roles: [
    {
      name: 'Reader',
      description: 'Reads',
      permissions: [{ permission_name: 'read:a', resource_server_identifier: audience }],
    },
  ],
  actions: [
    {
      name: 'Hello',
      code: './hello.js',
      runtime: 'node22',
      deployed: true,
      dependencies: [{ name: 'auth0', version: '4.0.0' }],
      secrets: [{ name: 'KEY', value: 'canary' }],
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
    },
  ],
  triggers: { 'post-login': [{ action_name: 'Hello', display_name: 'Says hello' }] },
};

/** Runs it in `cwd` over the kinds of things that the emulator serves; the text that it wrote. */
async function run(emulator: EmulatorOfTest, cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [deployCli ?? '', ...args], {
    cwd,
    env: {
      ...process.env,
      AUTH0_DOMAIN: emulator.domain,
      AUTH0_CLIENT_ID: emulator.clientId,
      AUTH0_CLIENT_SECRET: emulator.clientSecret,
      AUTH0_INCLUDED_ONLY: JSON.stringify(Object.keys(tenant)),
      AUTH0_ALLOW_DELETE: 'true',
      NODE_EXTRA_CA_CERTS: emulator.certificateFile,
    },
  });
  return stdout + stderr;
}

test('auth0-deploy-cli plans, imports and exports', { timeout: 300_000 }, async ({ skip }) => {
  skip(deployCli === undefined, 'auth0-deploy-cli is not installed: it was not tried');
  const folder = mkdtempSync(join(tmpdir(), 'rolewright-deploy-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'tenant.yaml'), stringify(tenant));
  writeFileSync(join(folder, 'hello.js'), 'exports.onExecutePostLogin = async () => {};');
  const emulator = await emulatorOfTest();
  await emulator.create('/roles', { name: 'Foreign' });

  // One run that plans and then imports: checking the file against all that Auth0 knows takes it ten seconds, each time.
  const planned = await run(emulator, folder, 'import', '--input_file', 'tenant.yaml', '--dry-run', '--apply');
  for (const line of [/CREATE.*Example/, /CREATE.*Reader/, /DELETE.*Foreign/, /CREATE.*Hello/]) {
    expect(planned).toMatch(line);
  }
  const permissions = [{ audience, scope: 'read:a' }];
  expect(emulator.snapshot()).toMatchObject({
    resourceServers: [{ identifier: audience, scopes: ['read:a', 'read:b'] }],
    roles: [{ name: 'Reader', description: 'Reads', permissions }],
  });
  const bindings = await emulator.send('GET', '/actions/triggers/post-login/bindings');
  expect(bindings.body).toMatchObject({ bindings: [{ display_name: 'Says hello', action: { name: 'Hello' } }] });

  emulator.resetCalls();
  await run(emulator, folder, 'export', '--format', 'yaml', '--output_folder', 'out');
  const exported = parse(readFileSync(join(folder, 'out/tenant.yaml'), 'utf8')) as typeof tenant;
  const actions = tenant.actions.map((action) => ({
    ...action,
    code: './actions/Hello/code.js',
    secrets: [{ name: 'KEY' }],
  }));
  expect(exported).toMatchObject({ ...tenant, actions });
  expect(emulator.calls().filter((call) => call.isWrite || call.status >= 400)).toEqual([]);
});
