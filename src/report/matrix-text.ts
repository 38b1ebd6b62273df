import Table from 'cli-table3';
import type { Matrix, MatrixApplication, MatrixRole } from '../analysis/matrix/matrix.ts';
import { displayWidth } from './display-width.ts';
import { wrapped } from './enumeration.ts';
import { cellsOf, customRoleNotes } from './matrix-cells.ts';
import type { Paint } from './paint.ts';
import { counted } from './tally.ts';
import { terminalText } from './terminal-text.ts';

const gap = 2;
const widestTitle = 14;
const widestPermission = 50;

/** The matrix for a terminal of a width in columns: permissions down, roles across, in several parts if need be. */
export function matrixText(matrix: Matrix, width: number, paint: Paint): string {
  return matrix.applications.map((application) => applicationText(application, width, paint)).join('\n\n');
}

function applicationText(application: MatrixApplication, width: number, paint: Paint): string {
  const permissions = application.sections.flatMap((section) => section.permissions);
  const counts = [counted(application.roles.length, 'role'), counted(permissions.length, 'permission')].join(', ');
  const lines = [
    ...permissions.flatMap(({ title }) => indented(title, '  ')),
    ...application.sections.flatMap(({ title }) => indented(title, '')),
  ];
  const first = Math.max(...lines.map(displayWidth), 10) + gap;
  const parts = inParts(application.roles, width - first).map((roles) => table(application, roles, first, paint));
  const notes = customRoleNotes(application).map(terminalText);
  const star = notes.length > 0 ? ['* only for the apps of the role', ...notes] : [];
  const heading = `${paint('strong', terminalText(application.title))}  ${paint('faint', counts)}`;
  return [heading, ...parts, star.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

/** As many roles to a part as fit, at least one. */
function inParts(roles: readonly MatrixRole[], width: number): readonly (readonly MatrixRole[])[] {
  const parts: MatrixRole[][] = [];
  let left = 0;
  for (const role of roles) {
    const part = parts.at(-1);
    const needed = columnWidth(role);
    if (part === undefined || left < needed) {
      parts.push([role]);
      left = width - needed;
    } else {
      part.push(role);
      left -= needed;
    }
  }
  return parts;
}

function columnWidth(role: MatrixRole): number {
  const words = terminalText(role.title).split(/\s+/u).map(displayWidth);
  const cells = role.permissions.map(({ level }) => (level?.length ?? 3) + 1);
  const title = Math.min(widestTitle, displayWidth(terminalText(role.title)));
  return Math.max(...words, ...cells, title) + gap;
}

function table(application: MatrixApplication, roles: readonly MatrixRole[], first: number, paint: Paint): string {
  const none = Object.fromEntries(sides.map((side) => [side, '']));
  const grid = new Table({
    chars: none,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap, compact: true },
    colWidths: [first, ...roles.map(columnWidth)],
    wordWrap: true,
    rowAligns: ['bottom'],
    head: ['', ...roles.map(({ title }) => terminalText(title))],
  });
  const columns = roles.map(cellsOf);
  for (const section of application.sections) {
    grid.push([
      indented(section.title, '')
        .map((text) => paint('strong', text))
        .join('\n'),
    ]);
    for (const permission of section.permissions) {
      const cells = columns.map((cellOf) => {
        const cell = cellOf(section.name, permission.name);
        return cell === null ? paint('faint', '-') : paint('add', cell.held + (cell.narrowed ? '*' : ''));
      });
      grid.push([indented(permission.title, '  ').join('\n'), ...cells]);
    }
  }
  return grid.toString().replace(/[ \t]+$/gmu, '');
}

/** A title in as many lines as it needs, the second and later ones further in. */
function indented(title: string, indent: string): readonly string[] {
  const words = terminalText(title).split(' ');
  return wrapped(words, widestPermission - 4).map((line, index) => (index === 0 ? indent : `${indent}  `) + line);
}

const sides = [
  ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
  ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
];
