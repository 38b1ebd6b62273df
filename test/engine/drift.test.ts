import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { stackStateFindings } from '../../src/cli/doctor/stack-states.ts';
import { loadSources } from '../../src/language/load.ts';
import type { DesiredState } from '../../src/model/desired-state.ts';
import type { Drift } from '../../src/model/drift.ts';
import { build } from '../../src/pipeline.ts';
import { findDrift } from '../../src/reconcile/drift/find-drift.ts';
import { runUpdate } from '../../src/reconcile/run-update.ts';
import { openSession } from '../../src/reconcile/session.ts';
import { lower } from '../../src/targets/auth0/lower.ts';
import { register } from '../../src/targets/auth0/register.ts';
import { copyRepository } from '../../tools/demo/workspace.ts';
import { runRolewright } from '../cli/run-rolewright.ts';
import { desired as desiredOf } from '../support/desired.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';

const repository = join(import.meta.dirname, '../..');

async function stackOfTest(): Promise<TestStack> {
  const stack = await startStack();
  onTestFinished(() => stack.stop());
  return stack;
}

test('the three catalogs: nothing differs after up; what the SDK has edited is told; up --refresh repairs it', async () => {
  const { folder: cwd, remove } = copyRepository(repository);
  onTestFinished(remove);
  const [desired] = build((await loadSources(cwd))[0], 'dev');
  if (desired === null) throw new Error('the catalogs are wrong');
  const stack = await stackOfTest();
  const { emulator } = stack;
  const drift = async () => {
    emulator.resetCalls();
    const run = await runRolewright(['drift', '--stack', 'dev'], { cwd, env: { ...emulator.environment } });
    expect(emulator.calls().filter(({ isWrite }) => isWrite)).toEqual([]);
    return { code: run.code, told: run.stdout, calls: emulator.calls().length };
  };

  expect((await stack.up(desired)).problems).toEqual([]);
  const roles = desired.applications.flatMap((application) => application.roles);
  const [applications, pages] = [desired.applications.length, Math.ceil(roles.length / 100)];
  const before = await drift();
  expect(before).toMatchObject({ code: 0, told: expect.stringMatching(/^No drift: /u) });
  expect(before.calls).toBeLessThanOrEqual(roles.length + pages + applications);

  const role = emulator.snapshot().roles.find(({ name }) => name === 'Basic User');
  await promisify(execFile)(
    process.execPath,
    [
      join(import.meta.dirname, '../support/edit-by-sdk.ts'),
      ...[emulator.domain, emulator.clientId, emulator.clientSecret],
      ...[role?.id ?? '', 'https://api.dev.productiv.example', 'edit:contract-data', 'view:spend-data'],
    ],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: emulator.certificateFile } },
  );
  const edited = await drift();
  expect(edited.code).toBe(1);
  expect(edited.told).toContain(
    '\n  + Basic User\n      + also has Edit on Contract Data   SENSITIVE\n      - lacks View on Spend Data\n',
  );
  expect(edited.told).toContain('`rolewright up --stack dev --refresh`');

  expect((await stack.up(desired)).result?.plan.changes).toEqual([]);
  expect((await stack.up(desired, { refresh: true })).problems).toEqual([]);
  expect(await drift()).toMatchObject({ code: 0, told: before.told });
});

/** The engine alone, as plain `pulumi up` runs it. Says whether it was content. */
async function upPlainly({ workDir, env }: TestStack, desired: DesiredState): Promise<boolean> {
  const quiet = { signal: new AbortController().signal, onProgress: () => {}, onEngineOutput: null };
  const [opened] = await openSession({ desired, workDir, env, refresh: false, ...quiet }, 'up');
  if (opened === null) throw new Error('there is no session');
  const program = async () => register(lower(desired));
  const { ok } = await runUpdate(opened.session, { verb: 'up', refresh: false, program });
  await opened.close();
  return ok;
}

test('a grant that was refused, which plain pulumi up then calls done, is drift', async () => {
  const stack = await stackOfTest();
  const shop = (...scopes: readonly string[]) =>
    desiredOf([{ permissions: ['data/spend', 'data/contracts'], roles: [{ name: 'user', scopes }] }]);
  const drift = async (): Promise<Drift | null> => {
    const signal = new AbortController().signal;
    const quiet = { onProgress: () => {}, choice: { include: [], exclude: [] }, people: false };
    return (await findDrift({ desired: shop('contracts'), env: stack.env, signal, ...quiet }))[0];
  };
  expect(await upPlainly(stack, shop('spend'))).toBe(true);
  stack.emulator.addFault({ match: { method: 'POST', path: /\/permissions$/u }, times: 1, answer: { status: 403 } });
  const inDoubt = () =>
    stackStateFindings(
      { env: stack.env, root: stack.workDir, signal: new AbortController().signal },
      ['dev', 'never-made'].map((name) => ({ name, target: 'auth0', tenant: 'loopback' })),
    );
  expect(await inDoubt()).toEqual([]);
  expect(await upPlainly(stack, shop('contracts'))).toBe(false);
  // The doctor sees it as long as the state tells; the next plain run makes it forget, and then only the tenant does.
  expect(await inDoubt()).toMatchObject([{ subject: 'stack dev', state: 'note' }]);
  expect(await upPlainly(stack, shop('contracts'))).toBe(true);
  expect(stack.emulator.snapshot().roles).toMatchObject([{ name: 'User', permissions: [] }]);

  expect((await drift())?.deviations).toMatchObject([
    {
      subject: 'role',
      situation: 'differs',
      title: 'User',
      direction: 'narrowing',
      less: [{ reference: 'data/contracts' }],
    },
  ]);
  expect((await stack.up(shop('contracts'), { refresh: true })).problems).toEqual([]);
  expect((await drift())?.deviations).toEqual([]);
});
