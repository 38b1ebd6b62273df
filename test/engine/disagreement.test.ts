import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code.ts';
import { desired } from '../support/desired.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';

const state = desired([{ permissions: ['data/a'], roles: [{ name: 'admin', scopes: ['a'] }, { name: 'user' }] }]);

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

interface ExportedStack {
  readonly deployment: { readonly resources: { readonly urn: string; readonly id?: string; readonly type: string }[] };
}

async function pulumi(...args: readonly string[]): Promise<string> {
  const env = { ...stack.env, PULUMI_SKIP_UPDATE_CHECK: 'true' } as NodeJS.ProcessEnv;
  return (await promisify(execFile)('pulumi', [...args, '--stack', 'dev'], { cwd: stack.workDir, env })).stdout;
}

/** Puts an Action into the stack, as a program of somebody's own would that declares more than the documents. */
async function addForeignAction(exported: ExportedStack): Promise<void> {
  const { resources } = exported.deployment;
  const [root] = resources;
  const provider = resources.find(({ type }) => type === 'pulumi:providers:auth0');
  const type = 'auth0:index/action:Action';
  const held = { name: 'Login', code: '', supportedTriggers: { id: 'post-login', version: 'v3' } };
  const urn = `${root?.urn.split('::').slice(0, 2).join('::')}::${type}::login`;
  const parts = {
    urn,
    type,
    id: 'act_1',
    custom: true,
    parent: root?.urn,
    provider: `${provider?.urn}::${provider?.id}`,
  };
  const action = { ...parts, inputs: held, outputs: { id: 'act_1', ...held } };
  const deployment = { ...exported.deployment, resources: [...resources, action] };
  await writeFile(join(stack.workDir, 'state.json'), JSON.stringify({ ...exported, deployment }));
  await pulumi('stack', 'import', '--file', join(stack.workDir, 'state.json'));
}

test('what the engine would do besides what is declared is told by preview, and refused by up', async () => {
  expect((await stack.up(state)).problems).toEqual([]);
  const exported = JSON.parse(await pulumi('stack', 'export')) as ExportedStack;
  const isAdmin = ({ urn, type }: { urn: string; type: string }) =>
    type.endsWith(':Role') && urn.endsWith('::shop.admin');
  const admin = exported.deployment.resources.filter(({ type }) => type.startsWith('auth0:')).find(isAdmin);
  await addForeignAction(exported);
  await pulumi('state', 'taint', admin?.urn ?? '', '--yes');

  // Nothing is declared anew: in words there is no change, and that would be all that a reader sees.
  const told = [
    'RW6420 the engine would delete auth0:index/action:Action login, which the documents do not ask for',
    'RW6420 the engine would delete role shop/admin and make it anew, with another id, which the documents do not ask for',
  ];
  const preview = await stack.preview(state);
  expect(preview.result?.changes).toEqual([]);
  expect(preview.problems.toSorted()).toEqual(told);
  expect(exitCodeOf(preview.diagnostics, false)).toBe(5);

  const id = () => stack.emulator.snapshot().roles.find(({ name }) => name === 'Admin')?.id;
  const before = id();
  const refused = await stack.up(state, { overrides: ['unasked:shop/admin'] });
  expect(refused.problems).toEqual(told.slice(0, 1));
  expect([refused.result?.applied, refused.calls, id()]).toEqual([false, [], before]);
  expect(refused.diagnostics[0]?.help).toContain('--override unasked:auth0:index/action:Action::login');
});
