import { posix } from 'node:path';
import type { Entry, FileRead, FileTree, Unreadable } from '../language/file-tree.ts';
import type { Clone } from './clone.ts';
import { readCommit } from './clone.ts';
import type { TreeEntry } from './tree.ts';

/** Longer than any path, and so than what a link says. */
const longestLink = 4096;

/**
 * The files of our repository as a commit has them, read from git's object store: nothing is checked out, and no filter
 * or attribute changes a byte.
 */
export async function revisionFiles(clone: Clone, commit: string): Promise<FileTree> {
  const { tree } = await readCommit(clone, commit);
  return {
    list: async (folder) => {
      const found = await clone.trees.find(tree, clone.prefix + folder);
      if (found?.kind !== 'folder') return notRead(found, 'ENOTDIR');
      const entries = await clone.trees.entries(found.id);
      if (entries === null) return missing;
      return { entries: await Promise.all(entries.map((entry) => entryOf(clone, tree, clone.prefix + folder, entry))) };
    },
    read: async (path, limit) => {
      const found = await clone.trees.find(tree, clone.prefix + path);
      return found?.kind === 'file' ? readBlob(clone, found.id, limit) : notRead(found, 'EISDIR');
    },
  };
}

const missing: Unreadable = {
  unreadable: 'this clone has not fetched it, or damaged it: git fetch --refetch gets everything',
};

async function readBlob({ objects }: Clone, id: string, limit: number): Promise<FileRead> {
  const header = await objects.describe(id);
  if (header === null) return missing;
  if (header.size > limit) return { tooLarge: header.size };
  const bytes = await objects.read(id);
  return bytes === null ? missing : { bytes };
}

function notRead(found: TreeEntry | null, otherwise: string): Unreadable {
  if (found === null) return { unreadable: 'ENOENT' };
  if (found.kind === 'link') return { unreadable: 'it is a link, and links are not followed' };
  if (found.kind === 'submodule') return { unreadable: 'it is a submodule, and submodules are not followed' };
  return { unreadable: otherwise };
}

async function entryOf(clone: Clone, tree: string, folder: string, { name, kind, id }: TreeEntry): Promise<Entry> {
  if (kind !== 'link') return { name, kind };
  return { name, kind: (await mayHoldDocuments(clone, tree, folder, id)) ? 'link-to-folder' : 'link' };
}

/** Whether a folder may lie behind a link. Where it leads out of the revision, or to another link, nobody can tell. */
async function mayHoldDocuments(clone: Clone, tree: string, folder: string, link: string): Promise<boolean> {
  const said = await readBlob(clone, link, longestLink);
  if (!('bytes' in said)) return true;
  const target = new TextDecoder().decode(said.bytes);
  const path = posix.join(folder, target);
  if (posix.isAbsolute(target) || path === '..' || path.startsWith('../')) return true;
  const found = await clone.trees.find(tree, path);
  return found !== null && found.kind !== 'file';
}
