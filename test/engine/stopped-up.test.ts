import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAlive, processesBelow } from '../../tools/crash/processes.ts';
import type { Desk, Typed } from './desk.ts';
import { startDesk, until } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(() => desk.stop());

const up = ['up', '--stack', 'dev', '--yes'];
const never = { delayMilliseconds: 3_600_000 };

/** Starts an `up` and waits until roles are being created, by an engine that holds the lock. */
async function upUnderWay(): Promise<{ readonly run: Typed; readonly below: readonly number[] }> {
  const run = desk.start(...up);
  await until(() => /\d of \d+ changes/u.test(run.said()));
  // Roles are begun beside the first change, which is the API.
  await setTimeout(1_000);
  const below = processesBelow(run.pid);
  // The engine and its provider.
  expect(below.length).toBeGreaterThanOrEqual(2);
  expect(desk.locks()).toMatchObject([{ pid: expect.toSatisfy((pid: number) => below.includes(pid)) }]);
  return { run, below };
}

/** Nothing is left of a run but what it has done, and the next one does the rest. */
async function expectClean(below: readonly number[]): Promise<void> {
  expect(below.filter(isAlive)).toEqual([]);
  expect(desk.locks()).toEqual([]);
  desk.stack.emulator.clearFaults();
  expect(await desk.type(...up)).toMatchObject({ code: 0, stderr: 'Applied to stack dev.\n' });
  expect((await desk.type('preview', '--stack', 'dev', '--refresh', '--expect-no-changes')).code).toBe(0);
}

const stopping = 'Stopping as soon as the running step is done; Ctrl-C again stops at once.\n';

describe('Ctrl-C while the tenant never answers', () => {
  test('twice: the engine ends at once too, and what nobody knows is counted', async () => {
    desk.disturbRoles(never);
    const { run, below } = await upUnderWay();
    run.kill('SIGINT');
    await until(() => run.said().includes('Ctrl-C again'));
    const since = performance.now();
    run.kill('SIGINT');
    const { code, stderr } = await run.ended;
    expect(performance.now() - since).toBeLessThan(5_000);
    expect(code).toBe(8);
    expect(stderr).toMatch(
      /^Stopping .*\nerror RW6501 {2}cancelled: \d+ of \d+ changes are done\n +help: .* the next run goes on; of \d+ more nobody knows, and it asks the tenant first\n$/u,
    );
    await expectClean(below);
  });

  test('once: running steps get a quarter of a minute', async () => {
    desk.disturbRoles(never);
    const { run, below } = await upUnderWay();
    const since = performance.now();
    run.kill('SIGINT');
    expect((await run.ended).code).toBe(8);
    expect(performance.now() - since).toBeLessThan(25_000);
    await expectClean(below);
  });

  test('once, before anything is written: at once', async () => {
    desk.stack.emulator.addFault({ match: { method: 'GET' }, times: 1_000, answer: never });
    const run = desk.start(...up);
    await until(() => run.said().includes('Reading the tenant'));
    const since = performance.now();
    run.kill('SIGINT');
    const { code, stderr } = await run.ended;
    expect(performance.now() - since).toBeLessThan(5_000);
    expect(stderr).toContain(`${stopping}error RW6501  cancelled before anything was changed\n`);
    expect(code).toBe(8);
    await expectClean([]);
  });
});

test('a terminal that is closed stops the run as Ctrl-C does', async () => {
  // Long enough that none has ended when it is asked what runs, and within what running steps are given to end.
  desk.disturbRoles({ delayMilliseconds: 5_000 });
  const { run, below } = await upUnderWay();
  run.kill('SIGHUP');
  expect(await run.ended).toMatchObject({ code: 8, stderr: expect.stringContaining('changes are done\n') });
  await expectClean(below);
});
