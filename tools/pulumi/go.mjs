/** Running `go` for build.mjs: child processes that end with it, progress on stderr, and errors that say what to do. */

import { spawn } from 'node:child_process';

/** The running children. Each leads a process group, so that a signal reaches the compilers that it started as well. */
const children = new Set();

/** The exit code that an interrupt asks for, 0 as long as there was none. */
let interrupted = 0;

/** Whether all is over, so that no child may be started any more. */
let ending = false;

/** @returns {number} */
export const interruptedCode = () => interrupted;

/** @param {string} line */
export const say = (line) => process.stderr.write(`${line}\n`);

/** @param {NodeJS.Signals} signal */
function toChildren(signal) {
  for (const child of children) {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It has just ended by itself.
    }
  }
}

/** Ends the children: whoever waits for one gets an error. */
function end() {
  ending = true;
  toChildren('SIGINT'); // upon which `go` removes its temporary files; upon SIGTERM it does not
  setTimeout(() => toChildren('SIGKILL'), 3000).unref();
}

/** From now on Ctrl-C and the like end the children, and leave ten seconds to clean up. */
export function endChildrenOnSignals() {
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
    process.on(signal, () => {
      interrupted ||= code;
      end();
      setTimeout(() => process.exit(interrupted), 10_000).unref();
    });
  }
}

/**
 * Waits for all; if one fails, ends the others, waits until they have ended, and fails too.
 * @param {Promise<unknown>[]} works
 */
export async function together(works) {
  try {
    await Promise.all(works);
  } catch (error) {
    end();
    await Promise.allSettled(works);
    throw error;
  }
}

/**
 * Runs a program to its end; an error carries all that it wrote.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<void>}
 */
export function run(program, args, options) {
  return new Promise((resolve, reject) => {
    if (ending) {
      reject(new Error('all is over'));
      return;
    }
    const child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    children.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        output += data;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      children.delete(child);
      code === 0 ? resolve() : reject(new Error(output.trim() || `${program} ended with code ${code}`));
    });
  });
}

/**
 * Runs one step of a build and reports it: its beginning, every five seconds, its end.
 * @param {string} title
 * @param {() => Promise<unknown>} work
 */
export async function step(title, work) {
  const start = Date.now();
  const seconds = () => `${Math.round((Date.now() - start) / 1000)} s`;
  say(`${title} …`);
  const timer = setInterval(() => say(`${title} … ${seconds()}`), 5000);
  try {
    await work();
    say(`${title}: done in ${seconds()}`);
  } finally {
    clearInterval(timer);
  }
}

/**
 * What went wrong and what to do about it, in one line where it is known; else the output as it came.
 * @param {string} output what `go` wrote, or the message of an error of Node's
 * @param {string} minimum the Go version that is needed
 */
export function explain(output, minimum) {
  const lines = output.split('\n').filter((line) => !/^(go: downloading |warning: |# |\s*$)/.test(line));
  const cases = [
    [/spawn go ENOENT/, () => `Go is not installed: there is no \`go\` on PATH. Install Go ${minimum} or newer.`],
    [
      /no space left on device|ENOSPC|quota exceeded/i,
      (line) => `The disk is full (${line}). Free 4 GB, or move the folders: GOMODCACHE, GOCACHE, XDG_CACHE_HOME.`,
    ],
    [
      /requires go >=|invalid go version|unknown directive: tool|download go1\.|toolchain not available/,
      (line) => `Go is too old (${line}). Install Go ${minimum} or newer.`,
    ],
    [
      /dial tcp|disabled by GOPROXY|: reading http|Get "http|no such host|i\/o timeout/,
      (line) => `A Go module cannot be downloaded (${line}). Set GOPROXY to a module proxy within reach.`,
    ],
    [
      /^(EACCES|EPERM|EROFS|ENOTDIR|ENOENT): /,
      (line) => `The cache folder cannot be written (${line}). Set XDG_CACHE_HOME to one that can.`,
    ],
  ];
  for (const [pattern, advice] of cases) {
    const line = lines.find((line) => pattern.test(line));
    if (line !== undefined) {
      return advice(line.trim());
    }
  }
  return lines.join('\n') || output;
}
