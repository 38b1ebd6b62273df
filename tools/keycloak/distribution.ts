import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { whileSaying } from './while-saying.ts';

export const version = '26.4.0';

const artifact = `org.keycloak:keycloak-quarkus-dist:${version}:zip`;
const unpack = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack';

/** Why no server can be started here, with what to do about it; null if one can be. */
export function whyNoKeycloak(): string | null {
  if (process.platform === 'win32') return 'Keycloak is started by a shell script here, and this is Windows: use WSL';
  // As kc.sh looks for it.
  const { JAVA, JAVA_HOME } = process.env;
  const java = JAVA || (JAVA_HOME ? join(JAVA_HOME, 'bin/java') : 'java');
  const found = /version "(?:1\.)?(\d+)/u.exec(spawnSync(java, ['-version'], { encoding: 'utf8' }).stderr ?? '')?.[1];
  if (found === undefined) {
    return `there is no Java (${java}): install a JDK of 17 or newer, for example openjdk-17-jdk-headless of Debian`;
  }
  if (Number(found) < 17) return `Java ${found} (${java}) is too old: Keycloak ${version} runs on 17 or newer`;
  if (existsSync(home()) || spawnSync('mvn', ['--version']).status === 0) return null;
  return `there is no Maven to fetch Keycloak ${version} with: install it, for example maven of Debian`;
}

/**
 * The folder of a Keycloak that keeps what it stores in memory. It is fetched and built once (160 MB, in the user's cache); built
 * in advance it starts in half the time.
 *
 * @param say told what takes long
 * @throws Error if it cannot be had
 */
export async function keycloakHome(say: (message: string) => void): Promise<string> {
  if (existsSync(home())) return home();
  mkdirSync(cache(), { recursive: true });
  const folder = mkdtempSync(join(cache(), '.keycloak-'));
  try {
    await whileSaying(`fetching Keycloak ${version} by Maven (once; 160 MB)`, say, async () => {
      const options = [`-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`];
      await run('mvn', ['--quiet', '--batch-mode', unpack, ...options], folder);
    });
    const unpacked = join(folder, `keycloak-${version}`);
    await whileSaying(`building Keycloak ${version} (once)`, say, () =>
      run(join(unpacked, 'bin/kc.sh'), ['build', '--db=dev-mem'], folder),
    );
    // Another process may have been first; what it has made is the same.
    if (!existsSync(home())) renameSync(unpacked, home());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return home();
}

/** @throws Error with the end of what it has printed unless it ends with success */
function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const printed: string[] = [];
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => printed.push(text));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(`${command} ${args[0]} failed:\n${printed.join('').trim().split('\n').slice(-20).join('\n')}`),
        );
    });
  });
}

function home(): string {
  return join(cache(), `keycloak-${version}-in-memory`);
}

function cache(): string {
  const own = process.env.XDG_CACHE_HOME ?? '';
  return join(isAbsolute(own) ? own : join(homedir(), '.cache'), 'rolewright');
}
