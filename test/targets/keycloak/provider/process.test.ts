import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { counted } from '../../../../src/targets/keycloak/provider/under-way.ts';

const command = join(
  import.meta.dirname,
  '../../../../src/targets/keycloak/provider/bin/pulumi-resource-rolewright-keycloak',
);
const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` };

let started: ChildProcess | null = null;
afterEach(() => {
  started?.kill('SIGKILL');
  started = null;
});

/** The first line that a process prints. */
async function firstLine({ stdout }: ChildProcess): Promise<string> {
  const [chunk] = (await once(stdout ?? process.stdin, 'data')) as readonly Buffer[];
  return String(chunk).trim();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it('says where the engine finds it, and ends when the engine is done with it', async () => {
  started = spawn(command, ['127.0.0.1:1'], { env });
  expect(await firstLine(started)).toMatch(/^\d+$/u);
  started.kill('SIGINT');
  const ended = Promise.race([once(started, 'exit'), sleep(2000, ['too late'])]);
  expect(await ended).toEqual([0, null]);
});

it('finishes what is under way before it ends', async () => {
  const { promise, resolve } = Promise.withResolvers<object>();
  const { verbs, whenIdle } = counted({ version: '1.2.3', diff: () => promise });
  const told: string[] = [];
  const diff = verbs.diff?.('id', 'urn', {}, {}).then(() => told.push('done'));
  whenIdle(() => told.push('idle'));
  await sleep(10);
  expect(told).toEqual([]);
  resolve({});
  await diff;
  expect(told.toSorted()).toEqual(['done', 'idle']);
  whenIdle(() => told.push('at once'));
  expect(told.at(-1)).toBe('at once');
});

it('does not outlive an engine that is killed', async () => {
  const engine = `
    const { spawn } = require('node:child_process');
    const provider = spawn(${JSON.stringify(command)}, ['127.0.0.1:1']);
    provider.stdout.once('data', () => console.log(provider.pid));
  `;
  started = spawn(process.execPath, ['-e', engine], { env });
  const pid = Number(await firstLine(started));
  expect(isAlive(pid)).toBe(true);
  started.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
});
