import type { Holder } from '../analysis/explain/holder.ts';
import { isNarrowed } from '../analysis/explain/holder.ts';
import { formatPlace } from '../language/source.ts';
import type { Permission } from '../model/definitions.ts';
import type { EffectiveApplication, HeldPermission, Step } from '../model/effective-model.ts';
import { displayWidth, padEndTo } from './display-width.ts';
import type { Paint } from './paint.ts';
import { roleFacts } from './role-facts.ts';
import { peopleLines } from './role-people.ts';
import { terminalText } from './terminal-text.ts';

/**
 * A role, custom role or assignment in readable text: who it is, of an assignment its people, then its permissions by
 * section, each with its level and the reason.
 */
export function roleText(role: Holder, application: EffectiveApplication, paint: Paint): string {
  const sections = application.definition.sections.map((section) => ({
    title: section.title,
    rows: section.permissions.flatMap((permission) => {
      const held = role.permissions.find((item) => item.permission === permission.reference);
      return held === undefined ? [] : [row(permission, held, role)];
    }),
  }));
  const shown = sections.filter(({ rows }) => rows.length > 0);
  const rows = shown.flatMap((section) => section.rows);
  const width = (column: 'title' | 'level' | 'reach') => Math.max(0, ...rows.map((item) => displayWidth(item[column])));
  const columns = { title: width('title'), level: width('level'), reach: width('reach') };
  const blocks = shown.map(({ title, rows: held }) => [
    paint('strong', terminalText(title)),
    ...held.flatMap((item) => rowLines(item, columns, paint)),
  ]);
  const people = role.kind === 'assignment' ? peopleLines(role, paint) : [];
  const nothing = rows.length === 0 ? ['It holds no permission.'] : [];
  return `${[roleFacts(role, application, paint), people, ...blocks, nothing]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

interface Row {
  readonly title: string;
  readonly level: string;
  readonly reach: string;
  readonly reasons: readonly string[];
}

function row(permission: Permission, held: HeldPermission, role: Holder): Row {
  const level = permission.levels.find(({ name }) => name === held.level);
  const mark = (level ?? permission).sensitive ? '  SENSITIVE' : '';
  return {
    title: terminalText(permission.title),
    level: terminalText(level?.title ?? '') + mark,
    reach: isNarrowed(role) ? (permission.restrictedBy === 'apps' ? 'for its apps' : 'application-wide') : '',
    reasons: held.chains.map(reason),
  };
}

function rowLines(item: Row, columns: Readonly<Record<'title' | 'level' | 'reach', number>>, paint: Paint): string[] {
  const cells = (['title', 'level', 'reach'] as const)
    .filter((column) => columns[column] > 0)
    .map((column) => padEndTo(item[column], columns[column]));
  const left = `  ${cells.join('  ')}  `;
  return item.reasons.map((text, index) => {
    const start = index === 0 ? left : `${' '.repeat(displayWidth(left) - 3)}or `;
    return start + paint('faint', text);
  });
}

/** The line that grants it, and the roles that it comes through: "roles/…/limited-user.yaml:12:7 through limited-user". */
function reason(chain: readonly Step[]): string {
  const last = chain.at(-1);
  if (last === undefined) return '';
  const through = chain.filter(({ kind }) => kind !== 'grants').map(({ names }) => names);
  return terminalText(formatPlace(last.place) + (through.length === 0 ? '' : `  through ${through.join(', ')}`));
}
