import type { Diagnostic } from './diagnostic.ts';
import type { FileTree } from './file-tree.ts';
import { filesOnDisk } from './file-tree.ts';
import { loadSourcesFrom } from './load.ts';
import type { Settings } from './settings.ts';
import { loadSettingsFrom } from './settings.ts';
import type { SourceFile } from './source.ts';

/** A repository as it was read: its documents and its own settings, with what reading them found. */
export interface Repository {
  readonly files: readonly SourceFile[];
  readonly settings: Settings;
  /** What reading the documents found; names in a file that could not be read are not unknown for that. */
  readonly unread: readonly Diagnostic[];
  /** What reading the settings found. */
  readonly unset: readonly Diagnostic[];
}

/** Reads the settings and the documents of the repository with this root, on disk. */
export function loadRepository(root: string): Promise<Repository> {
  return loadRepositoryFrom(filesOnDisk(root));
}

/** Reads the settings and the documents of a repository, wherever its files come from. */
export async function loadRepositoryFrom(tree: FileTree): Promise<Repository> {
  const [settings, unset] = await loadSettingsFrom(tree);
  const [files, unread] = await loadSourcesFrom(tree, settings.documents);
  return { files, settings, unread, unset };
}
