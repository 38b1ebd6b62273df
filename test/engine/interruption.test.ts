import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code.ts';
import type { DesiredState } from '../../src/model/desired-state.ts';
import { desired } from '../support/desired.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';

const stateOf = (count: number) => {
  const names = Array.from({ length: count }, (_, index) => `r${index}`);
  const roles = names.map((name) => ({ name, scopes: [name] }));
  return desired([{ permissions: names.map((name) => `data/${name}`), roles }]);
};
const state = stateOf(6);

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

const granted = () => stack.emulator.snapshot().roles.filter(({ permissions }) => permissions.length === 1).length;

/** The next run ends in the desired state, and the one after it has nothing to do. */
async function expectConvergence(desiredState: DesiredState, roles: number) {
  const next = await stack.up(desiredState);
  expect(next.problems).toEqual([]);
  expect(granted()).toBe(roles);
  expect(stack.emulator.snapshot().roles).toHaveLength(roles);
  expect((await stack.up(desiredState)).calls).toEqual([]);
}

test('a cancelled run ends what it has begun, says how far it came, and the next run goes on', async () => {
  const cancelling = new AbortController();
  stack.emulator.addFault({
    match: { method: 'POST', path: /\/roles$/ },
    times: 6,
    answer: { delayMilliseconds: 700 },
  });
  const run = await stack.up(state, {
    signal: cancelling.signal,
    onProgress: (message) => {
      if (message.startsWith('2 of')) cancelling.abort();
    },
  });
  expect(run.problems).toEqual([expect.stringMatching(/^RW6501 cancelled: \d+ of 14 changes are done$/)]);
  expect(exitCodeOf(run.diagnostics, false)).toBe(8);
  expect(granted()).toBeLessThan(6);
  await expectConvergence(state, 6);
});

test('a run that is cancelled before it changes anything says so', async () => {
  const run = await stack.up(state, { signal: AbortSignal.abort() });
  expect(run.problems).toEqual(['RW6501 cancelled before anything was changed']);
  expect(run.calls).toEqual([]);
});

test.each([
  [1, 6, 'an engine that saves each step'],
  [4, 6, 'an engine that saves each step'],
  [11, 6, 'an engine that saves each step'],
  [70, 50, 'one that leaves the checkpoints out'],
])('a run that is killed at write %i of %i roles, with %s: the next run goes on', async (k, roles) => {
  const desiredState = stateOf(roles);
  const writes = () => stack.emulator.calls().filter(({ isWrite }) => isWrite).length;
  const script = fileURLToPath(new URL('../support/run-up.ts', import.meta.url));
  const env = { ...stack.env, TEST_WORK_DIR: stack.workDir, TEST_DESIRED: JSON.stringify(desiredState) };
  // Answers come slowly, so that the k-th write is under way when the run dies.
  stack.emulator.addFault({ match: { method: 'POST' }, times: 200, answer: { delayMilliseconds: 100 } });
  const child = spawn(process.execPath, [script], { env: env as NodeJS.ProcessEnv, stdio: 'inherit' });
  const ended = once(child, 'exit');
  while (writes() < k) await setTimeout(5);
  child.kill('SIGKILL');
  await ended;
  stack.emulator.clearFaults();
  // The engine notices within a second that its program is gone.
  await setTimeout(2_000);

  const left = (await readdir(tmpdir())).filter((name) => name.startsWith(`rolewright-${child.pid}`));
  expect(left).toEqual([]);
  await expectConvergence(desiredState, roles);
});

test('the state has no files beside it that a run could be killed in the middle of writing', async () => {
  await stack.up(state);
  const files = await readdir(stack.workDir, { recursive: true });
  expect(files.filter((name) => name.includes('dev.json'))).not.toEqual([]);
  expect(files.filter((name) => name.endsWith('.attrs'))).toEqual([]);
});
