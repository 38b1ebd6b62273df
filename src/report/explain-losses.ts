import type { Loss } from '../analysis/explain/explanation.ts';
import { padEndTo } from './display-width.ts';
import { wrapped } from './enumeration.ts';
import type { Paint } from './paint.ts';
import { terminalText } from './terminal-text.ts';

/** What the denial of some levels comes to for a person who has none of them. */
export interface Denied {
  readonly hidden: readonly string[];
  readonly refused: readonly string[];
  readonly remains: readonly string[];
  /** Levels of which nothing is documented, as long as something is of another one. */
  readonly silent: readonly string[];
}

/** The effects of several levels as one, or null where nobody has documented any. */
export function denied(losses: readonly Loss[]): Denied | null {
  const known = losses.flatMap(({ effects }) => (effects === null || effects.undocumented !== null ? [] : [effects]));
  if (known.length === 0) return null;
  const silent = losses.filter(({ effects }) => effects === null || effects.undocumented !== null);
  return {
    hidden: [...new Set(known.flatMap((effects) => effects.hidden))],
    refused: [...new Set(known.flatMap((effects) => effects.refused))],
    // What remains when a level is denied may be just what a lower level gives, so it counts for the lowest one alone.
    remains: losses[0]?.effects?.remains ?? [],
    silent: silent.flatMap(({ level }) => (level === null ? [] : [level.title])),
  };
}

/** "not documented", with the reason if one is given. */
export function notDocumented(losses: readonly Loss[]): string {
  const whys = new Set(losses.map(({ effects }) => effects?.undocumented ?? null).filter((why) => why !== null));
  const why = [...whys].map((text) => terminalText(text.replace(/\.$/u, ''))).join('; ');
  return `not documented${why === '' ? '' : `: ${why}`}`;
}

/** Lines to stand under "a person": a thing a line, behind `does not see`, `cannot` and `keeps`. */
export function deniedLines({ hidden, refused, remains, silent }: Denied, paint: Paint): readonly string[] {
  const notes = silent.length === 0 ? [] : [paint('faint', `(${silent.map(terminalText).join(', ')}: not documented)`)];
  return [
    ...labelled([
      ['does not see', hidden.map(terminalText)],
      ['cannot', refused.map(terminalText)],
      ['keeps', remains.map(terminalText)],
    ]),
    ...notes,
  ];
}

const mostActions = 3;

/** The same in few lines: areas of one menu together, and of many actions the first ones. */
export function deniedInShort({ hidden, refused, remains }: Denied, width: number): readonly string[] {
  const menus = Map.groupBy(hidden, (area) => area.split(' > ').slice(0, -1).join(' > '));
  const more = refused.length - mostActions;
  const actions = more > 1 ? [...refused.slice(0, mostActions), `and ${more} more`] : refused;
  const lines = (items: readonly string[], separator: string) =>
    wrapped(
      items.map((item, index) => terminalText(item) + (index < items.length - 1 ? separator : '')),
      width,
    );
  const areas = [...menus].flatMap(([menu, items]) => {
    if (menu === '') return items.map(terminalText);
    const names = items.map((area) => area.split(' > ').at(-1) ?? area);
    return lines([`${menu} > ${names[0]}`, ...names.slice(1)], ',').map((line, at) => (at === 0 ? line : `  ${line}`));
  });
  return labelled([
    ['does not see', areas],
    ['cannot', lines(actions, ';')],
    ['keeps', lines(remains, ';')],
  ]);
}

/** Lines in groups, each group behind its label; empty groups are left out. */
export function labelled(groups: readonly (readonly [label: string, lines: readonly string[]])[]): readonly string[] {
  const shown = groups.filter(([, lines]) => lines.length > 0);
  const width = Math.max(0, ...shown.map(([label]) => label.length));
  return shown.flatMap(([label, lines]) =>
    lines.map((line, index) => `${padEndTo(index === 0 ? label : '', width)}  ${line}`),
  );
}
