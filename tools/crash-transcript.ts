import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import type { Call } from '../src/emulator/calls.ts';
import type { Emulator } from '../src/emulator/start-emulator.ts';
import { startEmulator } from '../src/emulator/start-emulator.ts';
import { firstDifference, tenantOf } from './crash/compare.ts';
import { pageParts } from './crash/page.ts';
import { kill, processesBelow } from './crash/processes.ts';
import type { Workspace } from './demo/workspace.ts';
import { copyRepository } from './demo/workspace.ts';

/**
 * A first `up` of all three catalogs that is killed at a random call, and the next one, which finishes it; at the end the
 * tenant is compared with one that was filled without a crash. The terminal goes into `docs/recovery.md` as it was.
 *
 *     node tools/crash-transcript.ts               # the seed of the page, into the page
 *     node tools/crash-transcript.ts --seed 17     # another one, on stdout
 *     node tools/crash-transcript.ts --check       # the seed of the page; exit code 1 where the page tells it otherwise
 */
const { values } = parseArgs({ options: { seed: { type: 'string' }, check: { type: 'boolean', default: false } } });
const root = join(import.meta.dirname, '..');
const pagePath = join(root, 'docs/recovery.md');
const page = pageParts(readFileSync(pagePath, 'utf8'));
const seed = Number(values.seed ?? page.seed);

const undisturbed = await fill();
const callsBefore = undisturbed.calls.findIndex(({ isWrite }) => isWrite);
const middle = fc.noBias(fc.integer({ min: callsBefore + 1, max: undisturbed.calls.length - 1 }));
const [at = 0] = fc.sample(middle, { seed, numRuns: 1 });
process.stderr.write(`seed ${seed}: killed at call ${at} of ${undisturbed.calls.length}\n`);
const transcript = await crashAndFinish();
if (values.check) {
  const difference = firstDifference(page.transcript, transcript);
  if (difference !== null) process.stderr.write(`docs/recovery.md tells it otherwise:\n${difference}\n`);
  process.exitCode = difference === null ? 0 : 1;
} else if (values.seed === undefined) {
  writeFileSync(pagePath, page.withTranscript(transcript));
} else {
  process.stdout.write(transcript);
}

/** A tenant that nothing happens to: what it holds afterwards, and the calls that it took. */
async function fill(): Promise<{ readonly tenant: string; readonly calls: readonly Call[] }> {
  return withTenant({}, async (tenant, terminal) => {
    await terminal.type('rolewright up --stack dev --yes > plan.txt', 0);
    return { tenant: tenantOf(tenant.snapshot()), calls: tenant.calls() };
  });
}

async function crashAndFinish(): Promise<string> {
  let killed: Call | null = null;
  // The call is done, and its answer has not left: whoever made it cannot know.
  const onCall = (call: Call) => {
    if (call.number !== at || killed !== null) return;
    killed = call;
    kill(processesBelow(process.pid));
  };
  return withTenant({ onCall }, async (tenant, terminal) => {
    await terminal.type('rolewright up --stack dev --yes > first.txt', 137);
    if (killed === null) throw new Error(`the run has ended before call ${at}`);
    const { method, path } = killed as Call;
    terminal.remark(`Killed (SIGKILL) at call ${at} of ${undisturbed.calls.length}: command, engine and provider.`);
    terminal.remark(`The call was ${method} ${path.replace('/api/v2', '')}; it was done, and nobody got the answer.`);
    await terminal.type('tail -n 1 first.txt', 0);
    await terminal.type('rolewright up --stack dev --yes > second.txt', 0);
    await terminal.type('tail -n 1 second.txt', 0);
    await terminal.type('rolewright preview --stack dev --refresh --expect-no-changes', 0);
    const found = tenantOf(tenant.snapshot());
    if (found !== undisturbed.tenant) throw new Error('the tenant is not as one that was filled without a crash');
    const { roles, resourceServers } = tenant.snapshot();
    const grants = roles.reduce((sum, { permissions }) => sum + permissions.length, 0);
    terminal.remark(
      `The tenant holds ${resourceServers.length} APIs and ${roles.length} roles with ${grants} scopes, as one does that was filled without a crash.`,
    );
    return terminal.text();
  });
}

interface Terminal {
  /** Runs a line as the shell does, and keeps what it prints; another exit code than the one expected is an error. */
  readonly type: (line: string, exitCode: number) => Promise<void>;
  readonly remark: (line: string) => void;
  readonly text: () => string;
}

async function withTenant<T>(
  options: Parameters<typeof startEmulator>[0],
  work: (tenant: Emulator, terminal: Terminal) => Promise<T>,
): Promise<T> {
  const workspace = copyRepository(root);
  const tenant = await startEmulator(options);
  try {
    return await work(tenant, terminalIn(workspace, tenant));
  } finally {
    await tenant.stop();
    workspace.remove();
  }
}

function terminalIn({ folder }: Workspace, tenant: Emulator): Terminal {
  const bin = join(folder, '.bin');
  for (const path of [bin, join(folder, '.state')]) mkdirSync(path);
  const command = join(bin, 'rolewright');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'src/cli/start.mjs')}' "$@"\n`);
  chmodSync(command, 0o755);
  const env = {
    ...process.env,
    ...tenant.environment,
    ...{
      PATH: [bin, process.env.PATH].join(delimiter),
      TERM: 'dumb',
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
      CI: undefined,
    },
    ...{ PULUMI_BACKEND_URL: `file://${folder}/.state`, PULUMI_CONFIG_PASSPHRASE: '' },
  };
  let text = '';
  return {
    type: async (line, expected) => {
      text += `$ ${line}\n`;
      const child = spawn('sh', ['-c', line], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk.replaceAll(folder, '~/permissions');
        });
      }
      const { promise, resolve, reject } = Promise.withResolvers<number | null>();
      child.on('error', reject);
      child.on('close', (code, signal) => resolve(signal === 'SIGKILL' ? 137 : code));
      const code = await promise;
      if (code !== expected) throw new Error(`\`${line}\` ended with ${code}\n${text}`);
    },
    remark: (line) => {
      text += `# ${line}\n`;
    },
    text: () => text,
  };
}
