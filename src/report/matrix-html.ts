import type { Matrix, MatrixApplication, MatrixDenial, MatrixPermission } from '../analysis/matrix/matrix.ts';
import { htmlText } from './html-text.ts';
import { cellsOf, customRoleNotes } from './matrix-cells.ts';

const style = `
:root { color-scheme: light dark; --line: #8884; --head: #8882; }
body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem; }
h1 { font-size: 1.5rem; } h2 { margin-top: 2.5rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
caption { text-align: left; padding: .3rem 0; }
th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
thead th { vertical-align: bottom; }
tbody th[colspan] { background: var(--head); }
tbody th:not([colspan]) { font-weight: normal; }
summary { cursor: pointer; }
@media print { body { margin: 0; } .wide { overflow: visible; } }`;

/** The matrix as one self-contained page without scripts: a table for each application, denials behind each name. */
export function matrixHtml(matrix: Matrix): string {
  const tables = matrix.applications.map(applicationHtml).join('\n');
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return [
    '<!doctype html>',
    '<html lang="en">',
    `<meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<title>Roles and permissions</title>',
    `<style>${style}\n</style>`,
    '<h1>Roles and permissions</h1>',
    tables,
    '</html>',
    '',
  ].join('\n');
}

function applicationHtml(application: MatrixApplication): string {
  const { title, sections, roles } = application;
  const columns = roles.map(cellsOf);
  const head = roles.map((role) => `<th scope="col">${htmlText(role.title)}</th>`).join('');
  const body = sections.flatMap((section) => [
    `<tr><th scope="rowgroup" colspan="${roles.length + 1}">${htmlText(section.title)}</th></tr>`,
    ...section.permissions.map((permission) => {
      const cells = columns.map((cellOf) => {
        const cell = cellOf(section.name, permission.name);
        if (cell === null) return '<td aria-label="not held"></td>';
        return `<td>${htmlText(cell.held)}${cell.narrowed ? ' <abbr title="only for the apps of the role">*</abbr>' : ''}</td>`;
      });
      return `<tr><th scope="row">${permissionHtml(permission)}</th>${cells.join('')}</tr>`;
    }),
  ]);
  const notes = customRoleNotes(application).map((note) => `<li>${htmlText(note)}</li>`);
  const below = notes.length === 0 ? '' : `<p>* only for the apps of the role</p><ul>${notes.join('')}</ul>`;
  const caption = `<caption>${roles.length} roles, ${body.length - sections.length} permissions</caption>`;
  return [
    `<h2>${htmlText(title)}</h2>`,
    `<div class="wide"><table>${caption}<thead><tr><th scope="col">Permission</th>${head}</tr></thead>`,
    `<tbody>${body.join('\n')}</tbody></table></div>${below}`,
  ].join('\n');
}

function permissionHtml({ title, whenDenied, levels }: MatrixPermission): string {
  const denials = [
    ...(whenDenied === null ? [] : [['Without it', whenDenied] as const]),
    ...levels.map((level) => [`Without ${level.title}`, level.whenDenied] as const),
  ];
  const lost = denials.map(([heading, denial]) => denialHtml(heading, denial)).join('');
  return lost === '' ? htmlText(title) : `<details><summary>${htmlText(title)}</summary>${lost}</details>`;
}

function denialHtml(heading: string, { hidden, refused, remains }: MatrixDenial): string {
  const lines = [
    ...hidden.map((entry) => `hidden: ${entry}`),
    ...refused.map((entry) => `cannot ${entry}`),
    ...remains.map((entry) => `keeps ${entry}`),
  ];
  if (lines.length === 0) return '';
  return `<p>${htmlText(heading)}</p><ul>${lines.map((entry) => `<li>${htmlText(entry)}</li>`).join('')}</ul>`;
}
