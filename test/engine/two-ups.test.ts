import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/exit-code.ts';
import { desired } from '../support/desired.ts';
import type { Desk } from './desk.ts';
import { startDesk, until } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(() => desk.stop());

const up = ['up', '--stack', 'dev', '--yes'];

async function expectDeclared(): Promise<void> {
  const { roles, resourceServers } = desk.stack.emulator.snapshot();
  const titles = roles.map(({ name }) => name);
  expect(titles).toEqual([...new Set(titles)]);
  expect(resourceServers).toHaveLength(1);
  expect((await desk.type('preview', '--stack', 'dev', '--refresh', '--expect-no-changes')).code).toBe(0);
}

test('a second up is refused with who is at work, and the first one ends well', async () => {
  desk.disturbRoles({ delayMilliseconds: 8_000 });
  const first = desk.start(...up);
  await until(() => /\d of \d+ changes/u.test(first.said()));
  const [lock] = desk.locks();
  const second = await desk.type(...up);
  // The second was through before the first had ended, and has left its lock alone.
  expect(existsSync(lock?.file ?? '')).toBe(true);
  expect(second.stderr).toMatch(
    new RegExp(
      `^error RW6202  stack dev is locked by \\S+ \\(process ${lock?.pid}\\) since .*\n +help: wait for it to end`,
    ),
  );
  expect(second.code).toBe(4);
  expect(await first.ended).toMatchObject({ code: 0, stderr: 'Applied to stack dev.\n' });
  await expectDeclared();
});

test('two that are started at once: one does it, and the other does no harm', async () => {
  const ends = await Promise.all([desk.type(...up), desk.type(...up)]);
  const codes = ends.map(({ code }) => code).toSorted();
  expect(codes[0]).toBe(0);
  for (const { code, stderr } of ends)
    if (code !== 0) expect(stderr).toMatch(/RW6202 .*is locked by|RW6437 .*another run|already exists|RW6502/u);
  expect((await desk.type(...up)).code).toBe(0);
  await expectDeclared();
});

test('a run that has ended between the plan of another and its yes is not undone by it', async () => {
  const { stack } = desk;
  const shop = (...scopes: string[]) =>
    desired([{ permissions: ['data/a', 'data/b'], roles: [{ name: 'user', scopes }] }]);
  await stack.up(shop('a'));
  const held = () =>
    stack.emulator.snapshot().roles.flatMap(({ permissions }) => permissions.map(({ scope }) => scope));
  const late = await stack.up(shop(), {
    confirm: async () => {
      expect((await stack.up(shop('a', 'b'))).problems).toEqual([]);
      return true;
    },
  });
  expect(late.problems).toEqual(['RW6437 another run has changed stack dev since this plan was made']);
  expect(exitCodeOf(late.diagnostics, false)).toBe(7);
  expect(late.result?.applied).toBe(false);
  expect(held()).toEqual(['a', 'b']);
  expect((await stack.up(shop())).problems).toEqual([]);
  expect(held()).toEqual([]);
});
