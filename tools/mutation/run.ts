import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Mutation testing of what decides who may do what: `node tools/mutation/run.ts [folder]`. It works in a copy of the
 * repository, since Stryker and its plugin are no packages of ours, and keeps that copy: what has not changed since the
 * last run is not tried again. docs/mutation-testing.md says what came of it.
 */
const stryker = '10.1.1';
const targets = ['src/model/resolve/**/*.ts', 'src/analysis/constraints/**/*.ts'];
/** What a copy keeps from one run to the next. */
const kept = ['node_modules', 'reports'];

const root = join(import.meta.dirname, '../..');
const folder = process.argv[2] ?? join(tmpdir(), 'rolewright-mutation');

// Some hundred runs of the tests are for the time that nobody else needs.
setPriority(constants.priority.PRIORITY_LOW);
copyRepository();
installPackages();
for (const target of targets) {
  run(process.execPath, [
    'node_modules/@stryker-mutator/core/bin/stryker.js',
    'run',
    'tools/mutation/stryker.config.mjs',
    '--mutate',
    target,
  ]);
}

function copyRepository(): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (!kept.includes(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
  const { stdout } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const path of stdout.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
}

function installPackages(): void {
  if (existsSync(join(folder, 'node_modules/@stryker-mutator'))) return;
  const quiet = ['--no-fund', '--no-audit', '--loglevel=error'];
  run('npm', ['ci', ...quiet]);
  const packages = ['core', 'vitest-runner'].map((name) => `@stryker-mutator/${name}@${stryker}`);
  run('npm', ['install', '--no-save', ...quiet, ...packages]);
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { cwd: folder, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
