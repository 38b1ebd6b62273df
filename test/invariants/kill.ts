import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { WatchedStack } from './base.ts';
import type { Pair } from './pair.ts';

/** `kill -9` when the k-th write is done and before its answer leaves. */
export interface Kill {
  /** The command, the engine below it, or both with the provider. */
  readonly kills: 'command' | 'engine' | 'everything';
  readonly write: number;
}

export const kills: readonly Kill['kills'][] = ['command', 'engine', 'everything'];

/** How long the engine takes to notice that its program is gone, and the provider that its engine is, in milliseconds. */
const untilNoticed = 2_000;

/** Runs `up` in a process of its own and kills it there. What it started and left behind is ended as well. */
export async function runAndKill(
  stack: WatchedStack,
  { after }: Pair,
  kill: Kill,
  listen: (onWrite: (write: number) => void) => void,
): Promise<readonly string[]> {
  const script = fileURLToPath(new URL('../support/run-up.ts', import.meta.url));
  const env = { ...stack.env, TEST_WORK_DIR: stack.workDir, TEST_DESIRED: JSON.stringify(after.desired) };
  const child = spawn(process.execPath, [script], { env: env as NodeJS.ProcessEnv, stdio: 'ignore' });
  const ended = once(child, 'exit');
  let descendants: readonly Process[] = [];
  listen((write) => {
    if (write !== kill.write || child.pid === undefined) return;
    descendants = descendantsOf(child.pid);
    const engine = descendants.filter(({ name }) => name === 'pulumi');
    const victims = kill.kills === 'command' ? [] : kill.kills === 'engine' ? engine : descendants;
    for (const { pid } of victims) end(pid);
    if (kill.kills !== 'engine') child.kill('SIGKILL');
  });
  await ended;
  await setTimeout(untilNoticed);
  for (const { pid, name } of descendants)
    if (processes().some((one) => one.pid === pid && one.name === name)) end(pid);
  return ['killed'];
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function descendantsOf(pid: number): readonly Process[] {
  const all = processes();
  const below = (parent: number): readonly Process[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
}

/** All processes, as Linux tells them. */
function processes(): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((name) => {
      try {
        // `pid (name) state parent …`; the name may hold anything, brackets too.
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return [
          { pid: Number(name), parent: Number(parent), name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')) },
        ];
      } catch {
        return [];
      }
    });
}
