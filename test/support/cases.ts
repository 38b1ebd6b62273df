import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { lintNames } from '../../src/language/catalogue/lint-codes.ts';
import type { Diagnostic } from '../../src/language/diagnostic.ts';
import type { Place, SourceFile } from '../../src/language/source.ts';
import { byCodePoint, formatPlace } from '../../src/language/source.ts';
import type { CheckOptions } from '../../src/pipeline.ts';

const folder = resolve(import.meta.dirname, '../cases');

/** A golden case: a small repository, and what was written down of it by hand, by file name. */
export interface GoldenCase {
  readonly name: string;
  readonly files: readonly SourceFile[];
  readonly expected: ReadonlyMap<string, string>;
}

/** Cases of another kind: two repositories each, see test/report/difference/pull-requests.test.ts. */
const pullRequests = 'pull-requests';

/** All cases, sorted by name. */
export function goldenCases(): readonly GoldenCase[] {
  return readdirSync(folder)
    .filter((name) => name !== pullRequests)
    .sort(byCodePoint)
    .map((name) => {
      const root = join(folder, name);
      const expected = readdirSync(root).filter((file) => file.startsWith('expected'));
      return {
        name,
        files: filesBelow(join(root, 'input')),
        expected: new Map(expected.map((file) => [file, readFileSync(join(root, file), 'utf8')])),
      };
    });
}

/** How cases are checked: a day that never changes, and no lints, which have tests of their own. */
export const caseOptions: CheckOptions = {
  asOf: '2026-11-21',
  settings: { annotations: null, lints: Object.fromEntries(lintNames.map((name) => [name, 'off'])) },
};

/** Diagnostics as a case writes them down: all that they say, one below the other. */
export function written(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.length === 0 ? 'no problems\n' : diagnostics.map(writtenDiagnostic).join('');
}

function writtenDiagnostic({ code, severity, message, place, ...details }: Diagnostic): string {
  const lines = [
    `${place === null ? 'no place' : range(place)}  ${severity} ${code}  ${message}`,
    ...(details.expected === null ? [] : [`    expected: ${indented(details.expected)}`]),
    ...(details.suggestion === null ? [] : [`    suggestion: ${details.suggestion}`]),
    ...(details.help === null ? [] : [`    help: ${indented(details.help)}`]),
    ...details.related.map((item) => `    related: ${formatPlace(item.place)} ${item.message}`),
  ];
  return `${lines.join('\n')}\n`;
}

function range(place: Place): string {
  return `${formatPlace(place)}-${place.endLine}:${place.endColumn}`;
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n        ');
}

function filesBelow(root: string): readonly SourceFile[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
    .sort((a, b) => byCodePoint(a.path, b.path));
}
