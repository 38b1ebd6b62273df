import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keycloakHome, version, whyNoKeycloak } from './distribution.ts';
import { whileSaying } from './while-saying.ts';

export { whyNoKeycloak } from './distribution.ts';

/** A Keycloak server of this machine alone, with nothing in it but its first administrator. */
export interface KeycloakServer {
  readonly url: string;
  /** KEYCLOAK_* variables of that administrator. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends the server, and all that it has stored. */
  readonly stop: () => Promise<void>;
}

/** Milliseconds: it takes fifteen seconds on an idle machine. */
const longestStart = 240_000;

/**
 * Runs the command given, and ends it, with all that it has started, as soon as the pipe on stdin is closed: so also when the process
 * at the other end was killed and could not end anything any more. The name it is called by is a folder, which goes with it.
 */
const keeper = 'exec 3<&0; (read -r _ <&3; rm -rf "$0"; kill -KILL 0) & "$@" </dev/null 3<&-';

const args = ['start', '--optimized', '--cache=local', '--http-enabled=true', '--hostname-strict=false'];
const loopback = ['--http-host=127.0.0.1', '--http-port=0'];

/** It lives for minutes: what makes it quick after an hour only makes it start late. */
const javaOptions = '-XX:-UseG1GC -XX:+UseSerialGC -XX:TieredStopAtLevel=1';

/**
 * Fetches Keycloak if this machine has none yet, starts it on a free port of 127.0.0.1, and waits until it answers. What it stores
 * lies in memory, and it does not outlive this process, however that ends.
 *
 * @param say told what takes long
 * @throws Error if it cannot be fetched or does not start
 */
export async function startKeycloak(say: (message: string) => void): Promise<KeycloakServer> {
  const why = whyNoKeycloak();
  if (why !== null) throw new Error(why);
  const home = await keycloakHome(say);
  const password = crypto.randomUUID();
  const folder = mkdtempSync(join(tmpdir(), 'rolewright-keycloak-'));
  const server = spawn('/bin/sh', ['-c', keeper, folder, join(home, 'bin/kc.sh'), ...args, ...loopback], {
    // A group of its own, which ends as one.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      // Settings of another Keycloak of this user are none of this one's.
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KC_'))),
      KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
      KC_BOOTSTRAP_ADMIN_PASSWORD: password,
      JAVA_OPTS_APPEND: `${javaOptions} -Djava.io.tmpdir=${folder}`,
    },
  });
  let log = '';
  const collect = (text: string) => {
    log = (log + text).slice(-10_000);
  };
  for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', collect);
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  // Who writes into a pipe that nobody reads any more hears of it so.
  server.stdin.on('error', () => {});
  const stop = async () => {
    server.stdin.end();
    await ended;
  };
  const url = await whileSaying(`starting Keycloak ${version}`, say, async () => {
    const last = performance.now() + longestStart;
    while (performance.now() < last && server.exitCode === null) {
      const found = /Listening on: (http:\S+)/u.exec(log)?.[1];
      if (found !== undefined) return found;
      await sleep(100);
    }
    return null;
  });
  if (url !== null) {
    return { url, environment: { KEYCLOAK_URL: url, KEYCLOAK_USER: 'admin', KEYCLOAK_PASSWORD: password }, stop };
  }
  await stop();
  throw new Error(`Keycloak did not start:\n${log.trim().split('\n').slice(-20).join('\n')}`);
}
