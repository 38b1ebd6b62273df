import type { Holders } from '../analysis/who-can/holders.ts';
import { displayWidth, padEndTo } from './display-width.ts';
import { enumeration } from './enumeration.ts';
import type { Paint } from './paint.ts';
import { terminalText } from './terminal-text.ts';
import type { WhoCanRow } from './who-can-rows.ts';
import { whoCanQuestion, whoCanRows } from './who-can-rows.ts';

const headings: readonly (readonly [kind: WhoCanRow['kind'], heading: string])[] = [
  ['role', 'Roles'],
  ['custom role', 'Custom roles'],
  ['person', 'People, through assignments'],
  ['first sign-in', 'Whoever signs in for the first time'],
];

/** Who holds a permission: roles, custom roles and people, each with the reason. */
export function whoCanText(holders: Holders, paint: Paint): string {
  const rows = whoCanRows(holders);
  const question = terminalText(whoCanQuestion(holders));
  if (rows.length === 0) return `${paint('strong', 'Nobody')} ${question}.\n`;
  const blocks = headings.map(([kind, heading]) => {
    const shown = rows.filter((row) => row.kind === kind);
    return shown.length === 0 ? [] : [paint('strong', heading), ...lines(shown, paint)];
  });
  const nobody = holders.people.length > 0 ? [] : ['No assignment gives it to anybody.'];
  const note = paint('faint', 'What somebody was given at the identity provider itself is not known here.');
  return `${[[`Who ${question}`], ...blocks, [...nobody, note]]
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function lines(rows: readonly WhoCanRow[], paint: Paint): readonly string[] {
  const table = rows.map((row) => [
    terminalText(row.name),
    terminalText(row.level ?? ''),
    row.apps === null ? '' : `for ${enumeration(row.apps.map(({ title }) => terminalText(title)))} only`,
    row.until === null ? '' : `until ${row.until}`,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((cells) => displayWidth(cells[column] ?? ''))));
  return rows.map((row, index) => {
    const cells = (table[index] ?? []).flatMap((cell, column) => {
      const width = widths[column] ?? 0;
      return width === 0 ? [] : [padEndTo(cell, width)];
    });
    const through = row.through.length === 0 ? '' : `  through ${row.through.map(terminalText).join(', ')}`;
    return `  ${cells.join('  ')}  ${paint('link', terminalText(row.place))}${paint('faint', through)}`;
  });
}
