import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryOf, runRolewright } from '../cli/run-rolewright.ts';
import { sampleDocuments } from '../report/sample-documents.ts';
import type { TestStack } from '../support/stack.ts';
import { startStack } from '../support/stack.ts';

const constraint = `apiVersion: rolewright/v1
kind: Constraint
metadata:
  application: desk
  name: duties
spec:
  separate:
    permissions:
      - data/contract-data:edit
      - data/spend-data
  exceptions:
    - role: editor
      owner: security@example.com
      reason: Until the team is hired.
      validThrough: 2027-06-30
    - role: chat-owners
      owner: security@example.com
      reason: Until the team is hired.
      validThrough: 2027-06-30
`;

let stack: TestStack;
let root: string;
beforeAll(async () => {
  stack = await startStack();
  root = repositoryOf([...sampleDocuments, { path: 'roles/desk/constraints.yaml', text: constraint }]);
  writeFileSync(join(root, 'main.js'), '');
  writeFileSync(join(root, 'Pulumi.yaml'), 'name: desk\nruntime: nodejs\nmain: main.js\n');
});
afterAll(async () => {
  rmSync(root, { recursive: true, force: true });
  await stack.stop();
});

/** `rolewright …` as a process of its own, at this tenant. */
function rolewright(...args: readonly string[]) {
  const wanted = /^(AUTH0_.*|PULUMI_.*|SSL_CERT_FILE|NODE_EXTRA_CA_CERTS|PATH)$/u;
  const env = Object.entries({ ...stack.env, GITHUB_ACTOR: 'dana' }).filter(
    ([name]) => wanted.test(name) || name === 'GITHUB_ACTOR',
  );
  const plain = ['--as-of', '2026-11-21', ...args];
  return runRolewright(args.includes('--as-of') ? args : plain, {
    cwd: root,
    env: Object.fromEntries(env) as Record<string, string>,
  });
}

function edit(path: string, change: (text: string) => string) {
  const file = join(root, path);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

const path = () => join(root, 'plan.json');
const records = () =>
  readFileSync(join(root, 'records.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('a plan is saved by one run and applied by another', () => {
  test('for the first time, which leaves a record', async () => {
    const saved = await rolewright('preview', '--stack', 'dev', '--plan', 'plan.json', '--gate', 'no-sensitive');
    expect(saved.stdout).toContain('New role Editor may');
    expect(saved.stderr).toContain('--override no-sensitive:desk/editor');
    expect(saved.stderr).toContain('Saved to plan.json: `rolewright up --plan plan.json` carries out exactly this.');
    expect(saved.code).toBe(5);
    expect(statSync(path()).mode & 0o777).toBe(0o600);

    const other = await rolewright('up', '--plan', 'plan.json', '--yes', '--stack', 'production');
    expect([other.code, other.stdout]).toEqual([2, '']);
    expect(other.stderr).toContain('the plan is for stack dev, and this run is for production');

    const overrides = ['editor', 'chat-owners'].flatMap((role) => ['--override', `no-sensitive:desk/${role}`]);
    const reason = ['--reason', 'The first apply (OPS-1).', '--record', 'records.jsonl'];
    const applied = await rolewright('up', '--plan', 'plan.json', '--yes', ...overrides, ...reason);
    expect(applied.stderr).toBe('Applied to stack dev.\n');
    expect(applied.code).toBe(0);
    const file = JSON.parse(readFileSync(path(), 'utf8'));
    expect(records()).toEqual([
      {
        ...{ kind: 'rolewright-record', schemaVersion: 1, product: file.product, at: expect.stringMatching(/Z$/u) },
        ...{ stack: 'dev', tenant: stack.emulator.domain, commit: null, who: 'dana' },
        ...{ modelBefore: null, modelAfter: file.standsOn.modelAfter, planDigest: expect.stringMatching(/^sha256:/u) },
        ...{ planFile: file.digest, gates: ['no-sensitive'], reason: 'The first apply (OPS-1).' },
        overrides: ['no-sensitive:desk/chat-owners', 'no-sensitive:desk/editor'],
        ...{ result: 'applied', problems: [] },
      },
    ]);
    const kept = readFileSync(path(), 'utf8') + readFileSync(join(root, 'records.jsonl'), 'utf8');
    for (const secret of [stack.emulator.token, stack.emulator.clientSecret]) expect(kept).not.toContain(secret);
  });

  test('and refused where the documents have changed since, where it was edited, and where there is none', async () => {
    expect((await rolewright('preview', '--stack', 'dev', '--plan', 'plan.json')).code).toBe(0);
    edit('roles/desk/roles/editor.yaml', (text) => text.replace('Keeps the contracts.', 'Keeps all contracts.'));
    const moved = await rolewright('up', '--plan', 'plan.json', '--yes');
    expect([moved.code, moved.stderr]).toEqual([
      7,
      'error RW6432  the documents have changed since the plan was saved\n' +
        '   help: nothing was changed; run `rolewright preview --plan` again, and have the new plan reviewed\n',
    ]);
    edit('plan.json', (text) => text.replace('"gates": []', '"gates": ["no-sensitive"]'));
    const edited = await rolewright('up', '--plan', 'plan.json', '--yes');
    expect([edited.code, edited.stderr]).toEqual([2, expect.stringContaining('it was changed after it was written')]);
    const missing = await rolewright('up', '--plan', 'no.json', '--yes');
    expect([missing.code, missing.stderr]).toEqual([
      2,
      expect.stringContaining('no.json cannot be used: it is not there'),
    ]);
    const unsaved = await rolewright('preview', '--stack', 'dev', '--plan', 'no/plan.json');
    expect([unsaved.code, unsaved.stderr]).toEqual([2, expect.stringContaining('cannot be saved to no/plan.json')]);
  });
});

test('a misspelt gate is no gate', async () => {
  const run = await rolewright('preview', '--stack', 'dev', '--gate', 'no-new-acces');
  expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('there is no gate "no-new-acces"')]);
});

describe('when exceptions to a constraint are over', () => {
  const late = ['--as-of', '2027-07-01', '--stack', 'dev'];

  test('the desired state is still built, with the errors', async () => {
    const { code, stdout, stderr } = await rolewright('build', ...late);
    expect([code, JSON.parse(stdout).environment.name]).toEqual([1, 'dev']);
    expect(stderr).toContain('the exception ended on 2027-06-30');
  });

  test('a plan that only takes away is applied, and one that widens is refused', async () => {
    const narrower = (text: string) => text.replace('    - settings/manage-settings\n', '');
    edit('roles/desk/roles/editor.yaml', narrower);
    const taken = await rolewright('up', '--yes', ...late);
    expect(taken.stdout).toMatch(/^ +- Chat Owners loses Manage Settings$/mu);
    expect(taken.stderr).toMatch(/warning RW5202 {2}the exception ended on 2027-06-30/u);
    expect([taken.code, taken.stderr.endsWith('Applied to stack dev.\n')]).toEqual([0, true]);

    edit('roles/desk/roles/viewer.yaml', (text) => `${text}  grants:\n    - settings/manage-settings\n`);
    const calls = stack.emulator.calls().length;
    const widened = await rolewright('up', '--yes', ...late);
    expect(widened.stderr).toMatch(
      /error RW6423 {2}the plan widens .*desk\/viewer.* while exceptions to constraints are/u,
    );
    expect(widened.stderr).toMatch(/error RW5202/u);
    expect([widened.code, stack.emulator.calls().length]).toEqual([5, calls]);
  });

  test('another error in the documents stands in the way of any plan', async () => {
    edit('roles/desk/roles/viewer.yaml', (text) => text.replace('- shared', '- shard'));
    const { code, stdout } = await rolewright('up', '--yes', ...late);
    expect([code, stdout]).toEqual([1, '']);
  });
});
