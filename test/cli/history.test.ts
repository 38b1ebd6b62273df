import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { History } from '../../src/analysis/history/history.ts';
import { sampleDocuments } from '../report/sample-documents.ts';
import { commitAll, emptyRepository, git, gitTestEnvironment } from '../revisions/scripted-repository.ts';
import { runRolewright } from './run-rolewright.ts';

const cacheHome = mkdtempSync(join(tmpdir(), 'rolewright-cache-'));

const runIn = (cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runRolewright(['history', ...args], { cwd, env: { ...gitTestEnvironment, XDG_CACHE_HOME: cacheHome, ...env } });

/** Commits a change of the sample documents. */
function edited(path: string, change: (text: string) => string): Readonly<Record<string, string>> {
  const text = change(sampleDocuments.find((file) => file.path === path)?.text ?? '');
  return { [path]: text };
}

const editor = 'roles/desk/roles/editor.yaml';
const assignment = (person: string) => `apiVersion: rolewright/v1
kind: Assignment
metadata:
  application: desk
  name: leads
spec:
  role: editor
  allApps: true
  users:
    - email: ${person}
      connection: corporate-sso
      validThrough: 2027-03-31
`;

describe('rolewright history', () => {
  const repository = emptyRepository();
  const day = 86_400;
  const at = 1_767_261_600;
  let ids: ReadonlyMap<string, string> = new Map();
  const short = (mark: string) => ids.get(mark)?.slice(0, 10) ?? '';
  const run = (...args: readonly string[]) => runIn(repository, args);

  beforeAll(() => {
    const lowered = (text: string) => text.replace('    - data/contract-data:edit\n', '');
    ids = commitAll(repository, [
      { mark: 'first', at, files: Object.fromEntries(sampleDocuments.map(({ path, text }) => [path, text])) },
      {
        mark: 'lowered',
        parents: ['first'],
        at: at + day,
        author: 'Dana *b|Example <dana@example.com>',
        message: 'Take\u001b[31m edit @away |\n\nbecause',
        files: edited(editor, lowered),
        branch: 'side',
      },
      { mark: 'readme', parents: ['first'], at: at + 2 * day, files: { 'README.md': 'r' } },
      {
        mark: 'merge',
        parents: ['readme', 'lowered'],
        at: at + 3 * day,
        message: "Merge branch 'side'",
        files: edited(editor, lowered),
      },
      {
        mark: 'people',
        parents: ['merge'],
        at: at + 4 * day,
        files: {
          'roles/desk/assignments/leads.yaml': assignment('=lee@example.com'),
          ...edited('roles/desk/custom-roles/chat-owners.yaml', (text) => text.replace('    - slack\n', '')),
        },
      },
    ]);
  });

  it('says who did what, the newest first, and that a merge brought it', async () => {
    const { code, stdout, stderr } = await run();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      [
        'History of everything',
        '',
        `2026-01-05  ${short('people')}  Sam Setup  people`,
        '  + Editor is given to =lee@example.com (corporate-sso) until 2027-03-31 (leads)',
        '  - Chat Owners reaches app Slack no longer',
        '',
        `2026-01-04  ${short('lowered')}  Dana *b|Example  Take\\u{1b}[31m edit @away |`,
        `            merged by ${short('merge')}  Sam Setup  Merge branch 'side'`,
        '  - Editor and Chat Owners lose Edit on Contract Data, keep View   SENSITIVE',
        '',
        `2026-01-01  ${short('first')}  Sam Setup  first`,
        '  + Editor is a new role with 3 permissions   SENSITIVE',
        '  + Viewer is a new role with 1 permission',
        '  + Chat Owners is a new custom role with 3 permissions for Slack and Zoom   SENSITIVE',
        '',
        '3 commits, 3 roles: 11 widenings, 3 narrowings.',
        '',
      ].join('\n'),
    );
  });

  it('answers for one role and one permission whether it is held, and by whose doing', async () => {
    const edit = await run('desk/editor', 'desk/data/contract-data:edit');
    expect(edit.stdout.split('\n', 1)).toEqual([
      `desk/editor does not hold desk/data/contract-data:edit, since 2026-01-04: Dana *b|Example, ${short('lowered')}`,
    ]);
    expect(edit.stdout).toContain('  + Editor gains Edit on Contract Data');
    const view = await run('desk/editor', 'desk/data/contract-data:view');
    expect(view.stdout.split('\n', 1)).toEqual([
      `desk/editor holds desk/data/contract-data:view, since 2026-01-01: Sam Setup, ${short('first')}`,
    ]);
    expect(view.stdout).not.toContain(short('lowered'));
    const never = await run('desk/viewer', 'desk/settings/manage-settings');
    expect(never.stdout).toBe(
      'desk/viewer has never held desk/settings/manage-settings\n\nNo commit has changed that.\n',
    );
  });

  it('counts the days on which changes came into effect, not those on which they were written', async () => {
    const commits = async (...args: readonly string[]) =>
      (JSON.parse((await run(...args, '-j')).stdout) as History).entries.map(({ commit }) => commit.id.slice(0, 10));
    expect(await commits('--since', '2026-01-03')).toEqual([short('people'), short('lowered')]);
    expect(await commits('--until', '2026-01-03')).toEqual([short('first')]);
    expect(await commits('--since', '2026-01-04', '--until', '2026-01-04')).toEqual([short('lowered')]);
  });

  it('answers for a permission alone, and for who was given a role', async () => {
    const permission = JSON.parse((await run('desk/data/spend-data', '-j')).stdout) as History;
    expect(permission).toMatchObject({ schemaVersion: 1, role: null, permission: 'desk/data/spend-data' });
    expect(permission.entries.map(({ changes }) => changes.map(({ name }) => name))).toEqual([
      ['editor', 'chat-owners'],
    ]);
    const leads = await run('desk/leads');
    expect(leads.stdout).toContain('Editor is given to =lee@example.com');
    expect(leads.stdout).toContain('1 commit, 1 role: 1 widening, 0 narrowings.');
    expect((await run('desk/editor')).stdout).toContain('Editor is given to =lee@example.com');
  });

  it('prints CSV that no spreadsheet runs, and Markdown that no commit can break', async () => {
    const { stdout: csv } = await run('--format', 'csv');
    expect(csv.split('\r\n')[0]).toMatch(/^In effect,Commit,Author,/u);
    expect(csv).toContain('person,added,widening,"\'=lee@example.com (corporate-sso)",,2027-03-31,,\r\n');
    expect(csv).toContain(
      `2026-01-04T10:00:00Z,${ids.get('lowered')},Dana *b|Example,dana@example.com,Take\u001b[31m edit @away |,${ids.get('merge')},desk,role,editor,editor,permission,lowered,narrowing,data/contract-data,edit,view,yes,\r\n`,
    );
    const { stdout: markdown } = await run('--format', 'markdown');
    const rows = markdown.split('\n').filter((line) => line.startsWith('| 20'));
    expect(rows).toHaveLength(6);
    for (const row of rows) expect(row.match(/(?<!\\)\|/gu)).toHaveLength(6);
    expect(markdown).toContain('Dana \\*b\\|Example');
    for (const raw of ['*b|', ' @away', '\u001b']) expect(markdown).not.toContain(raw);
  });

  it('suggests for what there never was, and ends with 2', async () => {
    const help = async (...args: readonly string[]) => {
      const { code, stdout, stderr } = await run(...args);
      return [code, stdout, stderr];
    };
    expect(await help('desk/editr')).toEqual([
      2,
      '',
      'error: there never was a role "desk/editr"\n   help: did you mean "desk/editor"?\n',
    ]);
    expect(await help('editor')).toEqual([
      2,
      '',
      'error: there never was a role "editor"\n   help: did you mean "desk/editor"?\n',
    ]);
    expect((await help('desk/shared'))[2]).toContain('desk/shared is a building block, which nobody can hold');
    expect((await help('desk/editor', 'desk/data/contract-dta'))[2]).toContain('mean "desk/data/contract-data"?');
    expect((await help('desk/editor', 'desk/data/contract-data:edt'))[2]).toContain('contract-data:edit"?');
    expect((await help('desk/editor', 'other/data/contract-data'))[2]).toContain('never was a permission');
    expect((await help('--since', '2026-02-30x'))[0]).toBe(2);
    const { stdout } = await run('desk/nobody', '-j');
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, error: 'there never was a role "desk/nobody"' });
  });

  it('is that of a folder of the clone', async () => {
    const outer = emptyRepository();
    const below = Object.fromEntries(sampleDocuments.map(({ path, text }) => [`tools/access/${path}`, text]));
    const elsewhere = sampleDocuments.map(({ path, text }) => [path, text.replaceAll('desk', 'shop')] as const);
    commitAll(outer, [{ mark: 'a', files: { ...below, ...Object.fromEntries(elsewhere) } }]);
    git(outer, 'reset', '--hard', '--quiet');
    const { stdout } = await runIn(join(outer, 'tools/access'), ['-j']);
    const history = JSON.parse(stdout) as History;
    expect([...new Set(history.entries[0]?.changes.map(({ application }) => application))]).toEqual(['desk']);
  });

  it('says where a shallow clone begins, and blames nobody there', async () => {
    const shallow = join(mkdtempSync(join(tmpdir(), 'rolewright-shallow-')), 'clone');
    git(repository, 'clone', '--quiet', '--depth=2', `file://${repository}`, shallow);
    const { code, stdout, stderr } = await runIn(shallow, []);
    expect(code).toBe(0);
    expect(stderr).toBe(
      `warning RW6709  the clone is shallow: what happened before ${short('merge')} is not known\n` +
        '   help: git fetch --unshallow (in a workflow: actions/checkout with fetch-depth: 0)\n',
    );
    expect(stdout).toContain(short('people'));
    expect(stdout).not.toContain('Contract Data');
    const pair = await runIn(shallow, ['desk/editor', 'desk/data/spend-data']);
    expect(pair.stdout).toContain('desk/editor holds desk/data/spend-data now\n');
  });

  it('says in one line that there is no git, no clone, or no commit', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'rolewright-empty-'));
    mkdirSync(join(empty, 'roles'));
    const noGit = await runIn(empty, [], { PATH: '/nowhere' });
    expect([noGit.code, noGit.stderr]).toEqual([
      2,
      'error RW6701  git cannot be run: it was not found on PATH\n   help: install git, and see that it is on PATH\n',
    ]);
    const noClone = await runIn(empty, ['-j'], { GIT_CEILING_DIRECTORIES: '/' });
    expect([noClone.code, JSON.parse(noClone.stdout).diagnostics[0].code]).toEqual([2, 'RW6702']);
    const noCommit = await runIn(emptyRepository(), []);
    expect([noCommit.code, noCommit.stderr]).toEqual([
      2,
      'error RW6705  there is no revision "HEAD"\n   help: nothing is committed here yet\n',
    ]);
  });
});
