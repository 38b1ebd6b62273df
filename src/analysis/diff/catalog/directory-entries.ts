import type { CatalogEntry } from '../../../model/application-difference.ts';
import type { App, Vendor } from '../../../model/definitions.ts';
import { matched } from '../../../model/match.ts';
import type { Side } from '../sides.ts';
import { entriesOf, entryOf } from './entries.ts';

/** What differs of two app directories: apps, vendors, and whom both are sold by. */
export function directoryEntries(base: Side, head: Side): readonly CatalogEntry[] {
  const [before, after] = [base.application.definition, head.application.definition];
  return [
    ...listEntries('app', before.apps, after.apps, base, head, (one, other) => [
      ...vendorFact(one, other, base),
      ...resellerFact(one, other),
    ]),
    ...listEntries('vendor', before.vendors, after.vendors, base, head, resellerFact),
  ];
}

function listEntries<T extends App | Vendor>(
  subject: 'app' | 'vendor',
  before: readonly T[],
  after: readonly T[],
  base: Side,
  head: Side,
  factsOf: (one: T, other: T) => readonly string[],
): readonly CatalogEntry[] {
  return matched(before, after).flatMap((pair) => {
    if (pair.base === null) return pair.head === null ? [] : [entryOf(subject, pair.head, 'added', null, head)];
    if (pair.head === null) return [entryOf(subject, pair.base, 'removed', null, base)];
    return entriesOf(subject, pair.base, pair.head, { isDescribedAnew: false, facts: factsOf(pair.base, pair.head) });
  });
}

function vendorFact(before: App, after: App, { now }: Side): readonly string[] {
  const vendor = before.vendor === null ? null : now.vendor(before.vendor);
  if (vendor === after.vendor) return [];
  return [before.vendor === null ? 'without a vendor' : `vendor ${before.vendor}`];
}

function resellerFact(before: App | Vendor, after: App | Vendor): readonly string[] {
  if (before.resellers.join() === after.resellers.join()) return [];
  return [before.resellers.length === 0 ? 'without resellers' : `resellers ${before.resellers.join(', ')}`];
}
