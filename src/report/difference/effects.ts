import type { LevelEffects } from '../../model/difference.ts';
import { denied } from '../explain-losses.ts';
import type { Lettering } from '../lettering.ts';
import type { Detail } from './told.ts';
import { some } from './told.ts';

const mostEffects = 6;

/** What people may now do, in the words of what its denial withholds; `of`: for what, where they could before for something else. */
export function gainDetails(gains: readonly LevelEffects[], of: string, letters: Lettering): readonly Detail[] {
  return effectDetails(gains, [`now sees${of}`, `may now${of}`, null], letters);
}

/** What people can do no longer. */
export function lossDetails(losses: readonly LevelEffects[], of: string, letters: Lettering): readonly Detail[] {
  return effectDetails(losses, [`no longer sees${of}`, `can no longer${of}`, 'keeps'], letters);
}

function effectDetails(
  levels: readonly LevelEffects[],
  [sees, can, keeps]: readonly [sees: string, can: string, keeps: string | null],
  letters: Lettering,
): readonly Detail[] {
  if (levels.length === 0) return [];
  const effects = denied(
    levels.map(({ level, title, hidden, refused, remains, documented }) => ({
      level: level === null ? null : { name: level, title: title ?? level },
      effects: documented ? { hidden, refused, remains, undocumented: null } : null,
    })),
  );
  if (effects === null) return [{ label: 'meaning', value: 'not documented in the catalog' }];
  const silent = effects.silent.map(letters.text).join(', ');
  const labelled: readonly (readonly [string | null, readonly string[]])[] = [
    [sees, effects.hidden],
    [can, effects.refused],
    [keeps, effects.remains],
  ];
  return [
    ...labelled.flatMap(([label, items]) =>
      label === null || items.length === 0
        ? []
        : [{ label, value: some(items, mostEffects).map(letters.text).join('; ') }],
    ),
    ...(silent === '' ? [] : [{ label: 'meaning', value: `${silent}: not documented in the catalog` }]),
  ];
}
