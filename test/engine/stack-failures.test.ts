import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code.ts';
import { findEngine } from '../../src/reconcile/engine.ts';
import { auth0 } from '../../src/targets/auth0/target.ts';
import { desired } from '../support/desired.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';
import type { Run } from '../support/up-requests.ts';

const state = desired([{ permissions: ['data/x'], roles: [{ name: 'user', scopes: ['x'] }] }]);

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

function expectFailure({ diagnostics, problems, calls }: Run<unknown>, problem: RegExp, exitCode: number) {
  expect(problems).toEqual([expect.stringMatching(problem)]);
  expect(problems[0]).not.toContain('\n');
  expect(exitCodeOf(diagnostics, false)).toBe(exitCode);
  expect(diagnostics[0]?.help).toBeTruthy();
  expect(calls).toEqual([]);
}

test('a tenant that is not the environment’s, and no tenant', async () => {
  const production = desired([], { name: 'production', tenant: 'acme.eu.auth0.com' });
  expectFailure(
    await stack.up(production),
    /^RW6102 AUTH0_DOMAIN is 127.* but production belongs to acme\.eu\.auth0\.com/,
    2,
  );
  const env = { ...stack.env, AUTH0_DOMAIN: 'acme.eu.auth0.com' };
  expectFailure(
    await stack.preview(state, { env }),
    /^RW6102 AUTH0_DOMAIN is acme.eu.auth0.com, but dev belongs to loopback/,
    2,
  );
  expectFailure(await stack.preview(state, { env: { ...env, AUTH0_DOMAIN: undefined } }), /^RW6101 /, 2);
  expectFailure(await stack.up(state, { env: { ...stack.env, AUTH0_API_TOKEN: undefined } }), /^RW6103 /, 3);
});

test('no engine', async () => {
  // Where one has been built it is found in the user's cache, so that is taken away as well.
  const nowhere = {
    ...stack.env,
    PATH: '',
    HOME: stack.workDir,
    XDG_CACHE_HOME: stack.workDir,
    PULUMI_HOME: undefined,
  };
  const [engine] = await findEngine(nowhere, auth0.plugin);
  expect(engine).toBeNull();
  expectFailure(
    await stack.up(state, { env: nowhere }),
    /^RW6001 the Pulumi engine was not found \(no `pulumi` on PATH; none built yet\)/,
    2,
  );
});

test('a passphrase that is wrong, and none', async () => {
  await stack.up(state);
  const wrong = { ...stack.env, PULUMI_CONFIG_PASSPHRASE: 'wrong' };
  expectFailure(await stack.up(state, { env: wrong }), /^RW6201 the passphrase of stack dev is wrong/, 2);
  const none = { ...stack.env, PULUMI_CONFIG_PASSPHRASE: undefined };
  expectFailure(await stack.up(state, { env: none }), /^RW6201 the passphrase of stack dev is missing/, 2);
});

test('a backend that is not there, and none', async () => {
  const gone = { ...stack.env, PULUMI_BACKEND_URL: `file://${stack.workDir}/nowhere` };
  expectFailure(await stack.up(state, { env: gone }), /^RW6203 the state at file:.*\/nowhere cannot be read/, 4);
  const none = { ...stack.env, PULUMI_BACKEND_URL: undefined, HOME: stack.workDir };
  expectFailure(await stack.up(state, { env: none }), /^RW6205 Pulumi is not logged in/, 3);
});

test('a project that is not there', async () => {
  const workDir = join(stack.workDir, 'elsewhere');
  await mkdir(workDir);
  await stack.up(state);
  // Pulumi looks for its project in the folders above as well, so this one is named wrongly.
  await writeFile(join(workDir, 'Pulumi.yaml'), 'name: [');
  expectFailure(await stack.up(state, { workDir }), /^RW6206 the Pulumi project cannot be used/, 2);
});

test('a lock of somebody else stays, one of a dead run on this machine is removed', async () => {
  await stack.up(state);
  const locks = join(stack.workDir, '.pulumi/locks/organization/rolewright/dev');
  await mkdir(locks, { recursive: true });
  const lock = (pid: number, host: string) =>
    writeFile(
      join(locks, 'a2b2a0b0-0000-4000-8000-000000000000.json'),
      JSON.stringify({ pid, username: 'dana', hostname: host, timestamp: '2026-11-21T12:00:00Z' }),
    );
  const changed = desired([{ permissions: ['data/x'], roles: [{ name: 'user', scopes: [] }] }]);
  await lock(1, 'another-machine');
  expectFailure(await stack.up(changed), /^RW6202 stack dev is locked by dana@another-machine \(process 1\) since /, 4);
  // The largest number that Linux gives to a process is 2^22.
  await lock(2 ** 22 + 1, hostname());
  expect((await stack.up(changed)).problems).toEqual([]);
  expect(stack.progress.at(-2)).toContain('left stack dev locked: unlocked');
});
