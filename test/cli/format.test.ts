import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changedDocuments, repositoryOf, runRolewright } from './run-rolewright.ts';

const editor = 'roles/desk/roles/editor.yaml';
const unsorted = () =>
  repositoryOf(
    changedDocuments(
      editor,
      (text) => `${text.replace('    - data/contract-data:edit\n', '')}    - data/contract-data:edit\n`,
    ),
  );

describe('rolewright format', () => {
  it('changes nothing with --check, and ends with 1', async () => {
    const cwd = unsorted();
    const before = readFileSync(join(cwd, editor), 'utf8');
    expect(await runRolewright(['format', '--check'], { cwd })).toEqual({
      code: 1,
      stdout: `${editor}\n`,
      stderr: '7 files, 1 would change\n',
    });
    expect(readFileSync(join(cwd, editor), 'utf8')).toBe(before);
  });

  it('rewrites what differs, keeps its permissions, and leaves no other file', async () => {
    const cwd = unsorted();
    chmodSync(join(cwd, editor), 0o640);
    const untouched = statSync(join(cwd, 'roles/desk/catalog.yaml')).mtimeMs;
    expect(await runRolewright(['format'], { cwd })).toEqual({
      code: 0,
      stdout: `${editor}\n`,
      stderr: '7 files, 1 changed\n',
    });
    expect(readFileSync(join(cwd, editor), 'utf8')).toMatch(/grants:\n {4}- data\/contract-data:edit\n/u);
    expect(statSync(join(cwd, editor)).mode & 0o777).toBe(0o640);
    expect(statSync(join(cwd, 'roles/desk/catalog.yaml')).mtimeMs).toBe(untouched);
    expect(readdirSync(join(cwd, 'roles/desk/roles'))).toEqual(['editor.yaml', 'shared.yaml', 'viewer.yaml']);
    expect(await runRolewright(['format', '--check'], { cwd })).toMatchObject({ code: 0, stdout: '' });
  });

  it('keeps to the paths that are named', async () => {
    const cwd = unsorted();
    const [elsewhere, nowhere] = await Promise.all([
      runRolewright(['format', 'roles/environments'], { cwd }),
      runRolewright(['format', 'roles/nowhere'], { cwd }),
    ]);
    expect(elsewhere).toEqual({ code: 0, stdout: '', stderr: '1 file, 0 changed\n' });
    expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining('no document at roles/nowhere') });
    expect(await runRolewright(['format', editor], { cwd })).toMatchObject({ code: 0, stdout: `${editor}\n` });
  });

  it('leaves a file that is no YAML as it was, and says why', async () => {
    const cwd = repositoryOf(changedDocuments(editor, (text) => text.replace('grants:', 'grants: [')));
    const { code, stderr } = await runRolewright(['format'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain(`${editor}:`);
  });
});
