/** Finding and running the command, for run.mjs. */

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const own = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * The Rolewright that the repository has installed, so that a pull request is judged by the version that its authors
 * run; in Rolewright's own repository, the source.
 * @param {string} workDir
 * @returns {string} the path of its entry
 */
export function findRolewright(workDir) {
  const candidates = [() => installed(workDir), () => join(own, 'src/cli/start.mjs')];
  for (const candidate of candidates) {
    try {
      const entry = candidate();
      createRequire(entry).resolve('commander');
      if (existsSync(entry)) return entry;
    } catch {
      // Not there; the next one may be.
    }
  }
  throw new Error(`Rolewright is not installed in ${workDir}: run \`npm ci\` before this step`);
}

function installed(workDir) {
  const manifest = createRequire(join(workDir, 'package.json')).resolve('rolewright/package.json');
  return join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.rolewright);
}

/**
 * Runs it to its end; its talk goes to the log, and is handed back.
 * @param {string} entry
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {'kept' | 'annotations'} stdout handed back, or left to the runner, which reads annotations from it
 * @param {string | null} token for the one verb that needs it
 * @returns {Promise<{ exitCode: number, stdout: string, talk: string }>}
 */
export function runRolewright(entry, args, cwd, stdout, token = null) {
  return new Promise((resolve, reject) => {
    const { INPUT_GITHUB_TOKEN: _, ...others } = process.env;
    const env = token === null ? others : { ...others, GITHUB_TOKEN: token };
    const stdio = ['ignore', stdout === 'kept' ? 'pipe' : 'inherit', 'pipe'];
    const child = spawn(process.execPath, [entry, ...args], { cwd, env, stdio });
    const said = { stdout: '', talk: '' };
    child.stdout?.setEncoding('utf8').on('data', (data) => {
      said.stdout += data;
    });
    child.stderr.setEncoding('utf8').on('data', (data) => {
      said.talk += data;
      process.stderr.write(data);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? 4, ...said }));
  });
}
