import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from '../../src/language/source.ts';
import { sampleDocuments } from '../report/sample-documents.ts';

/** The entry of the command line. */
export const mainFile = fileURLToPath(new URL('../../src/cli/start.mjs', import.meta.url));

/** What a run came to. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Flags of node itself, before the entry. */
  readonly node?: readonly string[];
}

/** The environment of a run: nothing of what this machine happens to have set for colours, CI, Pulumi or an identity provider. */
export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(CI|NO_COLOR|FORCE_COLOR|NODE_OPTIONS|PULUMI_.*|AUTH0_.*|KEYCLOAK_.*|VITEST.*|TEST|TERM)$/u.test(name),
  );
  return { ...(Object.fromEntries(kept) as Record<string, string>), TERM: 'xterm', ...extra };
}

/** Starts `rolewright` as its own process; stdin is closed, stdout and stderr are pipes. */
export function startRolewright(args: readonly string[], { cwd, env, node = [] }: RunOptions = {}) {
  return spawn(process.execPath, [...node, mainFile, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: cleanEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs `rolewright` to its end. Progress is left out of stderr: it shows how busy this machine is. */
export function runRolewright(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = startRolewright(args, options);
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  const { promise, resolve, reject } = Promise.withResolvers<Run>();
  child.on('error', reject);
  child.on('close', (code) => resolve({ code, ...texts, stderr: texts.stderr.replace(/^.* …\n/gmu, '') }));
  return promise;
}

/** Lays out a repository in a temporary folder; the operating system clears it away. */
export function repositoryOf(files: readonly SourceFile[] = sampleDocuments): string {
  const root = mkdtempSync(join(tmpdir(), 'rolewright-cli-'));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** The sample documents with one of them changed. */
export function changedDocuments(path: string, change: (text: string) => string): readonly SourceFile[] {
  return sampleDocuments.map((file) => (file.path === path ? { path, text: change(file.text) } : file));
}
