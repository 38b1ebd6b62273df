import type { Document, Path } from '../../language/parse/document.ts';
import type { Place } from '../../language/source.ts';
import { byCodePoint } from '../../language/source.ts';
import type { Identity, Named } from '../definitions.ts';
import type { Collector } from './collector.ts';
import type { Claim } from './names.ts';

const smallWords = new Set([
  'a',
  'an',
  'and',
  'as',
  'at',
  'by',
  'for',
  'from',
  'in',
  'of',
  'on',
  'or',
  'the',
  'to',
  'with',
]);

/** The title of a name that has none: its words capitalised, but for the small ones after the first. */
export function titleOf(name: string): string {
  return name
    .split('-')
    .map((word, index) => (index > 0 && smallWords.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
}

interface WrittenIdentity {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly owners?: readonly string[] | undefined;
  readonly formerly?: readonly string[] | undefined;
  readonly silences?: readonly { readonly lint: string; readonly reason: string }[] | undefined;
}

/** Who a document is, from its `metadata`. */
export function identityOf(document: Document, metadata: WrittenIdentity, collector: Collector): Identity {
  return {
    name: metadata.name,
    title: titleAt(document, ['metadata', 'title'], metadata, collector),
    description: metadata.description ?? null,
    owners: metadata.owners ?? [],
    formerly: metadata.formerly ?? [],
    silences: (metadata.silences ?? []).map(({ lint, reason }, index) => ({
      lint: { name: lint, place: document.locate(['metadata', 'silences', index, 'lint']) },
      reason,
    })),
    place: document.locate(['metadata', 'name']),
  };
}

/** The names that a document claims by its `metadata`, for something. */
export function claimOf<T>(document: Document, { name, formerly }: WrittenIdentity, value: T): Claim<T> {
  const place = document.locate(['metadata', 'name']);
  return { name, place, formerly: formerNames(document, ['metadata', 'formerly'], formerly), value };
}

/** The title as written, or as the name gives it; one that is not in normal form C is an error. */
export function titleAt(
  document: Document,
  path: Path,
  written: { readonly name: string; readonly title?: string | undefined },
  collector: Collector,
): string {
  const title = written.title;
  if (title === undefined) return titleOf(written.name);
  if (title.normalize('NFC') !== title) {
    collector.report('RW2121', document.locate(path), { title }, { expected: 'Unicode normal form C' });
  }
  return title;
}

/** Former names with their places. */
export function formerNames(
  document: Document,
  path: Path,
  formerly: readonly string[] | undefined,
): readonly { name: string; place: Place }[] {
  return (formerly ?? []).map((name, index) => ({ name, place: document.locate([...path, index]) }));
}

/** The entries of a set with their places; an entry that stands twice is an error, a set out of order an advice. */
export function namedSet(
  document: Document,
  path: Path,
  entries: readonly string[] | undefined,
  collector: Collector,
): readonly Named[] {
  const unique = uniqueNames(document, path, entries, collector);
  reportUnsorted(String(path.findLast((step) => typeof step === 'string')), unique, collector);
  return unique;
}

/** The entries of a list with their places; an entry that stands twice is an error. */
export function uniqueNames(
  document: Document,
  path: Path,
  entries: readonly string[] | undefined,
  collector: Collector,
): readonly Named[] {
  const named = (entries ?? []).map((name, index) => ({ name, place: document.locate([...path, index]) }));
  const key = String(path.findLast((step) => typeof step === 'string'));
  const seen = new Map<string, Place>();
  return named.filter(({ name, place }) => {
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, place);
      return true;
    }
    const related = [{ message: 'first here', place: first }];
    collector.report('RW2120', place, { entry: name, key }, { related, expected: 'once' });
    return false;
  });
}

/** Advises where a set is not sorted by code point; told once, at the first entry that stands too late. */
export function reportUnsorted(key: string, entries: readonly Named[], collector: Collector): void {
  for (const [index, entry] of entries.entries()) {
    const before = entries[index - 1];
    if (before === undefined || byCodePoint(before.name, entry.name) <= 0) continue;
    const parameters = { key, entry: entry.name, before: before.name };
    collector.report('RW2122', entry.place, parameters, { help: 'rolewright format sorts it' });
    return;
  }
}
