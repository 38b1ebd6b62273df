import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/language/diagnostic.ts';
import { loadRepository, loadRepositoryFrom } from '../../src/language/load-repository.ts';
import type { Clone } from '../../src/revisions/clone.ts';
import { openClone } from '../../src/revisions/clone.ts';
import { isGitFailure } from '../../src/revisions/git.ts';
import { resolveRevision } from '../../src/revisions/resolve-revision.ts';
import { revisionFiles } from '../../src/revisions/revision-files.ts';
import { workingFiles } from '../../src/revisions/working-files.ts';
import { written } from '../support/cases.ts';
import { commitAll, emptyRepository, git, gitTestEnvironment } from './scripted-repository.ts';

/** The files that a revision of the repository in a folder has, and what reading them found. */
async function read(folder: string, revision: string, env: Readonly<Record<string, string>> = {}) {
  const [clone, problems] = await openClone(folder, { ...gitTestEnvironment, ...env });
  if (clone === null) throw new Error(written(problems));
  try {
    const [commit, unknown] = await resolveRevision(clone, revision);
    if (commit === null) throw new Error(written(unknown));
    const repository = await loadRepositoryFrom(await revisionFiles(clone, commit));
    return { ...repository, told: told([...repository.unset, ...repository.unread]) };
  } finally {
    clone.close();
  }
}

const told = (problems: readonly Diagnostic[]) => problems.map(({ place, message }) => `${place?.file}: ${message}`);

describe('the files of a revision', () => {
  it('are those of the commit, whatever the working tree and the index hold', async () => {
    const folder = emptyRepository();
    commitAll(folder, [
      {
        mark: 'a',
        files: { 'roles/b.yml': 'old b', 'roles/shop/a.yaml': 'old a', 'README.md': 'no', 'roles/.x.yaml': 'no' },
      },
      { mark: 'b', parents: ['a'], files: { 'roles/shop/a.yaml': 'new a', 'roles/b.yml': null, 'roles/C.YAML': 'c' } },
    ]);
    git(folder, 'reset', '--hard', '--quiet');
    writeFileSync(join(folder, 'roles/shop/a.yaml'), 'not committed');
    expect(await read(folder, 'HEAD~1')).toMatchObject({
      files: [
        { path: 'roles/b.yml', text: 'old b' },
        { path: 'roles/shop/a.yaml', text: 'old a' },
      ],
      told: [],
    });
    expect((await read(folder, 'main')).files).toEqual([
      { path: 'roles/C.YAML', text: 'c' },
      { path: 'roles/shop/a.yaml', text: 'new a' },
    ]);
  });

  it('are read with the settings of that revision', async () => {
    const folder = emptyRepository();
    const schema = '{"type":"object"}';
    commitAll(folder, [
      {
        mark: 'a',
        files: {
          'rolewright.config.yaml': 'documents: access/all\nannotations: schemas/a.json\n',
          'schemas/a.json': schema,
          'access/all/a.yaml': 'a',
          'roles/b.yaml': 'b',
        },
      },
    ]);
    const { files, settings, told: problems } = await read(folder, 'main');
    expect([files.map(({ path }) => path), settings.documents, problems]).toEqual([
      ['access/all/a.yaml'],
      'access/all',
      [],
    ]);
    expect(settings.annotations).not.toBeNull();
  });

  it('are the same bytes as a checkout reads, and no filter or attribute changes them', async () => {
    const folder = emptyRepository();
    const files = {
      '.gitattributes': '*.yaml text eol=crlf diff=shout ident\n',
      'roles/a.yaml': 'a: $Id$\nb: é\n',
      'roles/b.yaml': Uint8Array.from([0x61, 0xff]),
    };
    commitAll(folder, [{ mark: 'a', files }]);
    git(folder, 'config', 'diff.shout.textconv', 'tr a-z A-Z <');
    const revision = await read(folder, 'main');
    expect(revision.files).toEqual([{ path: 'roles/a.yaml', text: 'a: $Id$\nb: é\n' }]);
    expect(revision.told).toEqual(['roles/b.yaml: not UTF-8: byte 2 begins no character']);
  });

  it('leave out links and submodules where documents may lie behind them, and say so', async () => {
    const folder = emptyRepository();
    const submodule = '1'.repeat(40);
    commitAll(folder, [
      {
        mark: 'a',
        files: { 'roles/a.yaml': 'a', 'elsewhere/b.yaml': 'b', 'notes.md': 'n' },
        links: {
          'roles/b.yaml': '../elsewhere/b.yaml',
          'roles/folder': '../elsewhere',
          'roles/notes.md': '../notes.md',
          'roles/nowhere': '../nowhere',
          'roles/outside': '/etc',
          'roles/above': '../../other',
        },
        submodules: { 'roles/shared': submodule },
      },
    ]);
    const { files, told: problems } = await read(folder, 'main');
    expect(files.map(({ path }) => path)).toEqual(['roles/a.yaml']);
    const link = 'cannot be read: it is a link, and links are not followed';
    expect(problems).toEqual([
      `roles/above: ${link}`,
      `roles/b.yaml: ${link}`,
      `roles/folder: ${link}`,
      `roles/outside: ${link}`,
      'roles/shared: cannot be read: it is a submodule, and submodules are not followed',
    ]);
  });

  it('are none where the folder of the documents is itself a link, a submodule or a file', async () => {
    const folder = emptyRepository();
    commitAll(folder, [
      { mark: 'a', branch: 'link', links: { roles: 'elsewhere' }, files: { 'elsewhere/a.yaml': 'a' } },
      { mark: 'b', branch: 'submodule', submodules: { roles: '2'.repeat(40) } },
      { mark: 'c', branch: 'file', files: { roles: 'a file' } },
      { mark: 'd', branch: 'nothing', files: { 'README.md': '' } },
    ]);
    const problems = async (revision: string) => (await read(folder, revision)).told;
    expect(await problems('link')).toEqual(['roles: cannot be read: it is a link, and links are not followed']);
    expect(await problems('submodule')).toEqual([
      'roles: cannot be read: it is a submodule, and submodules are not followed',
    ]);
    expect(await problems('file')).toEqual(['roles: cannot be read: ENOTDIR']);
    expect(await problems('nothing')).toEqual(['undefined: no YAML files below roles/']);
  });

  it('refuses what is too large by its size, and does not read it', async () => {
    const folder = emptyRepository();
    commitAll(folder, [{ mark: 'a', files: { 'roles/big.yaml': Buffer.alloc(50_000_000, '['), 'roles/a.yaml': 'a' } }]);
    const before = process.memoryUsage().arrayBuffers;
    const { files, told: problems } = await read(folder, 'main');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
    expect(files.map(({ path }) => path)).toEqual(['roles/a.yaml']);
    expect(problems).toEqual([expect.stringContaining('the file has 50000000 bytes; at most 2097152 are read')]);
  });

  it('are those below a folder of the clone, in a worktree and in a bare clone', async () => {
    const folder = emptyRepository();
    commitAll(folder, [
      { mark: 'a', files: { 'tools/access/roles/a.yaml': 'in', 'roles/b.yaml': 'out', 'tools/access/x/.keep': '' } },
      { mark: 'b', parents: ['a'], files: { 'tools/access/roles/a.yaml': 'of the branch' }, branch: 'other' },
    ]);
    git(folder, 'reset', '--hard', '--quiet');
    const texts = async (cwd: string, revision: string) => (await read(cwd, revision)).files.map(({ text }) => text);
    expect(await texts(join(folder, 'tools/access'), 'HEAD')).toEqual(['in']);
    expect(await texts(folder, 'HEAD')).toEqual(['out']);
    const worktree = join(emptyRepository(), 'tree');
    git(folder, 'worktree', 'add', '--quiet', worktree, 'other');
    expect(await texts(join(worktree, 'tools/access'), 'HEAD')).toEqual(['of the branch']);
    expect(await texts(join(worktree, 'tools/access'), 'main')).toEqual(['in']);
    git(folder, 'clone', '--quiet', '--bare', folder, `${worktree}.git`);
    expect(await texts(`${worktree}.git`, 'main')).toEqual(['out']);
  });

  it('are read from a repository with SHA-256 too', async () => {
    const folder = emptyRepository('--object-format=sha256');
    commitAll(folder, [{ mark: 'a', files: { 'roles/shop/a.yaml': 'a' } }]);
    expect((await read(folder, 'main')).files).toEqual([{ path: 'roles/shop/a.yaml', text: 'a' }]);
  });

  it('are told to be missing where a clone has not fetched them', async () => {
    const folder = emptyRepository();
    commitAll(folder, [{ mark: 'a', files: { 'roles/a.yaml': 'a' } }]);
    const blob = git(folder, 'rev-parse', 'main:roles/a.yaml');
    rmSync(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    const { files, told: problems } = await read(folder, 'main');
    expect(files).toEqual([]);
    expect(problems).toEqual([
      'roles/a.yaml: cannot be read: this clone has not fetched it, or damaged it: git fetch --refetch gets everything',
    ]);
  });

  it('are the same as on disk after a checkout', async () => {
    const folder = emptyRepository();
    const files = { 'roles/z.yaml': 'z', 'roles/é/a.yaml': 'é', 'roles/a b.yaml': 'blank', 'roles/-x.yaml': 'flag' };
    commitAll(folder, [{ mark: 'a', files: { ...files, 'rolewright.config.yaml': 'coverage: {}\n' } }]);
    git(folder, 'reset', '--hard', '--quiet');
    const { told: _, ...revision } = await read(folder, 'HEAD');
    expect(revision).toEqual(await loadRepository(folder));
    expect(revision.files).toHaveLength(4);
  });
});

describe('reading a revision', () => {
  it('is not turned elsewhere by variables of git, and runs nothing of the repository', async () => {
    const folder = emptyRepository();
    const other = emptyRepository();
    commitAll(folder, [{ mark: 'a', files: { 'roles/a.yaml': 'ours' } }]);
    commitAll(other, [{ mark: 'a', files: { 'roles/a.yaml': 'theirs' } }]);
    git(folder, 'reset', '--hard', '--quiet');
    const trace = join(folder, 'ran');
    const program = join(folder, 'program');
    writeFileSync(program, `#!/bin/sh\necho "$0" >> ${trace}\n`);
    chmodSync(program, 0o755);
    mkdirSync(join(folder, 'hooks'));
    for (const hook of ['post-checkout', 'post-index-change', 'reference-transaction']) {
      symlinkSync(program, join(folder, 'hooks', hook));
    }
    for (const key of ['core.fsmonitor', 'core.pager', 'core.editor', 'gpg.program'])
      git(folder, 'config', key, program);
    git(folder, 'config', 'core.hooksPath', join(folder, 'hooks'));
    const index = git(folder, 'rev-parse', '--git-path', 'index');
    const { files } = await read(folder, 'HEAD', {
      GIT_DIR: join(other, '.git'),
      GIT_WORK_TREE: other,
      GIT_OBJECT_DIRECTORY: join(other, '.git/objects'),
      GIT_INDEX_FILE: join(folder, 'another-index'),
      GIT_CONFIG_PARAMETERS: "'core.bare=true'",
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.worktree',
      GIT_CONFIG_VALUE_0: other,
      GIT_TRACE: join(folder, 'git-trace'),
      GIT_EXTERNAL_DIFF: program,
    });
    expect(files).toEqual([{ path: 'roles/a.yaml', text: 'ours' }]);
    const [clone] = await openClone(folder, gitTestEnvironment);
    expect(clone === null ? null : await workingFiles(clone, ['roles'])).toEqual(['roles/a.yaml']);
    clone?.close();
    expect([trace, join(folder, 'another-index'), join(folder, 'git-trace')].filter(existsSync)).toEqual([]);
    expect(existsSync(join(folder, index))).toBe(true);
  });

  it('heeds no replaced object: what is reviewed is what was committed', async () => {
    const folder = emptyRepository();
    const ids = commitAll(folder, [
      { mark: 'a', files: { 'roles/a.yaml': 'committed' } },
      { mark: 'b', files: { 'roles/a.yaml': 'shown instead' }, branch: 'other' },
    ]);
    git(folder, 'replace', ids.get('a') ?? '', ids.get('b') ?? '');
    expect((await read(folder, 'main')).files).toEqual([{ path: 'roles/a.yaml', text: 'committed' }]);
  });
});

describe('opening a clone', () => {
  const open = async (folder: string, env: Readonly<Record<string, string>> = gitTestEnvironment) => {
    const [clone, problems]: readonly [Clone | null, readonly Diagnostic[]] = await openClone(folder, env);
    clone?.close();
    return clone === null ? written(problems) : clone;
  };

  it('says in one line that there is no git', async () => {
    expect(await open(emptyRepository(), { PATH: '/nowhere' })).toBe(
      'no place  error RW6701  git cannot be run: it was not found on PATH\n' +
        '    help: install git, and see that it is on PATH\n',
    );
  });

  it('says that a folder is in no clone', async () => {
    const folder = join(emptyRepository(), '..');
    expect(await open(folder, { ...gitTestEnvironment, GIT_CEILING_DIRECTORIES: '/' })).toContain('error RW6702');
  });

  it('knows a shallow clone', async () => {
    const folder = emptyRepository();
    commitAll(folder, [
      { mark: 'a', files: { a: 'a' } },
      { mark: 'b', parents: ['a'] },
    ]);
    const shallow = join(emptyRepository(), 'shallow');
    git(folder, 'clone', '--quiet', '--depth=1', `file://${folder}`, shallow);
    expect(await open(folder)).toMatchObject({ isShallow: false, prefix: '' });
    expect(await open(shallow)).toMatchObject({ isShallow: true });
  });
});

describe('damaged objects', () => {
  const folder = emptyRepository();
  commitAll(folder, [{ mark: 'a', files: { 'roles/a.yaml': 'a', 'roles/shop/b.yaml': 'b' } }]);
  const damage = (object: string) => {
    const id = git(folder, 'rev-parse', object);
    const file = join(folder, '.git/objects', id.slice(0, 2), id.slice(2));
    chmodSync(file, 0o644);
    writeFileSync(file, 'damaged');
  };

  it('are told, and are no absence of documents', async () => {
    damage('main:roles/shop');
    const { files, told: problems } = await read(folder, 'main');
    expect(files.map(({ path }) => path)).toEqual(['roles/a.yaml']);
    expect(problems).toEqual([expect.stringContaining('roles/shop: cannot be read: this clone has not fetched it')]);
    damage('main^{tree}');
    await expect(read(folder, 'main')).rejects.toSatisfy(isGitFailure);
  });
});
