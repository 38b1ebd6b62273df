import type { Place } from '../../../language/source.ts';
import type { CatalogEntry } from '../../../model/application-difference.ts';
import type { Side } from '../sides.ts';

/** What a catalog names: each has a name, a title and a place. */
export interface Entered {
  readonly name: string;
  readonly title: string;
  readonly place: Place;
}

/** Writes one entry about a thing as a side has it. */
export function entryOf(
  subject: CatalogEntry['subject'],
  { name, title, place }: Entered,
  change: CatalogEntry['change'],
  was: string | null,
  { side }: Pick<Side, 'side'>,
): CatalogEntry {
  return { subject, name, title, change, was, place: { side, ...place } };
}

/** The entries of a thing that both sides have, by what of it differs; `was` of a change that is null says that nothing does. */
export function entriesOf(
  subject: CatalogEntry['subject'],
  base: Entered,
  head: Entered,
  others: {
    readonly isDescribedAnew: boolean;
    /** Each fact that differs, as it was. */
    readonly facts: readonly string[];
  },
): readonly CatalogEntry[] {
  const at = { side: 'head' } as const;
  return [
    ...(base.name === head.name ? [] : [entryOf(subject, head, 'renamed', base.name, at)]),
    ...(base.title === head.title ? [] : [entryOf(subject, head, 'retitled', base.title, at)]),
    ...(others.isDescribedAnew ? [entryOf(subject, head, 'described', null, at)] : []),
    ...others.facts.map((was) => entryOf(subject, head, 'changed', was, at)),
  ];
}
