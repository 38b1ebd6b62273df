import type { Access, RoleChange } from '../model/plan.ts';
import { accessSummary, accessText, sensitivity } from './access-text.ts';
import { enumeration } from './enumeration.ts';
import type { Paint, Style } from './paint.ts';
import { terminalText } from './terminal-text.ts';

/** A sign that says what its colour says. */
export type Sign = '+' | '~' | '-';

const styles = { '+': 'add', '~': 'change', '-': 'remove' } as const satisfies Record<Sign, Style>;

/** A line of a plan: its sign, then what happens. */
export function signed(sign: Sign, text: string, paint: Paint): string {
  return `${paint(styles[sign], sign)} ${text}`;
}

/** Roles of one application to which the very same thing happens, so that it is told once. */
export function sameChanges(changes: readonly RoleChange[]): readonly (readonly RoleChange[])[] {
  const key = (change: RoleChange) => {
    const { action, gains, loses, described, renamedFrom, retitledFrom } = change;
    // What concerns one role alone (a new one, a removed one, a new name) is told of that role.
    const alone = action !== 'update' || renamedFrom !== null || retitledFrom !== null;
    return alone ? change.role : JSON.stringify([gains, loses, described]);
  };
  return [...Map.groupBy(changes, (change) => `${change.action} ${key(change)}`).values()];
}

/** What happens to some roles, all of them the same way. */
export function roleChangeText(roles: readonly RoleChange[], paint: Paint): readonly string[] {
  const [role] = roles;
  if (role === undefined) return [];
  if (role.action === 'create') return created(role, paint);
  if (role.action === 'remove') return removed(role, paint);
  const names = enumeration(roles.map(({ title }) => paint('strong', terminalText(title))));
  const many = roles.length > 1;
  const parts = [...identity(role), ...access(role, many)];
  const [only, ...others] = parts;
  if (only === undefined) return [];
  const tail = (part: Part) => part.text + (part.access === null ? '' : sensitivity(part.access, paint));
  if (others.length === 0) return [signed(only.sign, `${names} ${tail(only)}`, paint)];
  return [signed('~', names, paint), ...parts.map((part) => `    ${signed(part.sign, tail(part), paint)}`)];
}

interface Part {
  readonly sign: Sign;
  readonly text: string;
  readonly access: Access | null;
}

function created(role: RoleChange, paint: Paint): readonly string[] {
  const name = `New role ${paint('strong', terminalText(role.title))}`;
  const summary = accessSummary(role.gains, paint);
  if (summary.length === 0) return [signed('+', `${name}, without any permission`, paint)];
  return [signed('+', `${name} may`, paint), ...summary.map((line) => `    ${line}`)];
}

function removed(role: RoleChange, paint: Paint): readonly string[] {
  const name = `Role ${paint('strong', terminalText(role.title))} is removed`;
  const summary = accessSummary(role.loses, paint);
  if (summary.length === 0) return [signed('-', name, paint)];
  return [signed('-', `${name}; whoever holds it loses`, paint), ...summary.map((line) => `    ${line}`)];
}

function identity({ action, role, renamedFrom, retitledFrom, described }: RoleChange): readonly Part[] {
  const facts = [
    action === 'adopt' ? 'is found in the tenant and taken over' : null,
    renamedFrom === null ? null : `is renamed from ${terminalText(renamedFrom)} to ${terminalText(role)}`,
    retitledFrom === null ? null : `has a new title (was "${terminalText(retitledFrom)}")`,
  ].filter((fact) => fact !== null);
  const texts = [
    facts.length === 0 ? null : `${facts.join(', ')}; it keeps its id and its holders`,
    described ? 'has a new description' : null,
  ];
  return texts.filter((text) => text !== null).map((text) => ({ sign: '~', text, access: null }));
}

function access({ gains, loses }: RoleChange, many: boolean): readonly Part[] {
  const [gain, lose] = many ? ['gain', 'lose'] : ['gains', 'loses'];
  const carry = many ? 'carry' : 'carries';
  const part = (sign: Sign, verb: string, marker: string) => (item: Access) =>
    item.kind === 'restriction'
      ? { sign: '~' as const, text: `${marker} ${accessText(item)}`, access: item }
      : { sign, text: `${verb} ${accessText(item)}`, access: item };
  // The gravest first: what is sensitive, then what is gained, then what is lost.
  const sorted = [...gains].sort((a, b) => Number(b.sensitive) - Number(a.sensitive));
  return [
    ...sorted.map(part('+', gain, carry)),
    ...loses.map(part('-', lose, many ? 'no longer carry' : 'no longer carries')),
  ];
}
