#!/usr/bin/env node
/**
 * Builds the Pulumi engine, its Node.js language host and the Auth0 plugin from pinned Go modules, for machines where
 * Pulumi is not installed and cannot be downloaded. README.md says what is built, and why so.
 *
 *   node build.mjs               build what is missing; the one line on stdout is the path of the PULUMI_HOME
 *   node build.mjs --print-home  print that path and build nothing; exit code 0 if it is complete, 3 if not
 *
 * It runs under Node 20 and newer and needs no npm package: it may be the first thing that is run in a clone.
 */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { endChildrenOnSignals, explain, interruptedCode, run, say, step, together } from './go.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const MODULES = ['engine', 'language-nodejs', 'provider-auth0'];

/** What a home consists of. The marker is written last. */
const BIN = { engine: 'bin/pulumi', language: 'bin/pulumi-language-nodejs', analyzer: 'bin/pulumi-analyzer-policy' };
const PLUGIN = 'plugins/resource-auth0-v3.49.0/pulumi-resource-auth0';
const MARKER = '.complete';
const CONTENTS = [...Object.values(BIN), PLUGIN, MARKER];

/** For every `go build`. Debug information is left out of the binary (-s -w) and of each package (-dwarf=false). */
const FLAGS = ['-mod=readonly', '-trimpath', '-buildvcs=false', '-gcflags=all=-dwarf=false'];
const PULUMI = 'github.com/pulumi/pulumi';
const versioned = (version) => `-ldflags=-s -w -X ${PULUMI}/sdk/v3/go/common/version.Version=${version}`;
const ENGINE = [versioned('v3.200.0'), `${PULUMI}/pkg/v3/cmd/pulumi`];
const LANGUAGE = [versioned('v3.50.0'), `${PULUMI}/sdk/v3/nodejs/cmd/pulumi-language-nodejs`];
const PROVIDER = ['-ldflags=-s -w', './cmd/pulumi-resource-auth0'];
const SCHEMA_GENERATOR = ['-ldflags=-s -w', './cmd/pulumi-tfgen-auth0'];

/** Most of what the binaries need of the standard library. It is compiled while their modules are being downloaded. */
const STANDARD_LIBRARY = ['net/http/pprof', 'net/http/httputil', 'net/rpc', 'encoding/...', 'go/format', 'image/jpeg'];

/** @returns {string} the Pulumi home that belongs to these modules and sources, on this kind of machine */
function homeFolder() {
  const cache = process.env.XDG_CACHE_HOME ?? '';
  const recipe = [process.platform, process.arch, FLAGS, ENGINE, LANGUAGE, PROVIDER, SCHEMA_GENERATOR, CONTENTS];
  const hash = createHash('sha256').update(JSON.stringify(recipe));
  const files = MODULES.flatMap((module) =>
    readdirSync(join(HERE, module), { recursive: true }).map((file) => `${module}/${file}`),
  );
  for (const file of [...files.filter((file) => /\.(go|mod|sum)$/.test(file)).sort(), basename(BIN.analyzer)]) {
    hash.update(`\0${file}\0`).update(readFileSync(join(HERE, file)));
  }
  const folder = isAbsolute(cache) ? cache : join(homedir(), '.cache');
  return join(folder, 'rolewright', `pulumi-${hash.digest('hex').slice(0, 12)}`);
}

/** @param {string} home */
const isComplete = (home) => CONTENTS.every((file) => existsSync(join(home, file)));

/**
 * Waits for builds of the same home that began before this one. They touch their folders all the time; who has not done
 * so for half a minute is not waited for, and what has not been touched for a day is removed.
 * @param {string} home
 * @param {string} own the temporary folder of this build
 */
async function waitForEarlierBuilds(home, own) {
  const parent = dirname(home);
  const idleSeconds = (name) =>
    (Date.now() - (statSync(join(parent, name), { throwIfNoEntry: false })?.mtimeMs ?? 0)) / 1000;
  for (let waited = 0; !isComplete(home) && !interruptedCode(); waited += 1) {
    const builds = readdirSync(parent).filter((name) => name.startsWith('.building-'));
    for (const name of builds.filter((name) => idleSeconds(name) > 86_400)) {
      await rm(join(parent, name), { recursive: true, force: true });
    }
    const earlier = builds.filter((name) => name.startsWith(`.building-${basename(home)}-`) && name < basename(own));
    if (!earlier.some((name) => idleSeconds(name) < 30)) {
      return;
    }
    if (waited % 5 === 0) {
      say(`waiting for the same build in another process … ${waited} s`);
    }
    await sleep(1000);
  }
}

/**
 * Builds a home.
 * @param {string} folder where to
 * @param {string} temporary an empty folder
 */
async function buildInto(folder, temporary) {
  const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off', GOTMPDIR: process.env.GOTMPDIR || temporary };
  const go = (module, args, more) => run('go', args, { cwd: join(HERE, module), env: { ...env, ...more } });
  const build = (module, target, args) => go(module, ['build', ...FLAGS, '-o', target, ...args]);

  await go('engine', ['list', '-m']); // fails where Go is missing or too old
  await step('[1/4] modules: downloading', async () => {
    const download = (module) => go(module, ['mod', 'download'], { GOMAXPROCS: '16' }); // that many at a time
    const twice = (module) => download(module).catch(() => download(module));
    await together([...MODULES.map(twice), go('engine', ['build', ...FLAGS, ...STANDARD_LIBRARY])]);
  });
  await step('[2/4] engine: compiling', () => build('engine', join(folder, BIN.engine), ENGINE));
  await step('[3/4] language-nodejs: compiling', () => build('language-nodejs', join(folder, BIN.language), LANGUAGE));
  await step('[4/4] provider-auth0: compiling', async () => {
    const generator = join(temporary, 'tfgen');
    await build('provider-auth0', generator, SCHEMA_GENERATOR);
    await run(generator, ['schema', '--out', temporary], { cwd: temporary, env });
    const embedded = join(HERE, 'provider-auth0', PROVIDER.at(-1), 'schema.json');
    const overlay = join(temporary, 'overlay.json');
    await writeFile(overlay, JSON.stringify({ Replace: { [embedded]: join(temporary, 'schema.json') } }));
    await build('provider-auth0', join(folder, PLUGIN), ['-overlay', overlay, ...PROVIDER]);
  });
  await copyFile(join(HERE, basename(BIN.analyzer)), join(folder, BIN.analyzer));
}

/**
 * Builds the home next to its place and then moves it there, so that there is never half a home.
 * @param {string} home
 */
async function provide(home) {
  const own = join(dirname(home), `.building-${basename(home)}-${Date.now()}-${process.pid}`);
  const [folder, temporary] = [join(own, 'home'), join(own, 'tmp')];
  await mkdir(folder, { recursive: true });
  const alive = setInterval(() => utimes(own, new Date(), new Date()).catch(() => {}), 5000);
  try {
    await mkdir(temporary);
    await waitForEarlierBuilds(home, own);
    if (isComplete(home)) {
      return;
    }
    await buildInto(folder, temporary);
    await writeFile(join(folder, MARKER), `${new Date().toISOString()}\n`);
    if (existsSync(home) && !isComplete(home)) {
      await rename(home, `${home}-incomplete-${Date.now()}`);
    }
    await rename(folder, home).catch((error) => {
      if (!isComplete(home)) {
        throw error;
      }
    });
  } finally {
    clearInterval(alive);
    await rm(own, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** @param {string[]} args */
async function main(args) {
  const home = homeFolder();
  if (args.length > 1 || (args.length === 1 && args[0] !== '--print-home')) {
    say('usage: node build.mjs [--print-home]');
    process.exitCode = 2;
  } else if (args.length === 1 || isComplete(home)) {
    console.log(home);
    process.exitCode = isComplete(home) ? 0 : 3;
  } else {
    endChildrenOnSignals();
    try {
      if (process.platform === 'win32') {
        throw new Error('This build is for Linux and macOS. Install Pulumi itself.');
      }
      await provide(home);
      console.log(home);
    } catch (error) {
      const minimum = /^go (\d+\.\d+)/m.exec(readFileSync(join(HERE, 'engine/go.mod'), 'utf8'))?.[1] ?? '';
      say(interruptedCode() ? 'interrupted: nothing was left behind' : explain(error.message, minimum));
      process.exitCode = interruptedCode() || 1;
    }
  }
}

await main(process.argv.slice(2));
