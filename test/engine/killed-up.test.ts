import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kill, processesBelow } from '../../tools/crash/processes.ts';
import type { Desk, Typed } from './desk.ts';
import { startDesk, until } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(() => desk.stop());

const up = ['up', '--stack', 'dev', '--yes'];
const roles = () => desk.stack.emulator.snapshot().roles.map(({ name }) => name);

/** Starts a first `up`, and waits until roles are being created: answers come slowly. */
async function upUnderWay(): Promise<Typed> {
  desk.disturbRoles({ delayMilliseconds: 1_000 });
  const run = desk.start(...up);
  await until(() => /\d of \d+ changes/u.test(run.said()));
  return run;
}

describe('kill -9', () => {
  test('of the engine: the command says so, and the next one unlocks the stack and goes on', async () => {
    const run = await upUnderWay();
    const [lock] = desk.locks();
    const below = processesBelow(run.pid);
    kill([lock?.pid ?? 0]);
    const { code, stderr } = await run.ended;
    expect([code, stderr]).toEqual([
      4,
      'error RW6502  the Pulumi engine failed: ended by SIGKILL\n' +
        '   help: run it again: it goes on where this one stopped; systems end processes when memory is short\n',
    ]);
    kill(below);

    const next = await desk.type(...up);
    expect(next.stderr).toMatch(
      new RegExp(
        `^The run of .*\\(process ${lock?.pid}, since .*\\) died and left stack dev locked: unlocked\\.\nApplied`,
      ),
    );
    expect(next.code).toBe(0);
    expect(roles()).toEqual([...new Set(roles())]);
    expect((await desk.type('preview', '--stack', 'dev', '--refresh', '--expect-no-changes')).code).toBe(0);
  });

  test('of everything at once: the next run goes on, and no credential has been left anywhere', async () => {
    const there = new Set(readdirSync(tmpdir()));
    const run = await upUnderWay();
    kill([run.pid, ...processesBelow(run.pid)]);
    expect((await run.ended).code).toBe(-1);
    // Where the engine's events were, debug events with credentials among them, and where the Automation API has them.
    const left = readdirSync(tmpdir()).filter(
      (name) => !there.has(name) && /^(rolewright-\d+-|automation-)/u.test(name),
    );
    expect(left).toEqual([]);
    const { token, clientSecret } = desk.stack.emulator;
    for (const folder of [desk.root, desk.stack.workDir])
      for (const file of readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())) {
        const text = readFileSync(join(file.parentPath, file.name), 'utf8');
        expect([file.name, text.includes(token), text.includes(clientSecret)]).toEqual([file.name, false, false]);
      }

    expect((await desk.type(...up)).code).toBe(0);
    expect(roles()).toEqual([...new Set(roles())]);
    expect((await desk.type('preview', '--stack', 'dev', '--refresh', '--expect-no-changes')).code).toBe(0);
  });
});

test('a lock of another machine stays, and is told with the command that removes it', async () => {
  expect((await desk.type(...up)).code).toBe(0);
  desk.edit('roles/desk/roles/editor.yaml', (text) => text.replace('Keeps the contracts.', 'Keeps all contracts.'));
  const file = join(
    desk.stack.workDir,
    '.pulumi/locks/organization/desk/dev/a2b2a0b0-0000-4000-8000-000000000000.json',
  );
  mkdirSync(dirname(file), { recursive: true });
  const owner = { pid: 4711, username: 'dana', hostname: 'build-7', timestamp: '2026-11-21T12:00:00Z' };
  writeFileSync(file, JSON.stringify(owner));

  const refused = await desk.type(...up);
  expect(refused.code).toBe(4);
  const [, command = ''] = /if it has died, `(.*)` removes the lock\n$/u.exec(refused.stderr) ?? [];
  expect(refused.stderr).toMatch(
    /^error RW6202 {2}stack dev is locked by dana@build-7 \(process 4711\) since 2026-11-21T12:00:00Z\n/u,
  );
  expect(existsSync(file)).toBe(true);

  const env = { ...desk.stack.env, PULUMI_SKIP_UPDATE_CHECK: 'true' } as NodeJS.ProcessEnv;
  await promisify(execFile)('sh', ['-c', `${command} --yes`], { cwd: desk.root, env });
  expect(existsSync(file)).toBe(false);
  expect(await desk.type(...up)).toMatchObject({ code: 0, stderr: 'Applied to stack dev.\n' });
});
