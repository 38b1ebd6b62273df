import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { History } from '../../src/analysis/history/history.ts';
import type { HistoryQuestion } from '../../src/cli/history/find-history.ts';
import { findHistory } from '../../src/cli/history/find-history.ts';
import { processHost } from '../../src/cli/host.ts';
import type { Clone } from '../../src/revisions/clone.ts';
import { openClone } from '../../src/revisions/clone.ts';
import { commitAll, emptyRepository, gitTestEnvironment } from '../revisions/scripted-repository.ts';
import type { ExpectedChange } from './scripted-history.ts';
import { scriptedHistory } from './scripted-history.ts';

const script = scriptedHistory();
const folder = emptyRepository();
const ids = commitAll(folder, script.commits);
const marks = new Map([...ids].map(([mark, id]) => [id, mark]));
const newest = script.commits.findLast(({ branch }) => branch === 'main')?.mark ?? '';
const everything: HistoryQuestion = {
  role: null,
  permission: null,
  head: ids.get(newest) ?? '',
  since: null,
  until: null,
};

let clone: Clone;
beforeAll(async () => {
  const [opened] = await openClone(folder, gitTestEnvironment);
  if (opened === null) throw new Error('no clone');
  clone = opened;
});
afterAll(() => clone.close());

/** The answer to a question, with how many revisions were read for it. */
async function asked(question: Partial<HistoryQuestion> = {}, cacheHome: string | null = null) {
  let read = 0;
  const progress = {
    tell: (message: string) => {
      if (message.startsWith('Reading what everybody held')) read += 1;
    },
    clear: () => undefined,
    stop: () => undefined,
  };
  const host = processHost({ quiet: true }, new AbortController().signal);
  const env = cacheHome === null ? {} : { XDG_CACHE_HOME: cacheHome };
  const history = await findHistory(
    { ...host, env, progress },
    clone,
    { ...everything, ...question },
    cacheHome !== null,
  );
  if ('problem' in history) throw new Error(history.problem);
  return { history, read };
}

function written({ commit, merge, role, change, permission, before, after }: ExpectedChange): string {
  return [commit, merge ?? '-', role, change, permission ?? '-', before ?? '-', after ?? '-'].join(' ');
}

/** The changes of an answer in the words of the script, sorted. */
function told({ entries }: History): readonly string[] {
  return entries
    .flatMap(({ commit, merge, changes }) =>
      changes.map((change): ExpectedChange => {
        const mergedBy = merge === null ? null : (marks.get(merge.id) ?? '');
        const own = { commit: marks.get(commit.id) ?? '', merge: mergedBy, role: change.name };
        if (change.what === 'permission') {
          const [before, after] = [change.before?.level ?? null, change.after?.level ?? null];
          return { ...own, change: 'permission', permission: change.permission, before, after };
        }
        if (change.what !== 'subject' || change.change === 'purposes') throw new Error(`not expected: ${change.what}`);
        return { ...own, change: change.change, permission: null, before: change.before, after: change.after };
      }),
    )
    .map(written)
    .toSorted();
}

const expected = script.expected.map(written).toSorted();

describe('the history of 200 commits with moves, renames and merges', () => {
  it('tells each change of what anybody holds of the commit that made it, and nothing else', async () => {
    expect(script.commits).toHaveLength(200);
    const { history } = await asked();
    expect(told(history)).toEqual(expected);
    expect(history.steppedOver.map(({ id }) => marks.get(id)).toSorted()).toEqual(script.broken.toSorted());
    expect(expected.filter((line) => line.includes(' renamed ')).length).toBeGreaterThan(10);
    expect(expected.filter((line) => line.split(' ')[1] !== '-').length).toBeGreaterThan(10);
  });

  it('follows a role through all its names', async () => {
    for (const [first, last] of [...script.finalNames].slice(2, 12)) {
      const isRole = ({ role }: ExpectedChange) => role === first || role.startsWith(`${first}-`);
      const mine = script.expected.filter(isRole).map(written).toSorted();
      expect(mine.length).toBeGreaterThan(0);
      for (const name of new Set([first, last ?? first])) {
        expect(told((await asked({ role: `shop/${name}` }, shared)).history)).toEqual(mine);
      }
    }
  });

  it('is that of some days', async () => {
    const { history: before } = await asked({ until: '2025-02-14' }, shared);
    const { history: since } = await asked({ since: '2025-02-15' }, shared);
    expect([...told(before), ...told(since)].toSorted()).toEqual(expected);
    expect(Math.min(before.entries.length, since.entries.length)).toBeGreaterThan(10);
  });
});

const shared = mkdtempSync(join(tmpdir(), 'rolewright-cache-'));

/** The files of a cache, and the folder they lie in. */
function cachedIn(home: string): readonly string[] {
  const below = join(home, 'rolewright/history');
  return readdirSync(below).flatMap((version) =>
    readdirSync(join(below, version)).map((name) => join(below, version, name)),
  );
}

/** A few weeks are enough to see what a cache does. */
const recent = { since: '2025-03-20' };

describe('the cache', () => {
  it('spares a second run every revision, and changes no answer', async () => {
    const home = mkdtempSync(join(tmpdir(), 'rolewright-cache-'));
    const first = await asked(recent, home);
    const second = await asked(recent, home);
    expect(second.history).toEqual(first.history);
    expect([first.read > 10, second.read]).toEqual([true, 0]);
    expect(cachedIn(home)).toHaveLength(first.read);
    expect(statSync(join(cachedIn(home)[0] ?? '', '..')).mode & 0o077).toBe(0);
  });

  it.for<readonly [string, (text: string) => string]>([
    ['cut off', (text) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['changed', (text) => text.replaceAll('"rank":1', '"rank":0')],
    ['nonsense', () => 'null\nnull\n'],
  ])('is not believed where its files are %s', async ([, damage]) => {
    const { history } = await asked(recent, shared);
    for (const file of cachedIn(shared)) writeFileSync(file, damage(readFileSync(file, 'utf8')));
    const again = await asked(recent, shared);
    expect([again.history, again.read > 10]).toEqual([history, true]);
  });

  it('is not believed where it has the holdings of another revision', async () => {
    const home = mkdtempSync(join(tmpdir(), 'rolewright-cache-'));
    const { history } = await asked(recent, home);
    const [one = ''] = cachedIn(home);
    for (const file of cachedIn(home)) writeFileSync(file, readFileSync(one));
    expect((await asked(recent, home)).history).toEqual(history);
  });

  it('is done without where it cannot be written', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'rolewright-cache-')), 'file');
    writeFileSync(file, '');
    expect((await asked(recent, file)).history).toEqual((await asked(recent)).history);
  });
});
