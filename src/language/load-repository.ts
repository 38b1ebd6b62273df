import type { Diagnostic } from './diagnostic.ts';
import { loadSources } from './load.ts';
import type { Settings } from './settings.ts';
import { loadSettings } from './settings.ts';
import type { SourceFile } from './source.ts';

/** A repository as it lies on disk: its documents and its own settings, with what reading them found. */
export interface Repository {
  readonly files: readonly SourceFile[];
  readonly settings: Settings;
  /** What reading the documents found; names in a file that could not be read are not unknown for that. */
  readonly unread: readonly Diagnostic[];
  /** What reading the settings found. */
  readonly unset: readonly Diagnostic[];
}

/** Reads the settings and the documents of the repository with this root. */
export async function loadRepository(root: string): Promise<Repository> {
  const [settings, unset] = await loadSettings(root);
  const [files, unread] = await loadSources(root, settings.documents);
  return { files, settings, unread, unset };
}
