import type { Code, Parameters } from './catalogue.ts';
import { catalogue } from './catalogue.ts';
import type { Place } from './source.ts';
import { byCodePoint, byPlace } from './source.ts';

/** `error`: refused. `warning`: will become an error, or is one for `--strict`. `advice`: a lint. */
export type Severity = 'error' | 'warning' | 'advice';

/** Another place that a problem involves, with what stands there ("also defined here"). */
export interface Related {
  readonly message: string;
  readonly place: Place;
}

/** One problem, as plain data: every report is made from this and nothing else. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  /** The very token, or null for a problem that no file has (a missing engine, an unreachable tenant). */
  readonly place: Place | null;
  /** What would have been right, in a few words. */
  readonly expected: string | null;
  /** The nearest known name, to be put in the token's stead. */
  readonly suggestion: string | null;
  readonly related: readonly Related[];
  /** What to do next, one line. */
  readonly help: string | null;
}

/** What a diagnostic may say beyond its code, place and parameters. */
export interface Details {
  readonly expected?: string | null;
  readonly suggestion?: string | null;
  readonly related?: readonly Related[];
  readonly help?: string | null;
}

/** A value that a stage made, as far as it could, and the problems that it met. */
export type Result<T> = readonly [value: T, diagnostics: readonly Diagnostic[]];

/** Makes the diagnostic of a code; the parameters are those of its message in the catalogue. */
export function diagnostic<C extends Code>(
  code: C,
  place: Place | null,
  parameters: Parameters<C>,
  details: Details = {},
): Diagnostic {
  const entry = catalogue[code];
  const message = (entry.message as (parameters: Parameters<C>) => string)(parameters);
  return {
    code,
    severity: entry.severity,
    message,
    place,
    expected: details.expected ?? null,
    suggestion: details.suggestion ?? null,
    related: details.related ?? [],
    help: details.help ?? null,
  };
}

/** True if any of them is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** Sorted by file, line, column and code, those without a place first; what is said twice is kept once. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return [...diagnostics].sort(compare).filter((item) => {
    const key = JSON.stringify([item.code, item.place, item.message]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function compare(a: Diagnostic, b: Diagnostic): number {
  if (a.place === null || b.place === null) {
    return (
      Number(b.place === null) - Number(a.place === null) ||
      byCodePoint(a.code, b.code) ||
      byCodePoint(a.message, b.message)
    );
  }
  return byPlace(a.place, b.place) || byCodePoint(a.code, b.code) || byCodePoint(a.message, b.message);
}
