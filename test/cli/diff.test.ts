import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Difference } from '../../src/model/difference.ts';
import { sampleDocuments } from '../report/sample-documents.ts';
import type { ScriptedCommit } from '../revisions/scripted-repository.ts';
import { commitAll, emptyRepository, git, gitTestEnvironment } from '../revisions/scripted-repository.ts';
import { runRolewright } from './run-rolewright.ts';

const editor = 'roles/desk/roles/editor.yaml';
const viewer = 'roles/desk/roles/viewer.yaml';

/** The sample documents with one of them changed, as a commit writes it. */
function edited(path: string, change: (text: string) => string): Readonly<Record<string, string>> {
  return { [path]: change(sampleDocuments.find((file) => file.path === path)?.text ?? '') };
}

const environment = (name: string, purpose: string, extra = '') => `apiVersion: rolewright/v1
kind: Environment
metadata:
  name: ${name}
spec:
  purpose: ${purpose}
  tenant: acme-${name}.eu.auth0.com
  applications:
    - name: desk
      audience: https://desk.${name}.example
      tokenLifetime: 1h
${extra}`;

const guards = `  guards:
    maximumRemoval: 10%
    requiredRoles:
      - role: desk/viewer
`;

const tester = `apiVersion: rolewright/v1
kind: Role
metadata:
  application: desk
  name: tester
spec:
  onlyIn:
    - staging
  grants:
    - settings/manage-settings
`;

const keptApart = `apiVersion: rolewright/v1
kind: Constraint
metadata:
  application: desk
  name: settings-for-editors
spec:
  reserved:
    permissions:
      - settings/manage-settings
    roles:
      - editor
      - chat-owners
      - tester
`;

const initial = {
  ...Object.fromEntries(sampleDocuments.map(({ path, text }) => [path, text])),
  'roles/desk/constraints.yaml': keptApart,
  'roles/desk/roles/tester.yaml': tester,
  'roles/environments/staging.yaml': environment('staging', 'staging'),
  'roles/environments/production.yaml': environment('production', 'production', guards),
};

const raised = edited(viewer, (text) => `${text}  grants:\n    - data/spend-data\n`);
const narrowed = edited(editor, (text) => text.replace('    - data/spend-data\n', ''));
const broken = edited(editor, (text) => text.replace('data/spend-data', 'data/spend-dat'));

const commits: readonly ScriptedCommit[] = [
  { mark: 'first', files: initial },
  { mark: 'second', parents: ['first'], files: narrowed },
  { mark: 'wider', parents: ['first'], files: raised, branch: 'wider' },
  { mark: 'broken', parents: ['second'], files: broken, branch: 'broken' },
  { mark: 'still-broken', parents: ['broken'], files: { 'README.md': 'r' }, branch: 'broken' },
  {
    mark: 'judge-removed',
    parents: ['second'],
    files: {
      'roles/desk/constraints.yaml': null,
      ...edited(viewer, (text) => `${text}  grants:\n    - settings/manage-settings\n`),
    },
    branch: 'judge-removed',
  },
];

const repository = emptyRepository();
let ids: ReadonlyMap<string, string> = new Map();

/** The repository in a state of its own, so that tests do not see each other's working trees. */
function clone(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'rolewright-diff-')), 'clone');
  git(repository, 'clone', '--quiet', repository, folder);
  for (const branch of ['wider', 'broken', 'judge-removed'])
    git(folder, 'branch', '--quiet', branch, `origin/${branch}`);
  return folder;
}

const runIn = (cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runRolewright(['diff', ...args], { cwd, env: { ...gitTestEnvironment, ...env } });

let shared = '';
const run = (...args: readonly string[]) => runIn(shared, args);

beforeAll(() => {
  ids = commitAll(repository, commits);
  git(repository, 'reset', '--hard', '--quiet');
  shared = clone();
});

/** What is told of a run with `-j`: the sides, and who gains and loses what. */
function told(stdout: string): readonly string[] {
  const { base, head, subjects } = JSON.parse(stdout) as Difference;
  return [
    `${base} → ${head}`,
    ...subjects.flatMap(({ name, permissions }) =>
      permissions.map(({ permission, direction }) => `${name} ${direction} ${permission}`),
    ),
  ];
}

describe('rolewright diff', () => {
  it('compares HEAD with the working tree, and writes nothing', async () => {
    const folder = clone();
    const before = readdirSync(join(folder, '.git'));
    expect((await runIn(folder, [])).stdout).toContain('No change from HEAD to the working tree');
    for (const [path, text] of Object.entries(raised)) writeFileSync(join(folder, path), text);
    const { code, stdout, stderr } = await runIn(folder, ['-j']);
    expect([code, stderr]).toEqual([0, '']);
    expect(told(stdout)).toEqual([
      'HEAD → the working tree',
      'chat-owners widening data/spend-data',
      'editor widening data/spend-data',
      'viewer widening data/spend-data',
    ]);
    expect(readdirSync(join(folder, '.git'))).toEqual(before);
  });

  it('compares revisions: with the working tree, with another one, and with where they parted', async () => {
    expect(told((await run('HEAD~1', '-j')).stdout)).toEqual([
      'HEAD~1 → the working tree',
      'chat-owners narrowing data/spend-data',
      'editor narrowing data/spend-data',
    ]);
    const between = ['main → wider', 'chat-owners widening data/spend-data', 'editor widening data/spend-data'];
    expect(told((await run('main', 'wider', '-j')).stdout)).toEqual([...between, 'viewer widening data/spend-data']);
    expect(told((await run('main..wider', '-j')).stdout)).toEqual([...between, 'viewer widening data/spend-data']);
    expect(told((await run('main...wider', '-j')).stdout)).toEqual([
      `${ids.get('first')?.slice(0, 10)}, where main and wider parted → wider`,
      'viewer widening data/spend-data',
    ]);
  });

  it('prints every format', async () => {
    const outputs = await Promise.all(
      ['text', 'markdown', 'json', 'sarif', 'github'].map((format) => run('main', 'wider', '--format', format)),
    );
    for (const { code, stderr } of outputs) expect([code, stderr]).toEqual([0, '']);
    const [text, markdown, json, sarif, github] = outputs.map(({ stdout }) => stdout);
    expect(text).toContain('Changes from main to wider\n');
    expect(markdown).toMatch(/^### /u);
    expect(JSON.parse(json ?? '')).toMatchObject({ schemaVersion: 1, base: 'main', head: 'wider' });
    expect(JSON.parse(sarif ?? '')).toMatchObject({ version: '2.1.0' });
    expect(github).toMatch(/^::(warning|notice) file=roles\/desk\/roles\/editor\.yaml,/u);
  });

  it('ends as the command line asks where something changes', async () => {
    const codes = async (...args: readonly string[]) => [
      (await run('main', 'wider', ...args)).code,
      (await run('main', 'main', ...args)).code,
    ];
    expect(await codes('--detailed-exitcode')).toEqual([2, 0]);
    expect(await codes('--expect-no-changes')).toEqual([7, 0]);
  });

  it('refuses what no git would be handed, and runs nothing', async () => {
    const names = ['--output=pwned', 'main --output=pwned', 'main\nwider'];
    for (const name of names) {
      const { code, stdout, stderr } = await run('--', name);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('error RW6704');
    }
    expect(await run('--output=pwned')).toMatchObject({ code: 2, stdout: '' });
    expect(await run('main', 'main..wider')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('a range names'),
    });
    expect(existsSync(join(shared, 'pwned'))).toBe(false);
    const misspelt = await run('widr');
    expect([misspelt.code, misspelt.stderr]).toEqual([
      2,
      'error RW6705  there is no revision "widr"\n   did you mean "wider"?  Git fetch gets what this clone has not yet.\n',
    ]);
  });

  it('needs a clone, and says so in one line', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'rolewright-outside-'));
    const { code, stderr } = await runIn(outside, [], { GIT_CEILING_DIRECTORIES: tmpdir() });
    expect([code, stderr.split('\n').length]).toEqual([2, 3]);
    expect(stderr).toContain('error RW6702');
  });

  it('is that of a folder of the clone, and of a worktree', async () => {
    const outer = emptyRepository();
    const below = (files: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`tools/access/${path}`, text]));
    commitAll(outer, [
      {
        mark: 'a',
        files: { ...below(initial), 'tools/access/policy/checks.ts': 'one', '.github/workflows/ci.yaml': 'one' },
      },
      { mark: 'b', parents: ['a'], files: { ...below(raised), '.github/workflows/ci.yaml': 'two' } },
    ]);
    const worktree = join(mkdtempSync(join(tmpdir(), 'rolewright-worktree-')), 'tree');
    git(outer, 'worktree', 'add', '--quiet', '--detach', worktree, 'main');
    const folder = join(worktree, 'tools/access');
    writeFileSync(join(folder, 'policy/checks.ts'), 'two');
    mkdirSync(join(folder, 'policy/node_modules'));
    writeFileSync(join(folder, 'policy/node_modules/ignored.ts'), '');
    writeFileSync(join(folder, '.gitignore'), 'node_modules\n');
    const { stdout } = await runIn(folder, ['HEAD~1', '-j']);
    expect(told(stdout)).toEqual(['HEAD~1 → the working tree', 'viewer widening data/spend-data']);
    const { control } = JSON.parse(stdout) as Difference;
    expect(control.map(({ subject, name, action }) => [subject, name, action])).toEqual([
      ['workflow', '.github/workflows/ci.yaml', 'changed'],
      ['policy-pack', 'policy/checks.ts', 'changed'],
    ]);
    const { stdout: github } = await runIn(folder, ['HEAD~1', '--format', 'github']);
    expect(github).toContain('file=tools/access/roles/desk/roles/viewer.yaml,');
  });
});

describe('a side with errors', () => {
  it('at the base does not keep anybody from a review: the last one before it is compared', async () => {
    const { code, stdout, stderr } = await run('broken', 'wider', '-j');
    expect(code).toBe(1);
    const instead = `broken~2 (${ids.get('second')?.slice(0, 10)})`;
    expect(told(stdout)[0]).toBe(`${instead} → wider`);
    expect(stderr).toContain(`error RW6708  broken has errors; ${instead} is compared instead`);
    expect(stderr).toContain('broken:roles/desk/roles/editor.yaml:13:7  error RW2104');
    // The frame shows the line as that revision has it.
    expect(stderr).toContain('data/spend-dat\n');
  });

  it('at the base, and nothing before it, is said', async () => {
    const alone = emptyRepository();
    commitAll(alone, [{ mark: 'a', files: { ...initial, ...broken } }]);
    git(alone, 'reset', '--hard', '--quiet');
    for (const [path, text] of Object.entries(narrowed)) writeFileSync(join(alone, path), text);
    const { code, stdout, stderr } = await runIn(alone, []);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('error RW6708  HEAD has errors, so there is nothing to compare');
  });

  it('at the head is told with its errors, as JSON too', async () => {
    const { code, stdout, stderr } = await run('main', 'broken', '-j');
    expect(code).toBe(1);
    expect(JSON.parse(stdout).diagnostics.map(({ code: one }: { code: string }) => one)).toEqual(['RW6708', 'RW2104']);
    expect(stderr).toContain('broken:roles/desk/roles/editor.yaml:13:7  error RW2104');
  });

  it('that breaks a rule and means something is compared; a rule that the base broke itself is not held against the head', async () => {
    const folder = clone();
    writeFileSync(join(folder, 'roles/desk/constraints.yaml'), keptApart.replace('      - tester\n', ''));
    git(folder, 'commit', '--quiet', '--all', '-m', 'a rule that tester breaks');
    writeFileSync(join(folder, 'roles/desk/constraints.yaml'), keptApart);
    const repaired = await runIn(folder, []);
    expect(repaired.code).toBe(0);
    expect(repaired.stderr).toContain('warning RW6712  HEAD has 1 error of its own, not counted here');
    const { code, stdout, stderr } = await runIn(folder, ['HEAD~1', 'HEAD', '-j']);
    expect([code, JSON.parse(stdout).control.length]).toEqual([1, 1]);
    expect(stderr).toContain('HEAD:roles/desk/');
  });
});

describe('gates and guards', () => {
  it('refuse with 5, and name the override that goes past exactly one', async () => {
    const refused = await run('main', 'wider', '--gate', 'no-new-access', '-j');
    expect([refused.code, JSON.parse(refused.stdout).schemaVersion]).toEqual([5, 1]);
    expect(refused.stderr).toContain('error RW6601');
    expect(refused.stderr).toContain('--override no-new-access');
    const past = await run('main', 'wider', '--gate', 'no-new-access', '--override', 'no-new-access');
    expect([past.code, past.stderr]).toEqual([0, 'Went past no-new-access, as --override says.\n']);
    const detailed = await run('main', 'wider', '--gate', 'no-new-access', '--detailed-exitcode');
    expect(detailed.code).toBe(1);
  });

  it('look at what both sides mean: a widening through a building block does not hide', async () => {
    const folder = clone();
    const shared = 'roles/desk/roles/shared.yaml';
    const text = edited(shared, (before) => before.replace('contract-data:view', 'contract-data:edit'))[shared] ?? '';
    writeFileSync(join(folder, shared), text);
    expect((await runIn(folder, ['--gate', 'no-sensitive'])).code).toBe(5);
    expect((await runIn(folder, ['--gate', 'no-reserved'])).code).toBe(0);
  });

  it('of an environment count where it is named', async () => {
    const without = await run('HEAD~1', 'HEAD');
    expect(without.code).toBe(0);
    const production = await run('HEAD~1', 'HEAD', '-s', 'production');
    expect(production.code).toBe(5);
    expect(production.stderr).toContain('--override maximum-removal:production');
    expect((await run('HEAD~1', 'HEAD', '--stack', 'staging')).code).toBe(0);
    const misspelt = await run('HEAD~1', 'HEAD', '-s', 'prodction');
    expect([misspelt.code, misspelt.stdout]).toEqual([6, '']);
    expect(misspelt.stderr).toContain('did you mean "production"?');
  });

  it('judge by the rules of the base: a change cannot remove the rule that it breaks', async () => {
    const { code, stderr } = await run('main', 'judge-removed');
    expect(code).toBe(5);
    expect(stderr).toContain('error RW6614');
    expect(stderr).toContain('--override base-constraint:settings-for-editors');
    expect((await run('main', 'judge-removed', '--override', 'base-constraint:settings-for-editors')).code).toBe(0);
  });

  it('that are misspelt refuse to run at all', async () => {
    const gate = await run('main', 'wider', '--gate', 'no-new-acess');
    expect([gate.code, gate.stdout]).toEqual([2, '']);
    expect(gate.stderr).toContain('did you mean "no-new-access"?');
    const override = await run('main', 'wider', '--override', 'no-new-acess');
    expect(override.code).toBe(2);
  });
});

describe('rolewright diff --from --to', () => {
  it('compares two environments of the working tree', async () => {
    const folder = clone();
    rmSync(join(folder, '.git'), { recursive: true });
    const { code, stdout, stderr } = await runIn(folder, ['--from', 'staging', '--to', 'production', '-j']);
    expect([code, stderr]).toEqual([0, '']);
    const difference = JSON.parse(stdout) as Difference;
    expect([difference.base, difference.head]).toEqual(['staging', 'production']);
    expect(difference.subjects.map(({ name, action }) => [name, action])).toEqual([['tester', 'removed']]);
    expect(difference.environments).toMatchObject([{ name: 'production', action: 'changed', renamedFrom: null }]);
    expect(difference.control.map(({ subject, action }) => [subject, action])).toEqual([
      ['guard', 'added'],
      ['guard', 'added'],
    ]);
    const back = await runIn(folder, ['--from', 'production', '--to', 'staging', '--gate', 'no-new-access']);
    expect(back.code).toBe(5);
  });

  it('wants both, and environments that are there', async () => {
    expect((await run('--from', 'staging')).code).toBe(2);
    expect((await run('main', '--from', 'staging', '--to', 'production')).code).toBe(2);
    const { code, stderr } = await run('--from', 'stagin', '--to', 'production');
    expect(code).toBe(6);
    expect(stderr).toContain('did you mean "staging"?');
  });
});

describe('rolewright diff --files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rolewright-built-'));
  const file = (name: string) => join(folder, name);

  beforeAll(async () => {
    for (const [revision, name] of [
      ['main', 'main.json'],
      ['wider', 'wider.json'],
    ] as const) {
      const at = clone();
      git(at, 'checkout', '--quiet', revision);
      const { stdout } = await runRolewright(['build', '--stack', 'production'], { cwd: at });
      writeFileSync(file(name), stdout);
    }
  });

  it('tells what has to change from the one to the other, in the words of a plan', async () => {
    const { code, stdout } = await run('--files', file('main.json'), file('wider.json'));
    expect(code).toBe(0);
    expect(stdout).toContain('+ Chat Owners, Editor and Viewer gain =Spend|Data');
    expect(stdout).toMatch(
      /Plan: 0 roles to create, 3 to change, 0 to remove; 3 permissions granted, 0 taken away\.\n$/u,
    );
    const json = await run('--files', file('wider.json'), file('main.json'), '-j', '--expect-no-changes');
    expect([json.code, JSON.parse(json.stdout).summary.grantsRemoved]).toEqual([7, 3]);
    const same = await run('--files', file('main.json'), file('main.json'), '--detailed-exitcode');
    expect([same.code, same.stdout]).toEqual([0, 'No change: stack production is as declared.\n']);
  });

  it('believes no file that was not built so, and promises nothing that it cannot know', async () => {
    writeFileSync(file('edited.json'), '{"schemaVersion":1,"digest":"sha256:00","applications":[]}');
    writeFileSync(file('list.json'), 'null');
    writeFileSync(file('text.json'), 'roles:');
    const refusal = async (...args: readonly string[]) => {
      const { code, stdout, stderr } = await run('--files', ...args);
      expect([code, stdout]).toEqual([2, '']);
      return stderr;
    };
    expect(await refusal(file('main.json'), file('edited.json'))).toContain('its digest is not that of its content');
    expect(await refusal(file('main.json'), file('list.json'))).toContain('it is no desired state');
    expect(await refusal(file('text.json'), file('main.json'))).toContain('it is no JSON');
    expect(await refusal(file('nowhere.json'), file('main.json'))).toContain('there is no such file');
    expect(await refusal(file('main.json'))).toContain('--files takes two files');
    const both = [file('main.json'), file('wider.json')];
    expect(await refusal(...both, '--gate', 'no-new-access')).toContain('--files takes no gates');
    expect(await refusal(...both, '--format', 'sarif')).toContain('not as sarif');
  });
});
