import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findEngine } from '../../src/reconcile/engine.ts';
import { auth0 } from '../../src/targets/auth0/target.ts';
import { sampleDocuments } from '../report/sample-documents.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
  await symlink(join(repository, 'node_modules'), join(stack.workDir, 'node_modules'));
  await write('package.json', '{ "type": "module" }');
  await write(
    'Pulumi.yaml',
    'name: p\nmain: src/main.mjs\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n',
  );
});
afterEach(() => stack.stop());

async function write(path: string, text: string) {
  await mkdir(dirname(join(stack.workDir, path)), { recursive: true });
  await writeFile(join(stack.workDir, path), text);
}

/** `pulumi preview --policy-pack policy`, typed by hand. */
async function previewUnderPolicy(config: object): Promise<{ code: number; text: string }> {
  const [engine] = await findEngine(stack.env, auth0.plugin);
  const env = { ...stack.env, ...engine?.environment, PULUMI_SKIP_UPDATE_CHECK: 'true' } as NodeJS.ProcessEnv;
  const options = { cwd: stack.workDir, env: { ...env, PATH: `${dirname(process.execPath)}:${env.PATH}` } };
  await write('policy.json', JSON.stringify(config));
  const pulumi = (...args: readonly string[]) =>
    new Promise<{ code: number; text: string }>((resolve) => {
      execFile(engine?.command ?? 'pulumi', [...args, '--non-interactive'], options, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), text: stdout + stderr });
      });
    });
  await pulumi('stack', 'init', 'dev');
  const pack = ['--policy-pack', join(repository, 'policy'), '--policy-pack-config', 'policy.json'];
  return pulumi('preview', '--stack', 'dev', ...pack);
}

const violating = `
  import { ResourceServer } from '@pulumi/auth0/resourceServer.js';
  import { Role } from '@pulumi/auth0/role.js';
  import { RolePermissions } from '@pulumi/auth0/rolePermissions.js';
  const api = new ResourceServer('shop', { name: 'Shop', identifier: 'https://shop.example', enforcePolicies: false });
  const bare = new Role('shop.bare', { name: 'Bare' });
  const user = new Role('shop.user', { name: 'User', description: 'Buys.' });
  new RolePermissions('shop.bare', { roleId: bare.id, permissions: [] });
  const permissions = [{ name: 'edit:spend', resourceServerIdentifier: 'https://shop.example' }];
  new RolePermissions('shop.user', { roleId: user.id, permissions });
`;

test('a program that breaks the rules is refused, with what to do about each', async () => {
  await write('src/main.mjs', violating);
  const build = {
    applications: [
      {
        name: 'shop',
        audience: 'https://shop.example',
        scopes: [{ value: 'edit:spend', sensitive: true }],
        roles: [{ name: 'admin', scopes: ['edit:spend'] }],
      },
    ],
  };
  await write('build.json', JSON.stringify(build));
  const { code, text } = await previewUnderPolicy({
    'reserved-permissions': { build: join(stack.workDir, 'build.json') },
    'protected-in-production': { stacks: ['dev'] },
  });
  expect(code).not.toBe(0);
  for (const message of [
    'role shop.bare has no description: say what it is for',
    'the RolePermissions of shop.bare grant nothing',
    'API shop does not enforce roles: set enforcePolicies to true',
    'API shop puts no permissions into its tokens',
    'role shop.user holds edit:spend of https://shop.example: it is reserved for shop.admin',
    'shop.user is not protected: set protect in its options',
  ]) {
    expect(text).toContain(message);
  }
  expect(text).not.toContain('shop.user has no description');
});

test('what the documents declare passes', async () => {
  for (const { path, text } of sampleDocuments) await write(path, text);
  await write('src/main.mjs', `export * from '${join(repository, 'src/program.ts')}';`);
  const roles = ['desk.chat-owners', 'desk.editor'];
  const reserved = { permissions: [{ scope: 'edit:contract-data', audience: 'https://desk.example', roles }] };
  const { code, text } = await previewUnderPolicy({ 'reserved-permissions': reserved });
  expect(text).toContain('desk.chat-owners');
  expect(text).not.toContain('[mandatory]');
  expect(code).toBe(0);
});
