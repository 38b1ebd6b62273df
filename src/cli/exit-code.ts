import type { Entry } from '../language/catalogue/entry.ts';
import { catalogue } from '../language/catalogue.ts';
import type { Diagnostic } from '../language/diagnostic.ts';

/** Exit codes, the same as Pulumi's wherever both have one. */
export const exitCodes = {
  clean: 0,
  findings: 1,
  usage: 2,
  notAuthorised: 3,
  failed: 4,
  refused: 5,
  noSuchStack: 6,
  expectation: 7,
  cancelled: 8,
  bug: 255,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What `--help` says of them. */
export const exitCodeHelp = [
  '0 clean   1 findings   2 usage, configuration or a missing engine   3 not authorised',
  '4 provider or engine failed   5 refused by a guard   6 no such stack',
  '7 expectation about changes unmet   8 cancelled   255 a bug in Rolewright',
].join('\n  ');

/**
 * The exit code of a run that ends with these problems. Each error brings the code of its entry in the catalogue, and
 * the highest number wins: the higher, the further out the cause lies (findings < usage < tenant < cancelled), and
 * what lies further out explains the rest. Warnings and advice count only with `strict`, as findings.
 */
export function exitCodeOf(diagnostics: readonly Diagnostic[], strict: boolean): ExitCode {
  return Math.max(...diagnostics.map((item) => exitCodeOfOne(item, strict)), exitCodes.clean) as ExitCode;
}

function exitCodeOfOne({ code, severity }: Diagnostic, strict: boolean): ExitCode {
  if (severity !== 'error') return strict ? exitCodes.findings : exitCodes.clean;
  const entry: Entry = catalogue[code];
  return entry.exitCode ?? exitCodes.findings;
}
