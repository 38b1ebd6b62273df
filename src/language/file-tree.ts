import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the files of a repository come from: a folder on disk, or a revision in git's object store. Paths have `/`. */
export interface FileTree {
  /** What stands in a folder, in any order. */
  readonly list: (folder: string) => Promise<Listing>;
  /** A file's bytes; of more than `limit` none is read. */
  readonly read: (path: string, limit: number) => Promise<FileRead>;
}

export type Listing = { readonly entries: readonly Entry[] } | Unreadable;

export type FileRead = { readonly bytes: Uint8Array } | { readonly tooLarge: number } | Unreadable;

/** `ENOENT` where nothing is there; else a code of the operating system, or the reason in words. */
export interface Unreadable {
  readonly unreadable: string;
}

export interface Entry {
  readonly name: string;
  /** Links and submodules are never followed; `link-to-folder` where documents may lie behind one. */
  readonly kind: 'file' | 'folder' | 'link' | 'link-to-folder' | 'submodule' | 'other';
}

/** The files below a folder on disk. */
export function filesOnDisk(root: string): FileTree {
  return {
    list: async (folder) => {
      try {
        const found = await readdir(join(root, folder), { withFileTypes: true });
        return { entries: await Promise.all(found.map((entry) => entryOf(join(root, folder), entry))) };
      } catch (error) {
        return { unreadable: reasonOf(error) };
      }
    },
    read: async (path, limit) => {
      try {
        const { size } = await stat(join(root, path));
        return size > limit ? { tooLarge: size } : { bytes: await readFile(join(root, path)) };
      } catch (error) {
        return { unreadable: reasonOf(error) };
      }
    },
  };
}

async function entryOf(folder: string, entry: Dirent): Promise<Entry> {
  const { name } = entry;
  if (entry.isDirectory()) return { name, kind: 'folder' };
  if (entry.isFile()) return { name, kind: 'file' };
  if (!entry.isSymbolicLink()) return { name, kind: 'other' };
  const target = await stat(join(folder, name)).catch(() => null);
  return { name, kind: target?.isDirectory() === true ? 'link-to-folder' : 'link' };
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
