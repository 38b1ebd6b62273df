import type { Diagnostic } from '../language/diagnostic.ts';

/** How many problems of each severity there are. */
export interface Tally {
  readonly errors: number;
  readonly warnings: number;
  readonly advice: number;
}

/** Counts diagnostics by severity. */
export function tally(diagnostics: readonly Diagnostic[]): Tally {
  const count = (severity: Diagnostic['severity']) => diagnostics.filter((item) => item.severity === severity).length;
  return { errors: count('error'), warnings: count('warning'), advice: count('advice') };
}

/** "2 errors, 1 warning"; "no problems" where there are none. */
export function tallyText({ errors, warnings, advice }: Tally): string {
  const parts = [
    errors > 0 ? counted(errors, 'error') : null,
    warnings > 0 ? counted(warnings, 'warning') : null,
    advice > 0 ? counted(advice, 'piece of advice', 'pieces of advice') : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'no problems' : parts.join(', ');
}

/** "1 role", "2 roles". */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
