import type { Lettering } from '../lettering.ts';
import type { Sign } from '../role-change-text.ts';

/** One entry in words, ready to be laid out: whatever comes from a file is escaped already. */
export interface Told {
  readonly sign: Sign;
  readonly headline: string;
  /** Where the headline only counts: one line for each thing. */
  readonly parts: readonly { readonly text: string; readonly details: readonly Detail[] }[];
  readonly details: readonly Detail[];
}

/** "may now: change spend information". */
export interface Detail {
  readonly label: string;
  readonly value: string;
}

const mostNames = 8;

/** Some of many, with how many there are besides. */
export function some(items: readonly string[], most = mostNames): readonly string[] {
  const more = items.length - most;
  return more > 1 ? [...items.slice(0, most), `${more} more`] : items;
}

/** "a, b and 12 more". */
export function someOf(items: readonly string[]): string {
  const shown = some(items);
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** The warning that stands behind what is sensitive or reserved. */
export function marks(
  { sensitive, reserved }: { readonly sensitive: boolean; readonly reserved: boolean },
  letters: Lettering,
): string {
  const words = [sensitive ? 'sensitive' : null, reserved ? 'reserved' : null].filter((word) => word !== null);
  return words.length === 0 ? '' : letters.mark(words.join(', '));
}
