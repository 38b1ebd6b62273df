import { z } from 'zod';
import type { AnnotationCheck } from './annotations.ts';
import type { LintName } from './catalogue/lint-codes.ts';
import { lintNames } from './catalogue/lint-codes.ts';
import type { Diagnostic, Result, Severity } from './diagnostic.ts';
import { diagnostic, hasErrors } from './diagnostic.ts';
import type { FileTree } from './file-tree.ts';
import { filesOnDisk } from './file-tree.ts';
import { decodeSource, documentsFolder, largestFile } from './load.ts';
import type { Document } from './parse/document.ts';
import { parse } from './parse/parse.ts';
import type { Place, SourceFile } from './source.ts';
import { shapeProblem } from './validate/shape-problem.ts';

/** Where the settings lie, at the root of the repository. */
export const settingsFile = 'rolewright.config.yaml';

/** How a lint is told; `off`: not at all. */
export type LintLevel = 'off' | Severity;

/** The lints that are told otherwise than the catalogue of codes says. */
export type LintLevels = Readonly<Partial<Record<LintName, LintLevel>>>;

/** The share of roles × permissions that the tests of an application must reach. */
export interface WantedCoverage {
  readonly application: string;
  /** 0 to 100. */
  readonly percent: number;
  /** The key; that the application exists is not known here. */
  readonly place: Place;
}

/** The repository's own settings. They give and take no permission. */
export interface Settings {
  /** The folder of the documents, below the root. */
  readonly documents: string;
  readonly coverage: readonly WantedCoverage[];
  readonly lints: LintLevels;
  /** Holds annotations against the repository's own JSON Schema; null where it has none. */
  readonly annotations: AnnotationCheck | null;
  /** The file that diagnostics of the settings point into; empty where there is none. */
  readonly files: readonly SourceFile[];
}

/** What counts where nothing is said. */
export const defaultSettings: Settings = {
  documents: documentsFolder,
  coverage: [],
  lints: {},
  annotations: null,
  files: [],
};

const levels = ['off', 'advice', 'warning', 'error'] as const satisfies readonly LintLevel[];

const pathBelowRoot = z
  .string()
  .max(500)
  .regex(/^(?!.*(?:^|\/)\.{0,2}(?:\/|$))[^\\:]+$/)
  .describe('a path below the root of the repository, with "/"');

const schema = z.strictObject({
  documents: pathBelowRoot.optional(),
  coverage: z
    .record(
      z.string(),
      z
        .string()
        .regex(/^(?:100|[1-9]?[0-9])%$/)
        .describe('a share: 80%'),
    )
    .optional(),
  lints: z.strictObject(Object.fromEntries(lintNames.map((name) => [name, z.enum(levels).optional()]))).optional(),
  annotations: pathBelowRoot.optional(),
});

/** Reads the settings of the repository with this root, on disk. */
export function loadSettings(root: string): Promise<Result<Settings>> {
  return loadSettingsFrom(filesOnDisk(root));
}

/**
 * Reads `rolewright.config.yaml`. Without the file the defaults count; with an error in it they count as well, and the
 * run is told. The check for annotations is loaded only where the settings name a schema.
 */
export async function loadSettingsFrom(tree: FileTree): Promise<Result<Settings>> {
  const [file, unread] = await readSettings(tree);
  if (file === null) return [defaultSettings, unread];
  const unset: Settings = { ...defaultSettings, files: [file] };
  const [documents, parsing] = parse([file]);
  const problems: readonly Diagnostic[] = [
    ...parsing
      .filter(({ code }) => code !== 'RW1022')
      .map((problem) => (problem.code === 'RW1016' ? { ...problem, expected: 'a map of settings' } : problem)),
    ...documents.slice(1).map((second) => diagnostic('RW1201', second.locate([]), {}, { expected: 'one document' })),
  ];
  const [document] = documents;
  if (document === undefined) return [unset, problems];
  const parsed = schema.safeParse(document.value);
  if (!parsed.success) {
    const shapes = parsed.error.issues.flatMap((issue) => shapeProblem(issue, document, schema));
    return [unset, [...problems, ...shapes]];
  }
  if (hasErrors(problems)) return [unset, problems];
  const { documents: folder = documentsFolder, coverage = {}, lints = {}, annotations: path } = parsed.data;
  const [annotations, unusable] = await annotationCheckAt(tree, path, document);
  const settings: Settings = {
    ...unset,
    documents: folder,
    coverage: Object.entries(coverage).map(([application, share]) => ({
      application,
      percent: Number(share.slice(0, -1)),
      place: document.locate(['coverage', application], 'key'),
    })),
    lints,
    annotations,
  };
  return [settings, [...problems, ...unusable]];
}

async function readSettings(tree: FileTree): Promise<Result<SourceFile | null>> {
  const found = await tree.read(settingsFile, largestFile);
  if ('bytes' in found) return decodeSource(settingsFile, found.bytes);
  const place: Place = { file: settingsFile, line: 1, column: 1, endLine: 1, endColumn: 1 };
  if ('tooLarge' in found) {
    return [null, [diagnostic('RW1002', place, { bytes: found.tooLarge, limit: largestFile })]];
  }
  if (found.unreadable === 'ENOENT') return [null, []];
  return [null, [diagnostic('RW1019', place, { reason: found.unreadable })]];
}

async function annotationCheckAt(
  tree: FileTree,
  path: string | undefined,
  settings: Document,
): Promise<Result<AnnotationCheck | null>> {
  if (path === undefined) return [null, []];
  const place = settings.locate(['annotations']);
  const unusable = (reason: string, help: string): Result<null> => [
    null,
    [diagnostic('RW1202', place, { path, reason }, { help })],
  ];
  const read = await tree.read(path, largestFile);
  if ('tooLarge' in read) return unusable(`it has ${read.tooLarge} bytes`, `at most ${largestFile} are read`);
  if ('unreadable' in read) {
    const reason = read.unreadable === 'ENOENT' ? 'there is no such file' : read.unreadable;
    return unusable(reason, 'the path is relative to the root');
  }
  const { annotationCheck } = await import('./annotations.ts');
  const found = annotationCheck(new TextDecoder().decode(read.bytes));
  return 'check' in found ? [found.check, []] : unusable(found.reason, 'draft-07, 2019-09 and 2020-12 are read');
}
