import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openClone } from '../../src/revisions/clone.ts';
import { mergeBase, resolveRevision } from '../../src/revisions/resolve-revision.ts';
import { written } from '../support/cases.ts';
import { commitAll, emptyRepository, git, gitTestEnvironment } from './scripted-repository.ts';

const folder = emptyRepository();
const ids = commitAll(folder, [
  { mark: 'a', files: { 'roles/a.yaml': 'a' }, message: 'fix a typo' },
  { mark: 'b', parents: ['a'], files: { 'roles/a.yaml': 'b' } },
  { mark: 'c', parents: ['a'], files: { 'roles/a.yaml': 'c' }, branch: 'feature/spend' },
  { mark: 'd', files: { 'roles/a.yaml': 'd' }, branch: 'unrelated' },
]);
git(folder, 'reset', '--hard', '--quiet');
git(folder, 'tag', 'v1', ids.get('a') ?? '');
git(folder, 'tag', '-a', '-m', 'two', 'v2', ids.get('b') ?? '');
git(folder, 'tag', 'twice', ids.get('a') ?? '');
git(folder, 'branch', 'twice', ids.get('b') ?? '');
const [opened] = await openClone(folder, gitTestEnvironment);
if (opened === null) throw new Error('no clone');
const clone = opened;
afterAll(() => clone.close());

async function resolved(name: string): Promise<string> {
  const [id, problems] = await resolveRevision(clone, name);
  const mark = [...ids].find(([, known]) => known === id)?.[0];
  return mark ?? written(problems);
}

describe('the name of a revision', () => {
  it.for([
    ['HEAD', 'b'],
    ['main', 'b'],
    ['HEAD~1', 'a'],
    ['main@{0}', 'b'],
    ['@', 'b'],
    ['v1', 'a'],
    ['v2', 'b'],
    ['v2^{commit}', 'b'],
    ['HEAD^{/fix a typo}', 'a'],
    ['feature/spend', 'c'],
    ['refs/heads/feature/spend', 'c'],
    [ids.get('c') ?? '', 'c'],
    [ids.get('c')?.slice(0, 12) ?? '', 'c'],
  ] as const)('is whatever git takes for a commit: %s', async ([name, mark]) => {
    expect(await resolved(name)).toBe(mark);
  });

  it.for([
    ['', 'it is empty'],
    ['-x', 'it begins with "-", as a flag does'],
    ['--output=x', 'it begins with "-", as a flag does'],
    ['--exec=touch pwned', 'it begins with "-", as a flag does'],
    ['main --output=x', 'it has a blank'],
    ['main\u00a0x', 'it has a blank'],
    ['main\nfeature', 'it has a control character'],
    ['main\0', 'it has a control character'],
    ['main\t', 'it has a control character'],
    ['\u001b[31mmain', 'it has a control character'],
    ['m'.repeat(1001), 'it is longer than 1000 characters'],
  ] as const)('that could be something else never reaches git: %j', async ([name, reason]) => {
    expect(await resolved(name)).toBe(
      `no place  error RW6704  "${name}" is no name of a revision: ${reason}\n` +
        '    expected: a branch, tag or commit\n',
    );
    expect(['x', 'pwned'].filter((file) => existsSync(join(folder, file)))).toEqual([]);
  });

  it.for([
    '^main',
    'main^@',
    'main..feature/spend',
    'main:roles',
    ':roles/a.yaml',
    'main^{tree}',
    '@{-1}',
    ':/nothing-like-it',
  ])('that stands for no single commit is unknown: %s', async (name) => {
    expect(await resolved(name)).toContain(`error RW6705  there is no revision "${name}"\n`);
  });

  it('that is misspelt is told with the nearest', async () => {
    expect(await resolved('feature/spnd')).toBe(
      'no place  error RW6705  there is no revision "feature/spnd"\n' +
        '    suggestion: feature/spend\n' +
        '    help: git fetch gets what this clone has not yet\n',
    );
  });

  it('of a branch and of a tag at once is refused: whoever may push a tag would choose the judge', async () => {
    expect(await resolved('twice')).toBe(
      'no place  error RW6706  "twice" is the name of several revisions\n' +
        '    help: write refs/heads/twice for the branch, or refs/tags/twice for the tag\n',
    );
    expect([await resolved('refs/tags/twice'), await resolved('refs/heads/twice')]).toEqual(['a', 'b']);
  });

  it('in a repository without a commit is told so', async () => {
    const [empty] = await openClone(emptyRepository(), gitTestEnvironment);
    if (empty === null) throw new Error('no clone');
    const [, problems] = await resolveRevision(empty, 'HEAD');
    empty.close();
    expect(written(problems)).toContain('help: nothing is committed here yet\n');
  });
});

describe('where two revisions parted', () => {
  const named = (mark: string) => ({ name: mark, id: ids.get(mark) ?? '' });

  it('is their last common commit', async () => {
    expect(await mergeBase(clone, named('b'), named('c'))).toEqual([ids.get('a'), []]);
  });

  it('is nowhere if they have none', async () => {
    const [id, problems] = await mergeBase(clone, named('b'), named('d'));
    expect([id, written(problems)]).toEqual([null, 'no place  error RW6707  b and d have no commit in common\n']);
  });

  it('may be what a shallow clone has not fetched', async () => {
    const shallowFolder = join(emptyRepository(), 'shallow');
    git(folder, 'clone', '--quiet', '--depth=1', '--no-single-branch', `file://${folder}`, shallowFolder);
    const [shallow] = await openClone(shallowFolder, gitTestEnvironment);
    if (shallow === null) throw new Error('no clone');
    const [, problems] = await mergeBase(shallow, named('b'), named('c'));
    shallow.close();
    expect(written(problems)).toContain(
      'help: git fetch --unshallow (in a workflow: actions/checkout with fetch-depth: 0)',
    );
  });
});
