// Makes a checkout ready to run: the packages of package-lock.json, and with --engine a Pulumi engine.
// Plain JavaScript without packages, because it runs before there are any, under whatever Node the machine has.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const marker = join(root, 'node_modules', '.rolewright-installed');

installPackages();
if (process.argv.includes('--engine')) installEngine();

/** Runs `npm ci` unless node_modules was made from this very lock file. */
function installPackages() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const installed = existsSync(marker) ? readFileSync(marker, 'utf8') : '';
  if (installed === wanted) return;
  say('installing the packages of package-lock.json (once; about half a minute)');
  run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error']);
  writeFileSync(marker, wanted);
}

/** Builds the engine from pinned Go modules, unless Pulumi and the plugin are installed, or the build is there. */
function installEngine() {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [major = 0, minor = 0] = ask('version').replace(/^v/, '').split('.').map(Number);
  const isNewEnough = major > 3 || (major === 3 && minor >= 200);
  if (isNewEnough && JSON.parse(ask('plugin', 'ls', '--json') || '[]').some(isPlugin)) return;
  run('node', [join(root, 'tools', 'pulumi', 'build.mjs')], ['ignore', 'ignore', 'inherit']);

  function isPlugin({ name, version }) {
    return name === 'auth0' && version === devDependencies['@pulumi/auth0'];
  }
}

/** What the user's own `pulumi` prints; nothing if there is none. */
function ask(...args) {
  const { stdout, status } = spawnSync('pulumi', args, { encoding: 'utf8' });
  return status === 0 ? stdout : '';
}

function run(command, args, stdio = ['ignore', 2, 2]) {
  const { status, error, signal } = spawnSync(command, args, { cwd: root, stdio });
  if (status === 0) return;
  if (error) say(`cannot run ${command}: ${error.message}`);
  process.exit(signal === null ? (status ?? 1) : 8);
}

function say(message) {
  process.stderr.write(`rolewright: ${message}\n`);
}
