import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../src/cli/command-line.ts';
import { changedDocuments, repositoryOf, runRolewright } from './run-rolewright.ts';

/** Verbs that answer nothing but do something, or whose answer has a form of its own: a script, CODEOWNERS, a page. */
const without = ['codeowners', 'comment', 'complete', 'completion', 'emulator', 'site', 'up'];

const questions = [
  ['check', '-j'],
  ['test', '-j'],
  ['build', '--stack', 'dev', '-j'],
  ['show', 'desk/editor', '-j'],
  ['matrix', '-j'],
  ['explain', 'desk/viewer', '-j'],
  ['who-can', 'desk/settings/manage-settings', '-j'],
];

const editor = 'roles/desk/roles/editor.yaml';
const misspelt = changedDocuments(editor, (text) => text.replace('data/spend-data', 'data/spend-dat'));
const noYaml = changedDocuments(editor, (text) => text.replace('grants:', 'grants: ['));
const unsorted = changedDocuments(
  editor,
  (text) => `${text.replace('    - data/contract-data:edit\n', '')}    - data/contract-data:edit\n`,
);

/** A run whose stdout is JSON from its first byte to its last. */
async function json(args: readonly string[], cwd: string) {
  const { code, stdout } = await runRolewright(args, { cwd });
  return { code, data: JSON.parse(stdout) };
}

function olderRepository(): string {
  const root = mkdtempSync(join(tmpdir(), 'rolewright-older-'));
  cpSync(join(import.meta.dirname, '../language/migrate/before'), root, { recursive: true });
  return root;
}

describe('--format json', () => {
  it('is a flag of every verb that answers something, with -j for short', () => {
    const verbs = commandLine().commands.filter((command) => !without.includes(command.name()));
    const lacking = verbs.filter(({ options }) => {
      const format = options.find(({ long }) => long === '--format');
      const short = options.find(({ long }) => long === '--json')?.short;
      return format?.argChoices?.includes('json') !== true || short !== '-j';
    });
    expect(verbs.length).toBeGreaterThan(10);
    expect(lacking.map((verb) => verb.name())).toEqual([]);
  });

  it.each([
    ...questions,
    ['format', '--check', '-j'],
    ['migrate', '--check', '-j'],
    ['schema', '-j'],
    ['schema', '--published', '-j'],
  ])('is all that stdout has: %s %s %s %s', async (...args) => {
    const { code, data } = await json(args, repositoryOf());
    expect(code).toBe(0);
    expect(args.includes('--published') ? data.$schema : data.schemaVersion).toBeTruthy();
  });

  it.each(questions)('says why there is no data: %s %s %s %s', async (...args) => {
    const { code, data } = await json(args, repositoryOf(misspelt));
    expect(code).toBe(1);
    expect(data).toMatchObject({ schemaVersion: 1, diagnostics: [{ code: 'RW2104', place: { file: editor } }] });
  });

  it.each([
    [['format', 'roles/nowhere', '-j'], 'no document at roles/nowhere'],
    [['migrate', 'roles/nowhere', '-j'], 'no document at roles/nowhere'],
    [['test', '--filter', 'nobody', '-j'], 'no expectation contains "nobody"'],
    [['show', 'desk/nobody', '-j'], 'there is no role "desk/nobody"'],
    [['init', '--application', 'No Name', '-j'], expect.stringContaining('No Name')],
  ])('says what is wrong with the command line: %s', async (args, error) => {
    const { code, data } = await json(args, repositoryOf());
    expect(code).toBe(2);
    expect(data).toMatchObject({ schemaVersion: 1, error });
  });
});

describe('rolewright format, for a program', () => {
  it('lists what would change, and what has', async () => {
    const cwd = repositoryOf(unsorted);
    const empty = { schemaVersion: 1, error: null, summary: { errors: 0, warnings: 0, advice: 0 }, diagnostics: [] };
    expect(await json(['format', '--check', '-j'], cwd)).toEqual({
      code: 1,
      data: { ...empty, files: 7, changed: [editor], written: false },
    });
    expect(await json(['format', '--format', 'json'], cwd)).toEqual({
      code: 0,
      data: { ...empty, files: 7, changed: [editor], written: true },
    });
    expect(await json(['format', '--check', '-j'], cwd)).toMatchObject({ code: 0, data: { changed: [] } });
  });

  it('tells the problems of what it cannot read beside what it could', async () => {
    const { code, data } = await json(['format', '-j'], repositoryOf(noYaml));
    expect(code).toBe(1);
    expect(data).toMatchObject({ files: 7, changed: [], written: true });
    expect(data.summary.errors).toBeGreaterThan(0);
    expect(data.diagnostics[0].place.file).toBe(editor);
  });
});

describe('rolewright migrate, for a program', () => {
  it('lists what would change, and what has', async () => {
    const cwd = olderRepository();
    const [first, second] = [await json(['migrate', '--check', '-j'], cwd), await json(['migrate', '-j'], cwd)];
    expect([first.code, second.code]).toEqual([1, 0]);
    expect(first.data).toMatchObject({ files: 7, written: false, diagnostics: [] });
    expect(first.data.changed).toHaveLength(6);
    expect(second.data).toEqual({ ...first.data, written: true });
  });
});

describe('rolewright schema, for a program', () => {
  it('says whether the file was current, and whether it has been written', async () => {
    const cwd = repositoryOf();
    const path = '.rolewright/schema.json';
    const answers = [
      await json(['schema', '--check', '-j'], cwd),
      await json(['schema', '-j'], cwd),
      await json(['schema', '-j'], cwd),
      await json(['schema', '--check', '-j'], cwd),
    ];
    expect(answers).toEqual([
      { code: 1, data: { schemaVersion: 1, path, current: false, written: false } },
      { code: 0, data: { schemaVersion: 1, path, current: false, written: true } },
      { code: 0, data: { schemaVersion: 1, path, current: true, written: false } },
      { code: 0, data: { schemaVersion: 1, path, current: true, written: false } },
    ]);
  });
});

describe('rolewright init, for a program', () => {
  it('lists what it has made, and what was there', async () => {
    const cwd = repositoryOf([{ path: 'README.md', text: '# Ours\n' }]);
    const { code, data } = await json(['init', '--yes', '--application', 'desk', '-j'], cwd);
    expect(code).toBe(0);
    expect(data).toMatchObject({ schemaVersion: 1, application: 'desk', kept: ['README.md'] });
    expect(data.made).toContain('roles/desk/catalog.yaml');
    expect(data.made).not.toContain('README.md');
    expect(await json(['init', '--yes', '-j'], cwd)).toMatchObject({
      code: 2,
      data: { error: expect.stringContaining('nothing is overwritten') },
    });
  });
});
