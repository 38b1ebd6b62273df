import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code.ts';
import { digestOf } from '../../src/model/compile/digest.ts';
import type { DesiredState } from '../../src/model/desired-state.ts';
import { parseGate } from '../../src/reconcile/gates.ts';
import type { PlanFile } from '../../src/reconcile/plan-file.ts';
import { previewForFile } from '../../src/reconcile/preview.ts';
import type { ReconcileRequest } from '../../src/reconcile/request.ts';
import type { ApplicationSketch } from '../support/desired.ts';
import { desired } from '../support/desired.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';
import { tenantCall } from '../support/tenant-call.ts';
import type { Run } from '../support/up-requests.ts';

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

/** A declaration with the digest that the compiler would give it. */
function declaration(sketch: ApplicationSketch): DesiredState {
  const state = desired([sketch]);
  return { ...state, digest: digestOf(state, new Set(['digest', 'declaredAt'])) };
}

const before = declaration({
  permissions: ['data/kept', 'data/old'],
  roles: [{ name: 'user', scopes: ['kept', 'old'] }],
});
const after = declaration({
  permissions: ['data/kept', 'data/new'],
  roles: [
    { name: 'extra', scopes: ['new'] },
    { name: 'user', scopes: ['kept', 'new'] },
  ],
});

/** Saves a plan; the calls are those that it made. */
async function save(state: DesiredState, more: Partial<ReconcileRequest> = {}) {
  const { env, workDir } = stack;
  const signal = new AbortController().signal;
  const plain = { desired: state, env, workDir, signal, refresh: false, onProgress: () => {}, onEngineOutput: null };
  const made = stack.emulator.calls().length;
  const [file, diagnostics] = await previewForFile({ ...plain, ...more }, '1.2.3');
  if (file === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const calls = stack.emulator.calls().slice(made);
  return { file, diagnostics, methods: calls.map(({ method }) => method) };
}

const writes = ({ calls }: Run<unknown>) => calls.filter((call) => !call.startsWith('GET'));
const user = () => stack.emulator.snapshot().roles.find(({ name }) => name === 'User');

function expectMoved(run: Run<unknown>, code: string) {
  expect(run.problems).toEqual([expect.stringMatching(`^${code} `)]);
  expect(run.diagnostics[0]?.help).toContain('run `rolewright preview --plan` again');
  expect(exitCodeOf(run.diagnostics, false)).toBe(7);
  expect(writes(run)).toEqual([]);
}

test('a saved plan is applied as it is, in its updates, and once', async () => {
  await stack.up(before);
  const gates = ['no-new-access'].flatMap((name) => parseGate(name) ?? []);
  const { file, methods, diagnostics } = await save(after, { gates });
  // One call for each resource of ours, and one for the roles of the tenant, because one is to be created.
  expect(methods).toEqual(['GET', 'GET', 'GET', 'GET', 'GET']);
  expect(file.updates).toEqual([
    [],
    [
      ...['create role shop/extra', 'grant new to role shop/extra', 'grant new to role shop/user'],
      ...['offer scope new in application shop', 'take old from role shop/user'],
    ],
    ['withdraw scope old in application shop'],
  ]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['RW6424', 'RW6424']);
  expect(file.refusals.map(({ override }) => override)).toEqual([
    'no-new-access:shop/extra',
    'no-new-access:shop/user',
  ]);
  expect((await save(after, { gates })).file).toEqual(file);
  const { token, clientSecret } = stack.emulator;
  for (const secret of [token, clientSecret, 'PASSPHRASE']) expect(JSON.stringify(file)).not.toContain(secret);

  // The gates of the preview hold for the up.
  const refused = await stack.up(after, { planFile: file });
  expect(refused.problems).toEqual([expect.stringMatching(/^RW6424/), expect.stringMatching(/^RW6424/)]);
  const overrides = ['no-new-access:shop/extra', 'no-new-access:shop/user'];
  const run = await stack.up(after, { planFile: file, overrides });
  expect(run.problems).toEqual([]);
  expect(run.result).toMatchObject({ applied: true, modelBefore: before.digest, overridden: overrides });
  // The same reads as for the preview, and then nothing but the writes, with what the provider reads after each.
  expect(run.calls.findIndex((call) => !call.startsWith('GET'))).toBe(methods.length);
  expect(user()?.permissions.map(({ scope }) => scope)).toEqual(['kept', 'new']);

  const again = await stack.up(after, { planFile: file, overrides });
  expectMoved(again, 'RW6433');
  expect(again.calls).toEqual([]);
});

test('a plan is refused when the tenant was changed behind its back, and applied when that is undone', async () => {
  await stack.up(before);
  const narrowed = declaration({ permissions: ['data/kept', 'data/old'], roles: [{ name: 'user', scopes: ['kept'] }] });
  const { file } = await save(narrowed);
  const permissions = [{ resource_server_identifier: 'https://shop.example', permission_name: 'old' }];
  const path = `/roles/${user()?.id}/permissions`;
  await tenantCall(stack.emulator, 'DELETE', path, { permissions });

  const refused = await stack.up(narrowed, { planFile: file });
  expectMoved(refused, 'RW6434');
  expect(refused.problems[0]).toContain('the plan would now not take old from role shop/user');
  await tenantCall(stack.emulator, 'POST', path, { permissions });
  const elsewhere: PlanFile = { ...file, tenant: 'other.example' };
  expect((await stack.up(narrowed, { planFile: elsewhere })).problems).toEqual([expect.stringMatching(/^RW6431/)]);
  const other = await stack.up(after, { planFile: file });
  expectMoved(other, 'RW6432');
  expect(other.calls).toEqual([]);

  const run = await stack.up(narrowed, { planFile: file });
  expect([run.problems, writes(run)]).toEqual([[], [`DELETE ${path} 204`]]);
});

test('a plan that was made from a tenant that had drifted sets right what it says, and that alone', async () => {
  await stack.up(before);
  const permissions = [{ resource_server_identifier: 'https://shop.example', permission_name: 'old' }];
  await tenantCall(stack.emulator, 'DELETE', `/roles/${user()?.id}/permissions`, { permissions });
  const { file } = await save(before);
  expect(file.updates).toEqual([['grant old to role shop/user']]);
  const run = await stack.up(before, { planFile: file });
  expect([run.problems, writes(run)]).toEqual([[], [`POST /roles/${user()?.id}/permissions 201`]]);
});

test('an update that has become another one since the tenant was compared is not begun', async () => {
  await stack.up(before);
  const { file } = await save(after);
  const env = { ...stack.env, PULUMI_SKIP_UPDATE_CHECK: 'true' } as NodeJS.ProcessEnv;
  const pulumi = async (...args: readonly string[]) =>
    (await promisify(execFile)('pulumi', [...args, '--stack', 'dev'], { cwd: stack.workDir, env })).stdout;
  const run = await stack.up(after, {
    planFile: file,
    // Somebody else is at work while the question is on the screen.
    confirm: async () => {
      const { deployment } = JSON.parse(await pulumi('stack', 'export')) as {
        deployment: { resources: { urn: string; type: string }[] };
      };
      const role = deployment.resources.find(({ type }) => type === 'auth0:index/role:Role');
      await pulumi('state', 'taint', role?.urn ?? '', '--yes');
      return true;
    },
  });
  expect(run.problems).toEqual([
    'RW6436 update 2 of 3 would delete role shop/user and make it anew, with another id, against the saved plan; it was not begun',
  ]);
  expect(exitCodeOf(run.diagnostics, false)).toBe(7);
  expect(writes(run)).toEqual([]);

  const anew = 'delete role shop/user and make it anew, with another id';
  // The journal is written by now: what is left are the two stages.
  const second = await save(after);
  expect(second.file.refusals).toMatchObject([{ override: 'unasked:shop/user' }]);
  expect(second.file.updates[0]).toContain(anew);
  expect(second.file.updates[1]).not.toContain(anew);
});
