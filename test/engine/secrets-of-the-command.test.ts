import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Emulator, Fault } from '../../src/emulator/start-emulator.ts';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import { findEngine } from '../../src/reconcile/engine.ts';
import { auth0 } from '../../src/targets/auth0/target.ts';
import { repositoryOf, runRolewright, startRolewright } from '../cli/run-rolewright.ts';

const canary = (of: string) => `canary-${of}-${randomBytes(12).toString('hex')}`;
const clientSecret = canary('client-secret');
const passphrase = canary('passphrase');
const configSecret = canary('config-secret');
const wrongToken = canary('wrong-token');
const wrongSecret = canary('wrong-secret');
const wrongPassphrase = canary('wrong-passphrase');

let emulator: Emulator;
let root: string;
/** The temporary folder of the runs, and theirs alone. */
let temporary: string;
let env: Readonly<Record<string, string>>;
/** What every run printed, by its command line. */
const printed = new Map<string, string>();
/** Everything that any file of the temporary folder held at any time, as far as a quick look every few milliseconds sees it. */
const glimpsed = new Set<string>();

beforeAll(async () => {
  emulator = await startEmulator({ clients: [{ clientId: 'machine', clientSecret }] });
  root = repositoryOf();
  temporary = mkdtempSync(join(tmpdir(), 'rolewright-secrets-'));
  mkdirSync(join(root, 'state'));
  writeFileSync(join(root, 'main.js'), '');
  writeFileSync(join(root, 'Pulumi.yaml'), 'name: desk\nruntime: nodejs\nmain: main.js\n');
  const [engine] = await findEngine(process.env, auth0.plugin);
  env = {
    ...engine?.environment,
    ...emulator.environment,
    PULUMI_BACKEND_URL: `file://${join(root, 'state')}`,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    TMPDIR: temporary,
  };
  const pulumi = async (...args: readonly string[]) => {
    const own = { cwd: root, env: { ...process.env, ...env, PULUMI_SKIP_UPDATE_CHECK: 'true' } };
    await promisify(execFile)(engine?.command ?? 'pulumi', [...args, '--non-interactive'], own);
  };
  await pulumi('stack', 'init', 'dev');
  await pulumi('config', 'set', '--secret', 'desk:anything', configSecret, '--stack', 'dev');
});
afterAll(async () => {
  await emulator.stop();
  for (const folder of [root, temporary]) rmSync(folder, { recursive: true, force: true });
});

const byClient = { AUTH0_API_TOKEN: '', AUTH0_CLIENT_ID: 'machine', AUTH0_CLIENT_SECRET: '' };

/** Runs the command with all that it can say switched on; its exit code. */
async function run(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<number | null> {
  const stop = new AbortController();
  const looking = look(stop.signal);
  const { code, stdout, stderr } = await runRolewright(['--debug', ...args], { cwd: root, env: { ...env, ...more } });
  stop.abort();
  await looking;
  printed.set(`${printed.size + 1} ${args.join(' ')}`, stdout + stderr);
  return code;
}

async function look(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const [, text] of filesBelow(temporary)) glimpsed.add(text);
    await sleep(10);
  }
}

/** Gives Viewer a permission and takes it away again, so that each run has something to do. */
let isGranted = false;
function change(): void {
  isGranted = !isGranted;
  const file = join(root, 'roles/desk/roles/viewer.yaml');
  const grants = '  grants:\n    - settings/manage-settings\n';
  const text = readFileSync(file, 'utf8').replace(grants, '');
  writeFileSync(file, isGranted ? `${text}${grants}` : text);
}

const detail = ['--stack', 'dev', '--engine-detail'];
const failing: readonly Fault['answer'][] = [{ status: 403 }, { status: 500 }, { cut: true }];

test('runs that go well, and runs that fail in every way', { timeout: 600_000 }, async () => {
  expect(await run(['doctor', '--json'])).toBe(0);
  expect(await run(['preview', ...detail, '--plan', 'plan.json'])).toBe(0);
  expect(await run(['up', '--plan', 'plan.json', '--yes', '--engine-detail'])).toBe(0);
  change();
  expect(await run(['up', ...detail, '--yes', '--refresh'], { ...byClient, AUTH0_CLIENT_SECRET: clientSecret })).toBe(
    0,
  );
  expect(await run(['doctor'], { ...byClient, AUTH0_CLIENT_SECRET: clientSecret })).toBe(0);
  change();
  for (const answer of failing) {
    emulator.addFault({ match: { method: isGranted ? 'POST' : 'DELETE' }, times: 100, answer });
    expect(await run(['up', ...detail, '--yes'])).toBe('status' in answer && answer.status === 403 ? 3 : 4);
    emulator.clearFaults();
  }
  // The provider shows whole requests then, to whoever listens.
  expect(await run(['up', ...detail, '--yes'], { AUTH0_DEBUG: 'true', TF_LOG: 'TRACE' })).toBe(0);
  change();
  for (const wrong of [
    { AUTH0_API_TOKEN: wrongToken },
    { ...byClient, AUTH0_CLIENT_SECRET: wrongSecret },
    { PULUMI_CONFIG_PASSPHRASE: wrongPassphrase },
  ]) {
    await run(['doctor'], wrong);
    expect(await run(['up', ...detail, '--yes', '--refresh'], wrong)).not.toBe(0);
  }
});

test('a run that is killed in the middle of a call', async () => {
  emulator.addFault({ match: { method: isGranted ? 'POST' : 'DELETE' }, answer: { delayMilliseconds: 4000 } });
  const child = startRolewright(['up', ...detail, '--yes', '--refresh'], { cwd: root, env });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  while (!/updating/u.test(text) && child.exitCode === null) await sleep(50);
  child.kill('SIGKILL');
  expect(child.exitCode).toBeNull();
  await sleep(3000);
  printed.set('killed', text);
  emulator.clearFaults();
});

test('no secret is shown, written down, or in what the loopback tenant remembers', () => {
  const secrets = {
    ...{ clientSecret, passphrase, configSecret, wrongToken, wrongSecret, wrongPassphrase },
    // Its last part is not in any other token.
    token: emulator.token.split('.')[2] ?? '',
    basic: Buffer.from(`machine:${clientSecret}`).toString('base64').slice(0, -4),
  };
  const places = new Map([
    ...printed,
    ...filesBelow(root),
    ...[...glimpsed].map((text, index) => [`temporary file ${index}`, text] as const),
    ['calls', JSON.stringify(emulator.calls())],
    ['snapshot', JSON.stringify(emulator.snapshot())],
  ]);
  const leaks = [...places].flatMap(([place, text]) => [
    ...Object.entries(secrets).flatMap(([name, secret]) => (text.includes(secret) ? [`${name} in ${place}`] : [])),
    ...(/\beyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/u.test(text) ? [`a token in ${place}`] : []),
  ]);
  expect(leaks).toEqual([]);

  // The search would find something: the runs did talk, and everything that is kept was kept.
  const paths = [...places.keys()].join('\n');
  expect(paths).toMatch(/^plan\.json$/mu);
  expect(paths).toMatch(/^state\/.*dev\.json$/mu);
  expect(paths).toMatch(/^\.rolewright\/records\.jsonl$/mu);
  expect(places.get('Pulumi.dev.yaml')).toContain('secure:');
  expect([...printed.values()].join('')).toContain('auth0:index:Role');
  expect(emulator.tokenRequests()).toBeGreaterThan(0);
});

/** Every file below a folder, by its path in it. */
function filesBelow(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ parentPath, name }) => {
      const path = join(parentPath, name);
      try {
        return [[path.slice(folder.length + 1), readFileSync(path, 'utf8')] as const];
      } catch {
        // Gone between the two.
        return [];
      }
    });
}
