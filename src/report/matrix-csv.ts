import type { Matrix, MatrixRole } from '../analysis/matrix/matrix.ts';
import { csvCell } from './csv-cell.ts';
import type { CellOf } from './matrix-cells.ts';
import { cellsOf } from './matrix-cells.ts';

/**
 * The matrix as one CSV table for a spreadsheet: a row for each permission, a column for each role. A cell of another
 * application's role is empty; a narrowed permission names the role's apps: `edit (slack, zoom)`.
 */
export function matrixCsv({ applications }: Matrix): string {
  const columns = applications.flatMap(({ name, roles }) =>
    roles.map((role) => ({ application: name, role, cellOf: cellsOf(role) })),
  );
  const heads = columns.map(({ application, role }) => `${role.title} (${application}/${role.name})`);
  const rows = applications.flatMap(({ name, title, sections }) =>
    sections.flatMap((section) =>
      section.permissions.map((permission) => {
        const reference = `${name}/${section.name}/${permission.name}`;
        const cells = columns.map(({ application, role, cellOf }) =>
          application === name ? cellText(role, cellOf(section.name, permission.name)) : '',
        );
        return [title, section.title, permission.title, reference, ...cells];
      }),
    ),
  );
  const table = [['Application', 'Section', 'Permission', 'Reference', ...heads], ...rows];
  return table.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

function cellText({ apps }: MatrixRole, cell: ReturnType<CellOf>): string {
  if (cell === null) return '';
  return cell.narrowed ? `${cell.held} (${apps?.join(', ')})` : cell.held;
}
