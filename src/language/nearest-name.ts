import { distance } from 'fastest-levenshtein';
import { byCodePoint } from './source.ts';

/**
 * The known name that a misspelt one most likely means, or null where none is near: at most a third of its letters
 * differ (one edit is always allowed), it has the same letters in another order, or it is a beginning of the name. Of
 * equally near ones the first by code point, so that the answer never depends on an order.
 */
export function nearestName(misspelt: string, known: Iterable<string>): string | null {
  const limit = Math.max(1, Math.floor(misspelt.length / 3));
  const isBeginning = (candidate: string) => misspelt.length > 2 && candidate.startsWith(misspelt);
  const near = [...known]
    // Names whose lengths differ by more than the limit differ by more edits; that costs nothing to see.
    .filter((candidate) => Math.abs(candidate.length - misspelt.length) <= limit || isBeginning(candidate))
    .map((candidate) => ({ candidate, edits: distance(misspelt.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= limit || isBeginning(candidate) || isReordered(candidate, misspelt))
    .sort((a, b) => a.edits - b.edits || byCodePoint(a.candidate, b.candidate));
  return near[0]?.candidate ?? null;
}

function isReordered(candidate: string, misspelt: string): boolean {
  return candidate.length === misspelt.length && lettersOf(candidate) === lettersOf(misspelt);
}

function lettersOf(name: string): string {
  return [...name.toLowerCase()].sort().join('');
}
