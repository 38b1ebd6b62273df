import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(() => desk.stop());

const up = ['up', '--stack', 'dev', '--yes'];

test('a limit of the rate that has ended already is not asked for ever, and the clock is named', async () => {
  expect((await desk.type(...up)).code).toBe(0);
  desk.edit('roles/desk/roles/editor.yaml', (text) => text.replace('Keeps the contracts.', 'Keeps all contracts.'));
  const { emulator } = desk.stack;
  const limited = { status: 429, resetInSeconds: -3_600 } as const;
  emulator.addFault({ match: {}, times: Number.POSITIVE_INFINITY, answer: limited });

  const since = performance.now();
  const { code, stderr } = await desk.type(...up);
  expect(performance.now() - since).toBeLessThan(45_000);
  expect(stderr).toMatch(
    /^error RW6305 {2}127\.0\.0\.1:\d+ limits the rate of calls; the run was stopped\n +help: the limit that it names has ended 3[56]\d\d s ago by the clock of this machine: is that right\? /u,
  );
  expect(code).toBe(4);
  expect(desk.locks()).toEqual([]);

  emulator.clearFaults();
  emulator.resetCalls();
  expect(await desk.type(...up)).toMatchObject({ code: 0, stderr: 'Applied to stack dev.\n' });
  expect(emulator.calls().filter(({ isWrite }) => isWrite)).toMatchObject([{ method: 'PATCH', status: 200 }]);
});
