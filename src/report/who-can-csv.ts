import type { Holders } from '../analysis/who-can/holders.ts';
import { csvCell } from './csv-cell.ts';
import { whoCanRows } from './who-can-rows.ts';

const head = ['Kind', 'Name', 'Reference', 'Level', 'Apps', 'Last day', 'Place', 'Through'];

/** Who holds a permission as CSV for a spreadsheet; `Apps` is empty where nothing is narrowed. */
export function whoCanCsv(holders: Holders): string {
  const rows = whoCanRows(holders).map((row) => [
    row.kind,
    row.name,
    row.reference,
    row.level ?? '',
    (row.apps ?? []).map(({ name }) => name).join(', '),
    row.until ?? '',
    row.place,
    row.through.join(', '),
  ]);
  return [head, ...rows].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}
