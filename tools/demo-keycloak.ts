import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import type { Matrix } from '../src/analysis/matrix/matrix.ts';
import type { Policy, Resource } from '../src/authorize/authorize.ts';
import { createTokenAuthorizer } from '../src/authorize-jwt/authorize-jwt.ts';
import { realmOf } from '../test/keycloak/sign-in.ts';
import { startRecordingProxy } from '../test/support/recording-proxy.ts';
import { commandsOf } from './demo/keycloak-command.ts';
import { addEnvironment, environmentFile, policyFile, removePolicy } from './demo/keycloak-documents.ts';
import type { Holder } from './demo/keycloak-people.ts';
import { comparisonOf, employ, holdersOf, policyOf, tokenOf } from './demo/keycloak-people.ts';
import { addPermission } from './demo/keycloak-realm.ts';
import { tableOf } from './demo/keycloak-table.ts';
import type { Comparison } from './demo/keycloak-tokens.ts';
import { copyRepository } from './demo/workspace.ts';
import type { RealmByHand } from './keycloak/realm-by-hand.ts';
import { makeRealm } from './keycloak/realm-by-hand.ts';
import { startKeycloak, whyNoKeycloak } from './keycloak/server.ts';

/**
 * The main job on a real Keycloak server: three catalogs as YAML into an empty realm, by the real Pulumi engine; then people sign in,
 * and what is in their tokens is held against the matrix. Everything happens on this machine and is gone at the end, also after
 * Ctrl-C.
 */
const root = join(import.meta.dirname, '..');
const stack = ['--stack', 'keycloak'];
const questions: readonly (readonly [string, Resource])[] = [
  ['data/contract-data:edit', { app: 'zoom' }],
  ['data/contract-data:edit', { app: 'github' }],
  ['administration/user-management:edit', { applicationWide: true }],
];

const why = whyNoKeycloak();
if (why !== null) {
  process.stderr.write(
    `This demo needs a Keycloak server, and ${why}.\n\`npm run demo\` needs none: it is about Auth0.\n`,
  );
  process.exit(2);
}

let interrupted = false;
// The terminal sends Ctrl-C to the child as well, which ends its work cleanly; the demo then cleans up after both.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    interrupted = true;
  });

/** What is undone at the end, last things first. */
const ends: (() => Promise<void> | void)[] = [];
const start = performance.now();
let step = 0;
try {
  const summary = await run();
  const seconds = Math.round((performance.now() - start) / 1000);
  say(`\nDone in ${seconds} s: ${summary}\nThe server, its realm and the folder of this demo are removed.`);
} catch (error) {
  process.exitCode = interrupted ? 8 : 1;
  if (!interrupted) process.stderr.write(`\nThe demo stopped: ${(error as Error).message}\n`);
} finally {
  for (const end of ends.reverse()) await end();
}

async function run(): Promise<string> {
  const workspace = copyRepository(root);
  ends.push(workspace.remove);
  mkdirSync(join(workspace.folder, '.state'));
  const server = await startKeycloak((message) => process.stderr.write(`${message}\n`));
  ends.push(server.stop);
  const proxy = await startRecordingProxy(server.url);
  ends.push(proxy.stop);
  const state = { PULUMI_BACKEND_URL: `file://${workspace.folder}/.state`, PULUMI_CONFIG_PASSPHRASE: '' };
  const environment = { ...server.environment, ...state };
  const cli = join(root, 'src/cli/start.mjs');
  const { rolewright, printed } = commandsOf({ cli, folder: workspace.folder, environment, proxy, say });

  say(`Keycloak answers at ${server.url}, and at ${proxy.url}, where calls are counted; nothing leaves this machine.`);
  title(`One environment more, and the repository serves Keycloak as well: ${environmentFile}`);
  addEnvironment(workspace.folder);
  say('What Keycloak cannot do as it is meant is refused: a default role for some, next to roles for some apps.');
  await rolewright(1, 'check');
  title(`Without the provisioning policy (${policyFile}) the documents hold together`);
  removePolicy(workspace.folder);
  await rolewright(0, 'check');

  title('Apply all three applications to a realm in which there are people, and nothing else');
  const matrix = await printed<Matrix>('matrix', '--format', 'json');
  const holders = holdersOf(matrix);
  const realm = await makeRealm(server.environment, 'demo', realmOf(holders.map(({ person }) => person)));
  await rolewright(0, 'up', ...stack, '--yes');
  title('And once more: nothing is left to do');
  await rolewright(0, 'preview', ...stack, '--expect-no-changes');

  title(`${holders.length} people sign in, each with one role; what their tokens say, beside the matrix`);
  const policies: Policy[] = [];
  for (const { name } of matrix.applications) policies.push(await printed('build', ...stack, '--policy', name));
  await employ(realm, holders, policies);
  const comparisons = await Promise.all(holders.map((holder) => comparisonOf(realm, holder, policies)));
  for (const application of matrix.applications) show(comparisons.filter((one) => one.application === application));
  const equal = comparisons.filter(({ differences }) => differences.length === 0).length;
  const compared = comparisons.reduce((sum, one) => sum + one.matrix.levels.size, 0);
  const result = `${equal} of ${comparisons.length} tokens say what the matrix says, ${compared} permissions in all`;
  say(styleText('cyan', `\n  → ${result}`));
  if (equal < comparisons.length) throw new Error('a token does not say what the matrix says');

  await decide(realm, holderOf(holders, 'collaboration-owners'), policies);
  const basic = holderOf(holders, 'basic-user');
  title(`Somebody gives ${basic.role.title} one permission more, by hand, and it is in the next token`);
  await addPermission(realm, basic.role.title, policyOf(basic, policies).audience, 'edit:spend-data');
  show([await comparisonOf(realm, basic, policies)]);
  title('Drift tells it, without the engine');
  await rolewright(1, 'drift', ...stack);
  title('Put it right');
  await rolewright(0, 'up', ...stack, '--yes', '--refresh');
  const again = await comparisonOf(realm, basic, policies);
  show([again]);
  if (again.differences.length > 0) throw new Error('the token does not say what the matrix says');
  return `${result}; a change by hand was found and put right.`;
}

/** What a service answers to somebody, by the policy that `build --policy` writes and the keys that the realm publishes. */
async function decide(realm: RealmByHand, holder: Holder, policies: readonly Policy[]): Promise<void> {
  title(`What a service answers to the one who holds ${holder.role.title}`);
  const authorize = createTokenAuthorizer(policyOf(holder, policies));
  const token = await tokenOf(realm, holder, policies);
  for (const [permission, resource] of questions) {
    const decision = await authorize(token, permission, resource);
    const where = 'app' in resource ? resource.app : 'the whole application';
    const answer = decision.allowed ? styleText('green', 'yes') : `${styleText('red', 'no')}: ${decision.message}`;
    say(`  ${permission} for ${where}: ${answer}`);
  }
}

function holderOf(holders: readonly Holder[], name: string): Holder {
  const found = holders.find(({ role }) => role.name === name);
  if (found === undefined) throw new Error(`there is no role ${name} any more, which the demo shows`);
  return found;
}

function show(comparisons: readonly Comparison[]): void {
  say(`\n${tableOf(comparisons).join('\n')}`);
}

function title(what: string): void {
  if (interrupted) throw new Error('interrupted');
  step += 1;
  say(`\n${styleText('bold', `${step}. ${what}`)}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
