import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { FaultAnswer } from '../../src/emulator/faults.ts';
import type { Run } from '../cli/run-rolewright.ts';
import { repositoryOf, startRolewright } from '../cli/run-rolewright.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';

/** A run of `rolewright` that can be disturbed. */
export interface Typed {
  readonly pid: number;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** What it has printed on stderr so far, progress included. */
  readonly said: () => string;
  /** Its end; progress is left out. A signal that has ended it is a negative code. */
  readonly ended: Promise<Run>;
}

/** A repository with a stack of its own, as a user has it, and commands typed there. */
export interface Desk {
  readonly root: string;
  readonly stack: TestStack;
  readonly start: (...args: readonly string[]) => Typed;
  readonly type: (...args: readonly string[]) => Promise<Run>;
  readonly edit: (path: string, change: (text: string) => string) => void;
  /** Lays a fault on every write that creates a role: in the middle of a first `up`. */
  readonly disturbRoles: (answer: FaultAnswer) => void;
  /** The locks of the stack, with their files. */
  readonly locks: () => readonly { readonly file: string; readonly pid: number }[];
  readonly stop: () => Promise<void>;
}

export async function startDesk(): Promise<Desk> {
  const stack = await startStack();
  const root = repositoryOf();
  writeFileSync(join(root, 'main.js'), '');
  writeFileSync(join(root, 'Pulumi.yaml'), 'name: desk\nruntime: nodejs\nmain: main.js\n');
  const wanted = /^(AUTH0_.*|PULUMI_.*|SSL_CERT_FILE|NODE_EXTRA_CA_CERTS|PATH)$/u;
  const env = Object.fromEntries(Object.entries(stack.env).filter(([name]) => wanted.test(name)));
  const start = (...args: readonly string[]): Typed => {
    const child = startRolewright(args, { cwd: root, env: env as Record<string, string> });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        texts[name] += text;
      });
    }
    const { promise, resolve } = Promise.withResolvers<Run>();
    child.on('close', (code, signal) =>
      resolve({ code: signal === null ? code : -1, ...texts, stderr: texts.stderr.replace(/^.* …\n/gmu, '') }),
    );
    return { pid: child.pid ?? 0, kill: (signal) => child.kill(signal), said: () => texts.stderr, ended: promise };
  };
  const folder = join(stack.workDir, '.pulumi/locks/organization/desk/dev');
  return {
    root,
    stack,
    start,
    type: (...args) => start(...args).ended,
    edit: (path, change) => writeFileSync(join(root, path), change(readFileSync(join(root, path), 'utf8'))),
    disturbRoles: (answer) =>
      stack.emulator.addFault({ match: { method: 'POST', path: /\/roles$/ }, times: 1_000, answer }),
    locks: () => {
      const names = readdirSync(stack.workDir, { recursive: true, encoding: 'utf8' });
      const files = names.map((name) => join(stack.workDir, name)).filter((name) => name.startsWith(`${folder}/`));
      return files.map((file) => ({ file, pid: JSON.parse(readFileSync(file, 'utf8')).pid }));
    },
    stop: async () => {
      await stack.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Waits until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setTimeout(20);
}
