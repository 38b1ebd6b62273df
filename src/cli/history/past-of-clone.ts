import type { Holdings } from '../../analysis/history/holdings.ts';
import { holdingsOfModel } from '../../analysis/history/holdings-of-model.ts';
import type { Past } from '../../analysis/history/past.ts';
import type { Diagnostic, Result } from '../../language/diagnostic.ts';
import { hasErrors } from '../../language/diagnostic.ts';
import { loadRepositoryFrom } from '../../language/load-repository.ts';
import { loadSettingsFrom, settingsFile } from '../../language/settings.ts';
import type { SourceFile } from '../../language/source.ts';
import type { TypedDocument } from '../../language/validate/typed-document.ts';
import { readFile, resolveRepository } from '../../pipeline.ts';
import type { Clone } from '../../revisions/clone.ts';
import { readCommit } from '../../revisions/clone.ts';
import type { CommitGraph } from '../../revisions/commit-graph.ts';
import { revisionFiles } from '../../revisions/revision-files.ts';
import type { HoldingsCache } from './holdings-cache.ts';

/**
 * Who is in an assignment by day is no question of history: with this day, an assignment that ended long ago does not
 * clash with one of today, and the answer does not hang on the clock.
 */
const endOfDays = '9999-12-31';

/** Holdings and documents that are kept in memory; neighbours in history have nearly all of them in common. */
const keptHoldings = 64;
const keptDocuments = 4096;

/** The past of a clone, from its objects or, where they were read before, from a cache. */
export function pastOfClone(
  clone: Clone,
  cache: HoldingsCache,
  { commits, cutOff }: CommitGraph,
  onRead: (count: number) => void,
): Past {
  const trees = new Map(commits.map(({ id, tree }) => [id, tree]));
  const keys = remember(Number.POSITIVE_INFINITY, keyOf);
  const folders = remember(Number.POSITIVE_INFINITY, (_settings: string, revision: string) => documentsOf(revision));
  const holdings = remember(keptHoldings, (key: string, revision: string) => read(key, revision));
  const documents = new Map<string, Result<readonly TypedDocument[]>>();
  let count = 0;
  return {
    keyOf: keys,
    holdingsOf: async (revision) => holdings(await keys(revision), revision),
    cutOff,
  };

  /** The ids of all that the meaning of the documents comes from: their folder, and the settings that say which it is. */
  async function keyOf(revision: string): Promise<string> {
    const tree = trees.get(revision) ?? (await readCommit(clone, revision)).tree;
    const settings = (await clone.trees.find(tree, clone.prefix + settingsFile))?.id ?? 'none';
    const folder = await folders(settings, revision);
    const found = await clone.trees.find(tree, clone.prefix + folder);
    return `${found?.id ?? 'none'}-${settings}`;
  }

  async function documentsOf(revision: string): Promise<string> {
    const [settings] = await loadSettingsFrom(await revisionFiles(clone, revision));
    return settings.documents;
  }

  async function read(key: string, revision: string): Promise<Holdings | null> {
    // Before there were any documents, nobody held anything.
    if (key.startsWith('none-')) return { applications: [] };
    const cached = await cache.read(key);
    if (cached !== undefined) return cached;
    count += 1;
    onRead(count);
    const repository = await loadRepositoryFrom(await revisionFiles(clone, revision));
    const [model, problems] = resolveRepository(repository, endOfDays, readDocuments);
    const made = model === null || hasErrors(problems) ? null : holdingsOfModel(model);
    // What could not be read may be readable tomorrow, once it is fetched.
    if (!repository.unread.some(isUnread)) await cache.write(key, made);
    return made;
  }

  function readDocuments(file: SourceFile): Result<readonly TypedDocument[]> {
    const key = `${file.path}\n${file.text}`;
    const known = documents.get(key);
    if (known !== undefined) return known;
    if (documents.size >= keptDocuments) documents.clear();
    const made = readFile(file);
    documents.set(key, made);
    return made;
  }
}

function isUnread({ code }: Diagnostic): boolean {
  return code === 'RW1019';
}

/** A function that remembers its newest answers by the first argument. */
function remember<T, Rest extends readonly unknown[]>(
  most: number,
  answer: (key: string, ...rest: Rest) => Promise<T>,
): (key: string, ...rest: Rest) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key, ...rest) => {
    const before = known.get(key);
    const promise = before ?? answer(key, ...rest);
    // Put behind the others, so that what is dropped is what nobody has asked for the longest.
    known.delete(key);
    known.set(key, promise);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return promise;
  };
}
