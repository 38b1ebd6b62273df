import type { Diagnostic } from '../language/diagnostic.ts';
import type { FrameOf } from './frame.ts';
import { formatFrame } from './frame.ts';
import { tally } from './tally.ts';

/**
 * Diagnostics as JSON, version 1 of the schema: everything that `pretty` shows, the frame included. `error` is what was
 * wrong with the command line, where that is why there is no data.
 */
export function json(diagnostics: readonly Diagnostic[], frameOf: FrameOf, error: string | null = null): string {
  return jsonText(jsonReport(diagnostics, frameOf, error));
}

/** What `json` writes, for a verb that has something to add. */
export function jsonReport(diagnostics: readonly Diagnostic[], frameOf: FrameOf, error: string | null) {
  return {
    schemaVersion: 1,
    error,
    summary: tally(diagnostics),
    diagnostics: diagnostics.map((item) => {
      const frame = item.place === null ? null : frameOf(item.place);
      return {
        code: item.code,
        severity: item.severity,
        message: item.message,
        place: item.place,
        frame: frame === null ? null : formatFrame(frame),
        expected: item.expected,
        suggestion: item.suggestion,
        related: item.related,
        help: item.help,
      };
    }),
  };
}

/** JSON for a person or a program: two spaces, a line feed at the end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
