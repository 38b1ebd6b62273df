import { describe, expect, it } from 'vitest';
import { commandLine } from '../../src/cli/command-line.ts';
import { complete } from '../../src/cli/completion/complete.ts';
import { sampleDocuments } from '../report/sample-documents.ts';
import { commitAll, emptyRepository, git } from '../revisions/scripted-repository.ts';
import { repositoryOf } from './run-rolewright.ts';

const folder = emptyRepository();
commitAll(folder, [{ mark: 'a', files: Object.fromEntries(sampleDocuments.map(({ path, text }) => [path, text])) }]);
git(folder, 'reset', '--hard', '--quiet');
git(folder, 'branch', 'feature/spend');
git(folder, 'tag', 'v1');

async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const lines = await complete(commandLine(), words, null, folder);
  return lines.map((line) => line.split('\t', 1)[0] ?? '');
}

describe('what is offered to the verbs that compare', () => {
  it('are branches and tags where a revision is wanted, and none where there is no clone', async () => {
    expect(await offered('diff', '')).toEqual(['HEAD', 'feature/spend', 'main', 'v1']);
    expect(await offered('diff', 'main', 'fea')).toEqual(['feature/spend']);
    expect(await offered('promote', 'v')).toEqual(['v1']);
    expect(await complete(commandLine(), ['diff', ''], null, repositoryOf())).toEqual([]);
  });

  it('are environments, gates, roles and permissions', async () => {
    expect(await offered('diff', '--from', '')).toEqual(['dev']);
    expect(await offered('promote', '--to=d')).toEqual(['--to=dev']);
    expect(await offered('diff', '-s', 'd')).toEqual(['dev']);
    expect(await offered('diff', '--gate', 'no-new')).toEqual(['no-new-access']);
    expect(await offered('history', 'desk/ed')).toEqual(['desk/editor']);
    expect(await offered('history', 'desk/editor', 'desk/data/contract-data:e')).toEqual([
      'desk/data/contract-data:edit',
    ]);
  });
});
