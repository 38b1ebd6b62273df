import { formatPlace } from '../language/source.ts';
import type { Permission } from '../model/definitions.ts';
import type {
  EffectiveApplication,
  EffectiveCustomRole,
  EffectiveRole,
  HeldPermission,
  Step,
} from '../model/effective-model.ts';
import { padEndTo } from './display-width.ts';
import { enumeration } from './enumeration.ts';
import type { Paint } from './paint.ts';
import { counted } from './tally.ts';
import { terminalText } from './terminal-text.ts';

/** A role in readable text: who it is, then its permissions by section, each with its level and the reason. */
export function roleText(
  role: EffectiveRole | EffectiveCustomRole,
  application: EffectiveApplication,
  paint: Paint,
): string {
  const sections = application.definition.sections.map((section) => ({
    title: section.title,
    rows: section.permissions.flatMap((permission) => {
      const held = role.permissions.find((item) => item.permission === permission.reference);
      return held === undefined ? [] : [row(permission, held, role)];
    }),
  }));
  const shown = sections.filter(({ rows }) => rows.length > 0);
  const rows = shown.flatMap((section) => section.rows);
  const width = (column: 'title' | 'level' | 'reach') => Math.max(0, ...rows.map((item) => item[column].length));
  const columns = { title: width('title'), level: width('level'), reach: width('reach') };
  const blocks = shown.map(({ title, rows: held }) => [
    paint('strong', terminalText(title)),
    ...held.flatMap((item) => rowLines(item, columns, paint)),
  ]);
  const nothing = rows.length === 0 ? ['It holds no permission.'] : [];
  return `${[heading(role, application, paint), ...blocks, nothing]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function heading(role: EffectiveRole | EffectiveCustomRole, application: EffectiveApplication, paint: Paint): string[] {
  const { definition } = role;
  const reference = `${application.definition.name}/${definition.name}`;
  const facts: readonly (readonly [string, string | null])[] = [
    ['kind', kindOf(role)],
    ['', definition.description],
    ['formerly', definition.formerly.length === 0 ? null : definition.formerly.join(', ')],
    ...(role.kind === 'role' ? roleFacts(role, application) : customRoleFacts(role, application)),
    ['only in', definition.onlyIn === null ? null : enumeration(definition.onlyIn)],
    ['owners', definition.owners.length === 0 ? null : definition.owners.join(', ')],
    ['declared', formatPlace(definition.place)],
    ['holds', counted(role.permissions.length, 'permission')],
  ];
  return [
    `${paint('strong', terminalText(definition.title))}  ${reference}`,
    ...facts.flatMap(([name, value]) => (value === null ? [] : [`  ${name.padEnd(10)}${terminalText(value)}`])),
  ];
}

function kindOf(role: EffectiveRole | EffectiveCustomRole): string {
  if (role.kind === 'custom-role') return 'custom role';
  if (!role.definition.assignable) return 'building block: inherited, never held by anybody';
  return role.definition.restrictable ? 'role, may be restricted to apps' : 'role';
}

type Fact = readonly [string, string | null];

function roleFacts({ definition }: EffectiveRole, application: EffectiveApplication): readonly Fact[] {
  const { name } = definition;
  const heirs = application.roles.filter((role) => role.definition.inherits.some((parent) => parent.name === name));
  const narrowed = application.customRoles.filter((role) => role.definition.base.name === name);
  const names = (items: readonly { readonly name: string }[]) =>
    items.length === 0 ? null : items.map((item) => item.name).join(', ');
  return [
    ['inherits', names(definition.inherits)],
    ['heirs', names(heirs.map((role) => role.definition))],
    ['narrowed', names(narrowed.map((role) => role.definition))],
  ];
}

function customRoleFacts(role: EffectiveCustomRole, { definition }: EffectiveApplication): readonly Fact[] {
  const titles = (names: readonly string[], of: readonly { readonly name: string; readonly title: string }[]) =>
    names.length === 0 ? null : names.map((name) => of.find((item) => item.name === name)?.title ?? name).join(', ');
  const apps = role.apps.map(({ name }) => name);
  return [
    ['base', role.definition.base.name],
    ['apps', titles(apps, definition.apps)],
    ['vendors', titles(role.vendors, definition.vendors)],
    ['resellers', role.resellers.length === 0 ? null : role.resellers.join(', ')],
  ];
}

interface Row {
  readonly title: string;
  readonly level: string;
  readonly reach: string;
  readonly reasons: readonly string[];
}

function row(permission: Permission, held: HeldPermission, role: EffectiveRole | EffectiveCustomRole): Row {
  const level = permission.levels.find(({ name }) => name === held.level);
  const restricted = role.kind === 'custom-role' && permission.restrictedBy === 'apps';
  const mark = (level ?? permission).sensitive ? '  SENSITIVE' : '';
  return {
    title: terminalText(permission.title),
    level: terminalText(level?.title ?? '') + mark,
    reach: restricted ? 'for its apps' : role.kind === 'custom-role' ? 'application-wide' : '',
    reasons: held.chains.map(reason),
  };
}

function rowLines(item: Row, columns: Readonly<Record<'title' | 'level' | 'reach', number>>, paint: Paint): string[] {
  const cells = (['title', 'level', 'reach'] as const)
    .filter((column) => columns[column] > 0)
    .map((column) => padEndTo(item[column], columns[column]));
  const left = `  ${cells.join('  ')}  `;
  return item.reasons.map((text, index) => {
    const start = index === 0 ? left : `${' '.repeat(left.length - 3)}or `;
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
