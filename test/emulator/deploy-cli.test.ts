import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { deployCli, runDeployCli } from '../support/deploy-cli.ts';
import type { EmulatorOfTest } from './emulator-of-test.ts';
import { audience, emulatorOfTest } from './emulator-of-test.ts';

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

/** Over the kinds of things that the tenant above has. */
const run = (emulator: EmulatorOfTest, cwd: string, ...args: readonly string[]) =>
  runDeployCli(emulator, cwd, { kinds: Object.keys(tenant), settings: { AUTH0_ALLOW_DELETE: 'true' } }, ...args);

test('auth0-deploy-cli plans, imports and exports', { timeout: 300_000 }, async ({ skip }) => {
  skip(deployCli === null, 'auth0-deploy-cli is not installed: it was not tried');
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
