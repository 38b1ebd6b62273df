import type { CatalogDifference } from '../../../model/application-difference.ts';

/** Whether a version, `1.4.0`, says at least what a change calls for, counted from the one before. It never goes back. */
export function saysEnough(calls: CatalogDifference['calls'], base: string, head: string): boolean {
  const [before, after] = [partsOf(base), partsOf(head)];
  const first = before.findIndex((part, index) => part !== after[index]);
  if (first < 0) return calls === 'none';
  if ((after[first] ?? 0) < (before[first] ?? 0)) return false;
  // Before 1.0.0 nothing is promised but that the second part says what breaks.
  const wanted = { major: 0, minor: 1, patch: 2, none: 2 }[calls];
  const isEarly = before[0] === 0;
  return first <= (isEarly && calls !== 'patch' ? wanted + 1 : wanted);
}

function partsOf(version: string): readonly number[] {
  return version.split('.').map(Number);
}
