import type { Diagnostic } from '../language/diagnostic.ts';
import type { FrameOf } from './frame.ts';
import { jsonReport, jsonText } from './json.ts';

/** What a verb has done to the documents, or would do. */
export interface ChangedFiles {
  /** How many it has looked at. */
  readonly files: number;
  /** Those that are not in the form that it writes, in the order of their paths. */
  readonly changed: readonly string[];
  /** false: it was to tell, and not to write. */
  readonly written: boolean;
}

/** The same as data, version 1 of the schema, with every problem on the way: one answer, whatever was found. */
export function changedFilesJson(changed: ChangedFiles) {
  return (diagnostics: readonly Diagnostic[], frameOf: FrameOf): string =>
    jsonText({ ...jsonReport(diagnostics, frameOf, null), ...changed });
}
