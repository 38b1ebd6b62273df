import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSources } from '../../src/language/load.ts';
import type { DesiredState } from '../../src/model/desired-state.ts';
import { build } from '../../src/pipeline.ts';
import { pulumi as plainPulumi } from '../support/plain-pulumi.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';
import { tenantCall } from '../support/tenant-call.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const documents = {
  'roles/shop/catalog.yaml': [
    ...[
      'apiVersion: rolewright/v1',
      'kind: PermissionCatalog',
      'metadata:',
      '  name: shop',
      'spec:',
      '  version: 1.0.0',
    ],
    ...['  sections:', '    - name: data', '      permissions:', '        - name: contracts'],
  ],
  'roles/shop/roles/user.yaml': [
    ...['apiVersion: rolewright/v1', 'kind: Role', 'metadata:', '  application: shop', '  name: user'],
    ...['spec:', '  grants:', '    - data/contracts'],
  ],
  'roles/environments/dev.yaml': [
    ...[
      'apiVersion: rolewright/v1',
      'kind: Environment',
      'metadata:',
      '  name: dev',
      'spec:',
      '  purpose: development',
    ],
    ...[
      '  tenant: loopback',
      '  applications:',
      '    - name: shop',
      '      audience: https://shop.example',
      '      tokenLifetime: 1h',
    ],
  ],
};

let stack: TestStack;
let desired: DesiredState;
beforeEach(async () => {
  stack = await startStack();
  const { workDir } = stack;
  for (const [path, lines] of Object.entries(documents)) await write(path, lines);
  const project = [
    'name: rolewright',
    'main: src/program.ts',
    'runtime:',
    '  name: nodejs',
    '  options:',
    '    typescript: false',
  ];
  await write('Pulumi.yaml', project);
  await write('package.json', ['{ "type": "module" }']);
  // The engine starts a program in the folder of its main file, and the root is looked for from there.
  await write('src/program.ts', [`export * from '${join(repository, 'src/program.ts')}';`]);
  await symlink(join(repository, 'node_modules'), join(workDir, 'node_modules'));
  const [files] = await loadSources(workDir);
  const [built, diagnostics] = build(files, 'dev');
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (built === null) throw new Error('the documents of this test are wrong');
  desired = built;
});
afterEach(() => stack.stop());

async function write(path: string, lines: readonly string[]) {
  await mkdir(dirname(join(stack.workDir, path)), { recursive: true });
  await writeFile(join(stack.workDir, path), `${lines.join('\n')}\n`);
}

/** `pulumi …`, typed by hand. */
const pulumi = (...args: readonly string[]) => plainPulumi(stack, ...args);

test('plain pulumi makes the same, and finds nothing to do after rolewright, nor rolewright after it', async () => {
  expect((await pulumi('stack', 'init', 'dev')).code).toBe(0);
  const made = await pulumi('up', '--yes', '--skip-preview', '--stack', 'dev');
  expect(made.text).toContain('shop.user');
  expect(made.code).toBe(0);
  expect(stack.emulator.snapshot().roles).toMatchObject([{ name: 'User', permissions: [{ scope: 'contracts' }] }]);

  const after = await stack.up(desired);
  expect(after.problems).toEqual([]);
  expect(after.result?.plan.changes).toEqual([]);
  expect(after.calls).toEqual([]);
  expect(await pulumi('preview', '--expect-no-changes', '--stack', 'dev')).toMatchObject({ code: 0 });
});

test('plain pulumi keeps the journal of a run that was cut off, so that rolewright finishes it', async () => {
  stack.emulator.addFault({ match: { method: 'POST', path: /\/roles$/ }, answer: { loseAnswer: true } });
  expect((await stack.up(desired)).problems).toHaveLength(1);
  const plain = await pulumi('up', '--yes', '--skip-preview', '--stack', 'dev');
  expect(plain.text).toContain('409 Conflict');
  expect((await stack.up(desired)).problems).toEqual([]);
  expect(stack.emulator.snapshot().roles).toMatchObject([{ name: 'User', permissions: [{ scope: 'contracts' }] }]);
});

test('plain pulumi refuses another tenant and broken documents, and leaves all as it is', async () => {
  await stack.up(desired);
  const before = stack.emulator.snapshot();
  await rm(join(stack.workDir, 'roles/shop/roles/user.yaml'));
  const broken = documents['roles/shop/roles/user.yaml'].map((line) => line.replace('data/contracts', 'data/contrats'));
  await write('roles/shop/roles/broken.yaml', broken);
  const refused = await pulumi('up', '--yes', '--skip-preview', '--stack', 'dev');
  expect(refused.code).not.toBe(0);
  expect(refused.text).toMatch(/roles\/shop\/roles\/broken\.yaml:8:7 +RW\d{4} .*data\/contrats/);
  expect(refused.text).not.toContain('node_modules');
  expect(stack.emulator.snapshot()).toEqual(before);
});

test('plain pulumi looks people up at its start, refuses who is not to be found, and agrees with rolewright', async () => {
  const lines = ['apiVersion: rolewright/v1', 'kind: Assignment', 'metadata:', '  application: shop', '  name: team'];
  const people = [
    'spec:',
    '  role: user',
    '  users:',
    '    - email: dana@example.com',
    '      connection: corporate-sso',
  ];
  await write('roles/shop/assignments/team.yaml', [...lines, ...people]);
  const [declared] = build((await loadSources(stack.workDir))[0], 'dev');
  if (declared === null) throw new Error('the documents of this test are wrong');
  expect((await pulumi('stack', 'init', 'dev')).code).toBe(0);
  const refused = await pulumi('up', '--yes', '--skip-preview', '--stack', 'dev');
  expect(refused.code).not.toBe(0);
  expect(refused.text).toMatch(/RW6511 +shop\/team names dana@example\.com \(corporate-sso\)/);
  expect(stack.emulator.snapshot().roles).toEqual([]);

  const dana = {
    connection: 'corporate-sso',
    email: 'dana@example.com',
    email_verified: true,
    password: 'a long one 1!',
  };
  await tenantCall(stack.emulator, 'POST', '/users', dana);
  expect((await pulumi('up', '--yes', '--skip-preview', '--stack', 'dev')).code).toBe(0);
  const { roles, users } = stack.emulator.snapshot();
  expect(users).toMatchObject([{ roleIds: [roles[0]?.id] }]);
  expect(await stack.up(declared)).toMatchObject({ problems: [], calls: [] });
  stack.emulator.resetCalls();
  expect(await pulumi('preview', '--expect-no-changes', '--stack', 'dev')).toMatchObject({ code: 0 });
  expect(stack.emulator.calls().map(({ path }) => path)).toEqual(['/api/v2/users-by-email']);
});

test('plain pulumi tells of scopes that are to go and are held yet, and rolewright takes them away', async () => {
  const catalog = documents['roles/shop/catalog.yaml'];
  const role = documents['roles/shop/roles/user.yaml'];
  const offer = async (...permissions: readonly string[]) => {
    await write('roles/shop/catalog.yaml', [...catalog, ...permissions.map((name) => `        - name: ${name}`)]);
    await write('roles/shop/roles/user.yaml', [...role, ...permissions.map((name) => `    - data/${name}`)]);
    return build((await loadSources(stack.workDir))[0], 'dev')[0] ?? desired;
  };
  await stack.up(await offer());
  await offer('notes', 'reports');
  const more = await pulumi('up', '--yes', '--stack', 'dev');
  expect([more.code, more.text]).toEqual([0, expect.not.stringContaining('are to go')]);

  const fewer = await offer();
  const warning = 'warning: roles hold scopes that are to go: shop.user holds notes, reports.';
  expect(await pulumi('preview', '--stack', 'dev')).toEqual({ code: 0, text: expect.stringContaining(warning) });
  expect((await stack.up(fewer)).problems).toEqual([]);
  expect(stack.emulator.snapshot().resourceServers[0]?.scopes).toEqual(['contracts']);
});
