#!/usr/bin/env node
/**
 * Runs actionlint, which knows what GitHub makes of a workflow file; builds it first from its pinned Go modules.
 *
 *   node tools/actionlint.mjs [flags] [files]   lint; exit code 0 if all is right, 1 if not
 *   node tools/actionlint.mjs --print-path      print where the binary is, and lint nothing
 *
 * Exit code 3: it cannot be had on this machine, and stderr says why. Runs under Node 20 and newer, without packages.
 */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endChildrenOnSignals, explain, run, say } from './pulumi/go.mjs';

const MODULE = join(dirname(fileURLToPath(import.meta.url)), 'actionlint');
const PACKAGE = 'github.com/rhysd/actionlint/cmd/actionlint';
const FLAGS = ['-mod=readonly', '-trimpath', '-buildvcs=false', '-ldflags=-s -w'];

/** Both call programs that one machine has and the next has not; the verdict is to be the same everywhere. */
const ALONE = ['-shellcheck=', '-pyflakes='];

/** @returns {string} where the binary that belongs to these checksums is, on this kind of machine */
function binaryPath() {
  const recipe = JSON.stringify([process.platform, process.arch, FLAGS, PACKAGE]);
  const hash = createHash('sha256').update(recipe);
  for (const file of ['go.mod', 'go.sum']) hash.update(`\0${file}\0`).update(readFileSync(join(MODULE, file)));
  const cache = process.env.XDG_CACHE_HOME ?? '';
  const folder = isAbsolute(cache) ? cache : join(homedir(), '.cache');
  return join(folder, 'rolewright', `actionlint-${hash.digest('hex').slice(0, 12)}`);
}

/**
 * Builds the binary next to its place and then moves it there, so that nobody runs half of one.
 * @param {string} binary
 */
async function build(binary) {
  const draft = `${binary}.${process.pid}`;
  await mkdir(dirname(binary), { recursive: true });
  try {
    say('actionlint: building it from its Go modules (once)');
    const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
    await run('go', ['build', ...FLAGS, '-o', draft, PACKAGE], { cwd: MODULE, env });
    await rename(draft, binary);
  } finally {
    await rm(draft, { force: true });
  }
}

/** @param {string[]} args */
async function main(args) {
  const binary = binaryPath();
  try {
    if (!existsSync(binary)) {
      endChildrenOnSignals();
      await build(binary);
    }
  } catch (error) {
    const minimum = /^go (\d+\.\d+)/m.exec(readFileSync(join(MODULE, 'go.mod'), 'utf8'))?.[1] ?? '';
    say(explain(error.message, minimum));
    return 3;
  }
  if (args.includes('--print-path')) {
    console.log(binary);
    return 0;
  }
  const { status, error } = spawnSync(binary, [...ALONE, ...args], { stdio: 'inherit' });
  if (error) say(`actionlint does not run: ${error.message}`);
  return status ?? 1;
}

process.exitCode = await main(process.argv.slice(2));
