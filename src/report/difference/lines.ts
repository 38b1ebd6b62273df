import { formatPlace } from '../../language/source.ts';
import type { CauseDifference, CauseLine, SidePlace } from '../../model/difference.ts';
import type { Lettering } from '../lettering.ts';
import type { Detail } from './told.ts';

/** Whether two places are the same token of the same side. */
export function isSamePlace(a: SidePlace, b: SidePlace): boolean {
  return a.side === b.side && formatPlace(a) === formatPlace(b);
}

/** The first of each place. */
function distinctPlaces<T extends { readonly place: SidePlace }>(all: readonly T[]): readonly T[] {
  const groups = Map.groupBy(all, ({ place }) => `${place.side} ${formatPlace(place)}`);
  return [...groups.values()].flatMap(([first]) => (first === undefined ? [] : [first]));
}

/** `roles/a.yaml:8`; for a line that is there no more, where it was. */
export function placeText({ file, line, side }: SidePlace, letters: Lettering): string {
  const place = letters.code(`${file}:${line}`);
  return side === 'head' ? place : `${place} (before)`;
}

const labels = {
  grants: ['grants', 'no longer grants'],
  inherits: ['inherits', 'no longer inherits'],
  base: ['based on', 'no longer based on'],
  assigns: ['gives', 'no longer gives'],
  apps: ['for the apps', 'no longer for the apps'],
  assignable: ['assignable', 'no longer assignable'],
  catalog: ['in the catalog', 'no longer in the catalog'],
  directory: ['in the app directory', 'no longer in the app directory'],
} as const satisfies Record<CauseLine, readonly [head: string, base: string]>;

const mostLines = 3;

/** The lines that were written or deleted, to be looked at: "grants `data/spend-data:edit` at `roles/a.yaml:8`". */
export function lineDetails(
  all: readonly (Pick<CauseDifference, 'place' | 'line'> & { readonly names: string })[],
  letters: Lettering,
): readonly Detail[] {
  const lines = distinctPlaces(all);
  const shown = lines.slice(0, mostLines).map(({ place, line, names }) => ({
    label: labels[line][place.side === 'head' ? 0 : 1],
    value: `${letters.code(names)} at ${letters.code(`${place.file}:${place.line}`)}`,
  }));
  const more = lines.length - shown.length;
  return more === 0 ? shown : [...shown, { label: 'and', value: `${more} more lines` }];
}
