import { createHash } from 'node:crypto';
import type { Related } from '../language/diagnostic.ts';
import type { Place } from '../language/source.ts';
import { byCodePoint } from '../language/source.ts';
import { jsonText } from './json.ts';

export type SarifLevel = 'error' | 'warning' | 'note';

/** A kind of result, by the id under which code scanning knows it for good. */
export interface SarifRule {
  readonly id: string;
  readonly meaning: string;
  readonly level: SarifLevel;
}

export interface SarifResult {
  readonly rule: SarifRule;
  /** The rule's, unless it was set otherwise. */
  readonly level: SarifLevel;
  readonly message: string;
  /** null: no file has it. */
  readonly place: Place | null;
  readonly related: readonly Related[];
  /** What makes it the same result in the next run. No line number, so that lines above may come and go. */
  readonly identity: readonly (string | null)[];
}

/** What a SARIF report says of the run besides its results. */
export interface SarifOptions {
  readonly version: string;
  /** From the repository's root to the folder that was checked: `""` or `tools/roles/`. */
  readonly folder: string;
}

/**
 * A log of SARIF 2.1.0 for code scanning. What no file has is a notification of the run, since a result must have a
 * location. `category` keeps the results of one verb from replacing those of another.
 */
export function sarifLog(results: readonly SarifResult[], category: string, options: SarifOptions): string {
  const rules = [...new Map(results.map(({ rule }) => [rule.id, rule])).values()].sort((a, b) =>
    byCodePoint(a.id, b.id),
  );
  const fingerprint = fingerprints();
  const unplaced = results.filter(({ place }) => place === null);
  return jsonText({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'rolewright',
            version: options.version,
            rules: rules.map(({ id, meaning, level }) => ({
              id,
              shortDescription: { text: meaning },
              defaultConfiguration: { level },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        automationDetails: { id: `rolewright/${category}/${options.folder}` },
        invocations: [
          {
            executionSuccessful: !unplaced.some(({ level }) => level === 'error'),
            toolExecutionNotifications: unplaced.map(({ rule, level, message }) => ({
              descriptor: { id: rule.id },
              level,
              message: { text: message },
            })),
          },
        ],
        results: results.flatMap(({ rule, level, message, place, related, identity }) =>
          place === null
            ? []
            : [
                {
                  ruleId: rule.id,
                  ruleIndex: rules.findIndex(({ id }) => id === rule.id),
                  level,
                  message: { text: message },
                  locations: [location(place, options.folder)],
                  relatedLocations: related.map((item, id) => ({
                    id,
                    message: { text: item.message },
                    ...location(item.place, options.folder),
                  })),
                  partialFingerprints: { 'rolewright/v1': fingerprint(identity) },
                },
              ],
        ),
      },
    ],
  });
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

/** The same result, told apart by how often it came before. */
function fingerprints(): (identity: SarifResult['identity']) => string {
  const seen = new Map<string, number>();
  return (identity) => {
    const digest = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
    const count = (seen.get(digest) ?? 0) + 1;
    seen.set(digest, count);
    return `${digest}:${count}`;
  };
}
