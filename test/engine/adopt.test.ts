import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { takeOver } from '../../src/reconcile/take-over.ts';
import type { Run } from '../cli/run-rolewright.ts';
import { runRolewright } from '../cli/run-rolewright.ts';
import { desired } from '../support/desired.ts';
import { fillTenant, grownTenant } from '../support/grown-tenant.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';
import { tenantCall } from '../support/tenant-call.ts';

let stack: TestStack;
let root: string;
beforeAll(async () => {
  stack = await startStack();
  root = mkdtempSync(join(tmpdir(), 'rolewright-adopt-'));
  await fillTenant(stack.emulator, grownTenant);
});
afterAll(async () => {
  rmSync(root, { recursive: true, force: true });
  await stack.stop();
});

/** Runs a verb over the stack; it must not write. */
async function reading(...args: readonly string[]): Promise<Run & { readonly calls: number }> {
  const before = stack.emulator.calls().length;
  const names = Object.keys(stack.env).filter((name) => /^(AUTH0|PULUMI)_|_CERT/u.test(name) || name === 'PATH');
  const env = Object.fromEntries(names.map((name) => [name, stack.env[name] ?? '']));
  const run = await runRolewright([...args, '--stack', 'dev'], { cwd: root, env });
  const calls = stack.emulator.calls().slice(before);
  expect(calls.filter(({ isWrite }) => isWrite)).toEqual([]);
  return { ...run, calls: calls.length };
}

/** What the tenant holds, but for ids and the order of things. */
function held() {
  const { resourceServers, roles } = stack.emulator.snapshot();
  return { resourceServers, roles };
}

/** Edits a role by Auth0's own SDK. */
async function editBySdk(roleId: string, audience: string, given: string, taken: string): Promise<void> {
  const { domain, clientId, clientSecret, certificateFile } = stack.emulator;
  const script = join(import.meta.dirname, '../support/edit-by-sdk.ts');
  await promisify(execFile)(
    process.execPath,
    [script, domain, clientId, clientSecret, roleId, audience, given, taken],
    {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: certificateFile },
    },
  );
}

test('a tenant that others have filled is adopted without a write, and then there is nothing to do', async () => {
  const before = held();
  const adopted = await reading('adopt');
  expect(adopted).toMatchObject({ code: 0, stderr: expect.not.stringContaining('role "') });
  expect(adopted.stderr).toContain('New in the state: 3 applications, 40 roles. Nothing was written to the tenant; ');
  expect(adopted.stderr).toContain('`preview` has nothing to do.\n');
  expect(held()).toEqual(before);

  expect(await runRolewright(['check'], { cwd: root })).toMatchObject({ code: 0 });
  expect(await reading('preview', '--expect-no-changes')).toMatchObject({ code: 0, calls: 0 });
  expect(await reading('preview', '--refresh', '--expect-no-changes')).toMatchObject({ code: 0 });
  expect(await reading('drift')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('(40 roles declared, 40 read)'),
  });
  expect(await reading('adopt')).toMatchObject({ code: 0, stdout: '' });
});

test('what somebody changes by hand afterwards is drift, until it is put right or adopted', async () => {
  const role = stack.emulator.snapshot().roles.find(({ name }) => name === 'Role No. 12');
  const audience = 'https://contracts.example/api';
  await editBySdk(role?.id ?? '', audience, 'update:contracts', 'read:contracts');
  const drift = await reading('drift');
  expect(drift.code).toBe(1);
  expect(drift.stdout).toMatch(/Role No\. 12\n +\+ also has Update Contracts\n +- lacks Read Contracts\n/u);
  // Only the one that it names is taken over.
  await tenantCall(stack.emulator, 'PATCH', `/roles/${stack.emulator.snapshot().roles[0]?.id}`, {
    description: 'Anew',
  });

  const path = join(root, 'roles/contracts-api/roles/role-no-12.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('spec:\n', 'spec:\n  # Reviewed in May.\n'));
  const again = await reading('adopt', '--role', 'Role No. 12');
  expect(again).toMatchObject({ code: 0 });
  expect(again.stdout).toContain('    +     - contracts/update-contracts\n');
  expect(readFileSync(path, 'utf8')).toContain('  # Reviewed in May.\n  grants:\n');
  expect(await reading('preview', '--expect-no-changes')).toMatchObject({ code: 0, calls: 0 });
  const left = await reading('drift');
  expect(left.stdout).not.toContain('Role No. 12');
  expect(left.stdout).toContain('has another description');
});

test('nothing is taken over where the state holds what is not declared any more', async () => {
  const path = join(root, 'roles/contracts-api/roles/role-no-12.yaml');
  const text = readFileSync(path, 'utf8');
  rmSync(path);
  await tenantCall(stack.emulator, 'POST', '/roles', { name: 'Newcomer' });
  const refused = await reading('adopt', '--include', 'Newcomer', '--application', 'urn:billing');
  expect(refused).toMatchObject({ code: 5 });
  expect(refused.stderr).toContain(
    'nothing was taken into the state: the engine would remove role contracts-api/role-no-12',
  );
  writeFileSync(path, text);
  const taken = await reading('adopt', '--include', 'Newcomer', '--application', 'urn:billing');
  expect(taken.stderr).toContain('New in the state: 0 applications, 1 role.');
});

test('what somebody changes between reading and importing is imported as it is, and not written over', async () => {
  const own = await startStack();
  onTestFinished(own.stop);
  const audience = 'https://shop.example';
  const scopes = ['a', 'b'].map((value) => ({ value, description: value }));
  const api = { name: 'Shop', identifier: audience, scopes };
  const { id: apiId } = (await tenantCall(own.emulator, 'POST', '/resource-servers', api)) as { id: string };
  const created = await tenantCall(own.emulator, 'POST', '/roles', { name: 'Admin', description: 'Now' });
  const { id } = created as { id: string };
  const permissions = [{ permission_name: 'b', resource_server_identifier: audience }];
  await tenantCall(own.emulator, 'POST', `/roles/${id}/permissions`, { permissions });

  const observed = { id, title: 'Admin', description: 'Then', grants: [{ audience, scope: 'a' }] };
  const settings = { system: false, enforced: true, tokenLifetimeSeconds: 3600 };
  const before = own.emulator.calls().length;
  const [taken, problems] = await takeOver(
    {
      desired: desired([
        {
          permissions: ['data/a', 'data/b'],
          roles: [{ name: 'admin', title: 'Admin', description: 'Then', scopes: ['a'] }],
        },
      ]),
      ...{ workDir: own.workDir, env: own.env, refresh: false, signal: new AbortController().signal },
      ...{ onProgress: () => {}, onNotice: () => {}, onEngineOutput: null },
    },
    {
      applications: [{ name: 'shop', api: { id: apiId, audience, title: 'Shop', scopes, ...settings } }],
      roles: [{ application: 'shop', name: 'admin', observed }],
    },
  );
  expect(problems).toEqual([]);
  expect(
    own.emulator
      .calls()
      .slice(before)
      .filter(({ isWrite }) => isWrite),
  ).toEqual([]);
  expect(taken).toMatchObject({ applications: ['shop'], roles: ['shop.admin'] });
  expect(taken?.left).toEqual(
    expect.arrayContaining([
      'describe role shop/admin anew',
      'grant a to role shop/admin',
      'take b from role shop/admin',
    ]),
  );
});
