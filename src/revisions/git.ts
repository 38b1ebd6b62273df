import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';

/** Where git is run, and with which environment of the caller's. */
export interface Git {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a run of git came to; `problem` where it did not start. */
export interface GitRun {
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly problem: NodeJS.ErrnoException | null;
}

/**
 * Variables that say how git finds its own files and what may be trusted. Every other `GIT_…` is left out: a hook, an
 * alias or a job sets them, and they would turn git to another repository, another index or other objects.
 */
const kept: ReadonlySet<string> = new Set([
  'GIT_CEILING_DIRECTORIES',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CONFIG_SYSTEM',
  'GIT_DISCOVERY_ACROSS_FILESYSTEM',
]);

/** Nothing is written, nothing is replaced, no program of the repository's settings runs, and no path is a pattern. */
const always = [
  '--no-optional-locks',
  '--no-replace-objects',
  '--no-pager',
  '--literal-pathspecs',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.warnAmbiguousRefs=true',
];

/** The environment that git runs in: its own words in English, and nobody is asked for anything. */
export function gitEnvironment(env: Git['env']): Record<string, string | undefined> {
  const inherited = Object.entries(env).filter(([name]) => !/^GIT_/iu.test(name) || kept.has(name));
  return { ...Object.fromEntries(inherited), LC_ALL: 'C', LANGUAGE: '', GIT_TERMINAL_PROMPT: '0' };
}

/** Starts git, without a shell. */
export function startGit({ folder, env }: Git, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn('git', [...always, ...args], { cwd: folder, env: gitEnvironment(env), windowsHide: true });
}

/** Runs git to its end. Whether it did what was asked is for the caller to see. */
export function runGit(git: Git, args: readonly string[]): Promise<GitRun> {
  const { promise, resolve } = Promise.withResolvers<GitRun>();
  const child = startGit(git, args);
  const chunks: Buffer[] = [];
  const complaints: Buffer[] = [];
  let problem: NodeJS.ErrnoException | null = null;
  child.stdin.on('error', () => undefined).end();
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
  child.on('error', (error) => {
    problem = error;
  });
  child.on('close', (exitCode) => {
    resolve({ exitCode, stdout: Buffer.concat(chunks), stderr: Buffer.concat(complaints).toString(), problem });
  });
  return promise;
}

/** The first line of what git complains about, without its own "fatal:". */
export function complaintOf({ stderr, exitCode }: GitRun): string {
  const line = stderr.split('\n').find((text) => /^(fatal|error): /u.test(text)) ?? stderr.split('\n', 1)[0] ?? '';
  return line.replace(/^(fatal|error): /u, '') || `it ended with ${exitCode}`;
}

/** Git was asked for something that it must know, and failed: damaged objects, a full disk, an interruption. */
export function gitFailure(reason: string): Error {
  return Object.assign(new Error(reason), { name: 'GitFailure' });
}

/** Whether an error is a `GitFailure`. */
export function isGitFailure(error: unknown): error is Error {
  return error instanceof Error && error.name === 'GitFailure';
}
