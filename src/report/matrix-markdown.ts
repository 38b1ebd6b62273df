import type { Matrix, MatrixApplication } from '../analysis/matrix/matrix.ts';
import { markdownText } from './markdown-text.ts';
import { cellsOf, customRoleNotes } from './matrix-cells.ts';

/** The matrix as tables of GitHub's Markdown, one for each application. */
export function matrixMarkdown(matrix: Matrix): string {
  return matrix.applications.map(applicationMarkdown).join('\n');
}

function applicationMarkdown(application: MatrixApplication): string {
  const { title, sections, roles } = application;
  const head = ['Section', 'Permission', ...roles.map((role) => markdownText(role.title))];
  const columns = roles.map(cellsOf);
  const rows = sections.flatMap((section) =>
    section.permissions.map((permission) => {
      const cells = columns.map((cellOf) => {
        const cell = cellOf(section.name, permission.name);
        return cell === null ? '' : `${markdownText(cell.held)}${cell.narrowed ? ' \\*' : ''}`;
      });
      return [markdownText(section.title), markdownText(permission.title), ...cells];
    }),
  );
  const notes = customRoleNotes(application).map((note) => `- ${markdownText(note)}`);
  const below = notes.length === 0 ? [] : ['', '\\* only for the apps of the role', '', ...notes];
  const rule = head.map(() => '---');
  return [`## ${markdownText(title)}`, '', ...[head, rule, ...rows].map(line), ...below, ''].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
