import type { SourceFile } from '../language/source.ts';
import type { ObservedApi } from '../model/observed-state.ts';
import type { EnvironmentDraft } from './documents.ts';
import { environmentFile, placeLines } from './documents.ts';
import type { FileEdit } from './edited-files.ts';
import { dashColumn, lastLineOf } from './line-edits.ts';
import type { Reading } from './reading.ts';
import { documentAt } from './reading.ts';
import { indented } from './yaml-lines.ts';

/** Puts applications into the environment: below those that it has, or into a new one. */
export function placeApplications(
  folder: string,
  reading: Reading,
  draft: EnvironmentDraft,
  applications: readonly { readonly name: string; readonly api: ObservedApi }[],
): { readonly files: readonly SourceFile[]; readonly edits: readonly FileEdit[] } {
  if (applications.length === 0) return { files: [], edits: [] };
  if (reading.environment === null) return { files: [environmentFile(folder, draft, applications)], edits: [] };
  const { typed, file } = documentAt(reading, reading.environment.place);
  const path = ['spec', 'applications'];
  const dash = dashColumn(typed.document, file.text, path) ?? 4;
  const insert = indented(
    applications.flatMap(({ name, api }) => placeLines(name, api)),
    dash,
  );
  return {
    files: [],
    edits: [{ path: file.path, edits: [{ below: lastLineOf(typed.document, path), remove: 0, insert }] }],
  };
}
