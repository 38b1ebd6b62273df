import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { desired } from '../support/desired.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';

let stack: TestStack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

const state = (...scopes: string[]) => desired([{ permissions: ['data/x'], roles: [{ name: 'user', scopes }] }]);

async function everyFile(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')))).join('\n');
}

test('no credential is told, printed or kept, whether the run goes well or not', async () => {
  const told: string[] = [];
  const tell = { onEngineOutput: (text: string) => told.push(text), onProgress: (text: string) => told.push(text) };
  const machine = { AUTH0_CLIENT_ID: stack.emulator.clientId, AUTH0_CLIENT_SECRET: stack.emulator.clientSecret };
  const runs = [
    await stack.up(state(), tell),
    await stack.up(state('x'), { ...tell, env: { ...stack.env, AUTH0_API_TOKEN: undefined, ...machine } }),
  ];
  stack.emulator.addFault({ match: {}, times: 100, answer: { status: 403 } });
  runs.push(await stack.up(state(), tell));
  expect(runs.map(({ problems }) => problems.length)).toEqual([0, 0, 1]);
  expect(told.join('')).toContain('auth0:index:Role');

  const everything = [...told, JSON.stringify(runs), await everyFile(stack.workDir)].join('\n');
  for (const secret of [stack.emulator.token, stack.emulator.clientSecret])
    expect(everything.includes(secret)).toBe(false);
});

test('a stack whose configuration holds credentials or a domain is refused before anything is registered', async () => {
  await stack.up(state());
  const run = promisify(execFile);
  const env = { ...stack.env, PULUMI_SKIP_UPDATE_CHECK: 'true' } as NodeJS.ProcessEnv;
  await run('pulumi', ['config', 'set', 'auth0:domain', 'evil.example', '--stack', 'dev'], { cwd: stack.workDir, env });
  const refused = await stack.up(state('x'));
  expect(refused.problems).toEqual([expect.stringMatching(/^RW\d+ .*auth0:domain: remove it/)]);
  expect(refused.calls).toEqual([]);
});
