import { createHash } from 'node:crypto';
import { catalogue } from '../language/catalogue.ts';
import type { Diagnostic, Severity } from '../language/diagnostic.ts';
import { hasErrors } from '../language/diagnostic.ts';
import type { Place } from '../language/source.ts';
import { byCodePoint } from '../language/source.ts';
import type { FrameOf } from './frame.ts';
import { jsonText } from './json.ts';
import { plainMessage } from './plain-message.ts';

const levels = { error: 'error', warning: 'warning', advice: 'note' } as const satisfies Record<Severity, string>;

/** What a SARIF report says of the run besides its diagnostics. */
export interface SarifOptions {
  readonly version: string;
  /** From the repository's root to the folder that was checked: `""` or `tools/roles/`. */
  readonly folder: string;
}

/**
 * Diagnostics as SARIF 2.1.0 for code scanning. Problems that no file has are notifications of the run, since a result
 * must have a location. Fingerprints hold what stands in the line, not its number, so that lines above may come and go.
 */
export function sarif(diagnostics: readonly Diagnostic[], frameOf: FrameOf, options: SarifOptions): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort(byCodePoint);
  const placed = diagnostics.flatMap((item) => (item.place === null ? [] : [{ item, place: item.place }]));
  const fingerprint = fingerprints();
  const unplaced = diagnostics.filter(({ place }) => place === null);
  return jsonText({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'rolewright',
            version: options.version,
            rules: codes.map((code) => ({
              id: code,
              shortDescription: { text: catalogue[code].meaning },
              defaultConfiguration: { level: levels[catalogue[code].severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        automationDetails: { id: `rolewright/check/${options.folder}` },
        invocations: [
          { executionSuccessful: !hasErrors(unplaced), toolExecutionNotifications: unplaced.map(notification) },
        ],
        results: placed.map(({ item, place }) => ({
          ruleId: item.code,
          ruleIndex: codes.indexOf(item.code),
          level: levels[item.severity],
          message: { text: plainMessage(item) },
          locations: [location(place, options.folder)],
          relatedLocations: item.related.map((related, id) => ({
            id,
            message: { text: related.message },
            ...location(related.place, options.folder),
          })),
          partialFingerprints: { 'rolewright/v1': fingerprint(item, frameOf(place)?.text ?? '') },
        })),
      },
    ],
  });
}

function notification(item: Diagnostic) {
  return { descriptor: { id: item.code }, level: levels[item.severity], message: { text: plainMessage(item) } };
}

function location(place: Place, folder: string) {
  return {
    physicalLocation: {
      artifactLocation: { uri: `${folder}${place.file}`.toWellFormed().split('/').map(encodeURIComponent).join('/') },
      region: {
        startLine: place.line,
        startColumn: place.column,
        endLine: place.endLine,
        endColumn: place.endColumn,
      },
    },
  };
}

/** The same problem in the same words of the same file, told apart by how often it came before. */
function fingerprints(): (item: Diagnostic, line: string) => string {
  const seen = new Map<string, number>();
  return ({ code, message, place }, line) => {
    const hash = createHash('sha256').update(JSON.stringify([code, message, place?.file ?? null, line.trim()]));
    const digest = hash.digest('hex').slice(0, 32);
    const count = (seen.get(digest) ?? 0) + 1;
    seen.set(digest, count);
    return `${digest}:${count}`;
  };
}
