import type { Snapshot } from '../../src/emulator/start-emulator.ts';
import { auditor } from './declaration.ts';
import type { Situation } from './situations.ts';
import type { Outcome } from './stage.ts';
import type { Tool } from './tool.ts';

/** What one tool did in one situation. */
export interface Result {
  readonly tool: Tool;
  readonly outcome: Outcome;
}

const header = [
  '| | its plan said | writes | reads | fewest permissions | the role afterwards | it ended with |',
  '|---|---|---|---|---|---|---|',
];

/** A situation as a heading, a sentence and a table, markdown: a row for each tool, and one more for what was applied once more. */
export function situationTable({ id, title, what }: Situation, results: readonly Result[]): string {
  const rows = results.flatMap(({ tool, outcome }) => {
    const { plan, apply, again, roleId, end } = outcome;
    const complaints = tool.complaints(apply.output);
    const isSame = complaints.length > 0 && complaints.join('\n') === tool.complaints(plan.output).join('\n');
    const first = [
      tool.name,
      ended(plan.exitCode, tool.said(plan.output)),
      String(apply.writes + plan.writes),
      String(apply.reads),
      String(apply.fewest),
      rolesText(end, roleId),
      `${ended(apply.exitCode, isSame ? [] : complaints)}${isSame ? ', as its plan' : ''}`,
    ];
    if (again === null) return [first];
    const then = [
      `${tool.name}, once more`,
      '',
      String(again.writes),
      String(again.reads),
      String(again.fewest),
      rolesText(again.end, roleId),
      ended(again.exitCode, tool.complaints(again.output)),
    ];
    return [first, then];
  });
  return [`### ${id}  ${title}`, '', what, '', ...header, ...rows.map((cells) => `| ${cells.join(' | ')} |`), ''].join(
    '\n',
  );
}

function ended(exitCode: number, lines: readonly string[]): string {
  return [`exit code ${exitCode}`, ...lines.map(code)].join('<br>');
}

/** What the role that was watched has become, or which one stands in its place; and the other one, if it is not as it was. */
function rolesText(snapshot: Snapshot, roleId: string): string {
  const same = snapshot.roles.find(({ id }) => id === roleId);
  const role = same ?? snapshot.roles.find(({ name }) => name !== auditor.title);
  const bystander = snapshot.roles.find(({ name }) => name === auditor.title);
  const isUntouched = bystander !== undefined && heldText(bystander) === heldText(auditorAtStart);
  const other = isUntouched ? '' : `<br>${auditor.title}, which nobody changed: ${heldText(bystander)}`;
  if (role === undefined) return `gone${other}`;
  const holders = snapshot.users.filter(({ roleIds }) => roleIds.includes(role.id)).length;
  const people = holders === 0 ? '**nobody holds it**' : `held by ${holders}`;
  return `${role.name}${same === undefined ? ', another role' : ''}: ${heldText(role)}; ${people}${other}`;
}

const auditorAtStart = { permissions: (auditor.permissions ?? []).map((scope) => ({ scope })) };

function heldText(role: { readonly permissions: readonly { readonly scope: string }[] } | undefined): string {
  const scopes = (role?.permissions ?? []).map(({ scope }) => `\`${scope}\``);
  return scopes.length === 0 ? '**nothing**' : scopes.join(', ');
}

/** A line of output as a code span in a table cell. */
function code(line: string): string {
  const fence = line.includes('`') ? '``' : '`';
  return `${fence}${line.replaceAll('|', '\\|')}${fence}`;
}

const [begin, end] = ['<!-- head-to-head: begin -->', '<!-- head-to-head: end -->'];

/**
 * The page with another text between its two markers.
 *
 * @throws when it does not have both, in order
 */
export function withTables(page: string, text: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the page must have ${begin} and, below, ${end}`);
  return `${page.slice(0, from + begin.length)}\n\n${text.trimEnd()}\n\n${page.slice(to)}`;
}
