import { join } from 'node:path';
import { styleText } from 'node:util';
import { startEmulator } from '../src/emulator/start-emulator.ts';
import { runNode } from './demo/run.ts';
import { copyRepository } from './demo/workspace.ts';

/**
 * The main job from end to end: three real catalogs as YAML, the real Pulumi engine and Auth0 provider, and a loopback
 * tenant. Everything happens in a temporary folder, which is removed at the end, also after Ctrl-C.
 */
const root = join(import.meta.dirname, '..');
const cli = join(root, 'src/cli/start.mjs');
const audience = 'https://api.dev.productiv.example';
const changedFile = 'roles/productiv/roles/basic-user.yaml';
const testFile = 'roles/productiv/tests.yaml';
/** What is expected of Basic User, and of the custom role based on it, before and after the change. */
const expectations = [
  [
    '        - data/individual-user-data:view\n        - data/spend-data:view\n',
    '        - data/individual-user-data:view\n        - data/spend-data:edit\n',
  ],
  [
    '        - data/spend-data:view\n      cannot:\n        - data/contract-data:edit\n        - data/spend-data:edit\n    - role: application-admin\n',
    '        - data/spend-data:edit\n      cannot:\n        - data/contract-data:edit\n    - role: application-admin\n',
  ],
] as const;

let interrupted = false;
// The terminal sends Ctrl-C to the child as well, which ends its work cleanly; the demo then cleans up after both.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    interrupted = true;
  });

const workspace = copyRepository(root);
const tenant = await startEmulator({});
const environment = {
  ...tenant.environment,
  PULUMI_BACKEND_URL: `file://${workspace.folder}/.state`,
  PULUMI_CONFIG_PASSPHRASE: '',
};
let step = 0;
try {
  await import('node:fs/promises').then(({ mkdir }) => mkdir(join(workspace.folder, '.state')));
  say(`A loopback tenant answers at https://${tenant.domain}; nothing leaves this machine.`);
  await rolewright('The documents hold together', 'check');
  await rolewright('Apply the dev stack of all three applications', 'up', '--stack', 'dev', '--yes');
  await title('Read the tenant back, through the auth0 SDK');
  const printed = await runNode(join(root, 'tools/demo/read-tenant.ts'), [audience], environment, { quiet: true });
  showMatrix(JSON.parse(printed) as Record<string, readonly string[]>);
  count();
  await title(`Give Basic User edit on Spend Data: one line more in ${changedFile}`);
  const last = '    - data/individual-user-data:view\n';
  workspace.edit(changedFile, last, `${last}    - data/spend-data:edit\n`);
  process.stdout.write(styleText('green', '  +     - data/spend-data:edit\n'));
  await title('The role tests pin what each role holds, so they object');
  await command(1, 'check');
  await title('It is meant, so the tests say so now: three lines');
  for (const [before, after] of expectations) workspace.edit(testFile, before, after);
  await command(0, 'check');
  await rolewright('What would it do?', 'preview', '--stack', 'dev');
  await rolewright('Apply it', 'up', '--stack', 'dev', '--yes');
  await rolewright('And once more: nothing is left to do', 'preview', '--stack', 'dev', '--expect-no-changes');
  say('\nDone. The tenant and the folder of this demo are removed.');
} catch (error) {
  process.exitCode = interrupted ? 8 : 1;
  if (!interrupted) process.stderr.write(`\nThe demo stopped: ${(error as Error).message}\n`);
} finally {
  await tenant.stop();
  workspace.remove();
}

async function rolewright(what: string, ...args: readonly string[]): Promise<void> {
  await title(what);
  await command(0, ...args);
  count();
}

/** Runs a command as somebody would type it; another exit code than the one expected ends the demo. */
async function command(exitCode: number, ...args: readonly string[]): Promise<void> {
  say(styleText('dim', `$ rolewright ${args.join(' ')}`));
  await runNode(cli, [...args, '--cwd', workspace.folder], environment, { exitCode });
}

async function title(what: string): Promise<void> {
  if (interrupted) throw new Error('interrupted');
  step += 1;
  say(`\n${styleText('bold', `${step}. ${what}`)}`);
  tenant.resetCalls();
}

function count(): void {
  const calls = tenant.calls();
  const writes = calls.filter(({ isWrite }) => isWrite).length;
  const counted = calls.length === 0 ? 'no API call' : `${calls.length} API calls, ${writes} of them writes`;
  say(styleText('cyan', `  → ${counted}`));
}

/** Productiv's permissions over four of its roles, by the highest level that the tenant holds. */
function showMatrix(held: Readonly<Record<string, readonly string[]>>): void {
  const roles = ['Limited User', 'Basic User', 'Collaboration Owners', 'Super Admin'];
  const permissions = ['contract-data', 'spend-data', 'app-configuration', 'user-management'];
  const width = Math.max(...roles.map((role) => role.length));
  say(`  ${''.padEnd(width)}  ${permissions.map((name) => name.padEnd(18)).join('')}apps`);
  for (const role of roles) {
    const scopes = held[role] ?? [];
    const levels = permissions.map((name) => {
      const level = ['edit', 'view', 'view-summary'].find((candidate) => scopes.includes(`${candidate}:${name}`));
      return (level ?? '–').padEnd(18);
    });
    const apps = scopes.filter((scope) => scope.startsWith('app:')).map((scope) => scope.slice(4));
    say(`  ${role.padEnd(width)}  ${levels.join('')}${apps.length > 0 ? apps.join(', ') : 'all'}`);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
