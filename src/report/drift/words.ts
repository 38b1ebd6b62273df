import type { ApiDeviation, DangerReason, Deviation, HolderDeviation, RoleDeviation } from '../../model/drift.ts';
import type { Access } from '../../model/plan.ts';
import type { Paint } from '../paint.ts';
import type { Sign } from '../role-change-text.ts';
import { shellWord } from '../shell-exports.ts';
import { terminalText } from '../terminal-text.ts';

/** Why a danger must not wait, in one line. */
export const dangerWords: Readonly<Record<DangerReason, string>> = {
  'roles-not-enforced': 'whoever asks for a token may get what no role gives them',
  'restriction-lifted': 'whoever holds it may do for every app what was meant for some',
  'restriction-exchanged':
    'with the role whose marker it carries it adds up: the permissions of both, for the apps of both',
  'sensitive-access': 'whoever holds it may do more than is declared, and some of it is sensitive',
  'undeclared-access': 'whoever holds it may do more than is declared',
  'same-title': 'who wants to give somebody the declared role may give them this one',
  'longer-tokens': 'what is taken away from somebody goes on working until such a token ends',
  'api-missing': 'nobody gets a token for it, and no role can hold a permission of it',
  'marker-missing':
    'all that is restricted to apps is denied to whoever holds it alone; with another role, that one says for which apps',
  'markers-clash': 'with two markers, all that is restricted to apps is denied to whoever holds it',
  'restriction-laid-on': 'whoever holds it is denied what they should have for every app',
};

/** The command that makes a tenant what is declared. */
export function upCommand(stack: string): string {
  return `rolewright up --stack ${shellWord(stack)} --refresh`;
}

/** The command that declares what the tenant holds, for one role. */
export function adoptCommand(stack: string, title: string): string {
  return `rolewright adopt --stack ${shellWord(stack)} --role ${shellWord(title)}`;
}

/** The title by which the tenant knows a role. */
export function titleThere({ title, retitled }: RoleDeviation): string {
  return retitled?.observed ?? title;
}

/** Something said of one thing, with its direction. */
export interface Part {
  readonly sign: Sign;
  readonly text: string;
}

/** What of an API's settings is not as declared. */
export function settingsParts({
  retitled,
  enforcement,
  tokenLifetimeSeconds: lifetime,
}: ApiDeviation): readonly Part[] {
  const parts: (Part | null)[] = [
    enforcement && { sign: '+', text: 'enforcement of roles is off, declared on' },
    lifetime && {
      sign: lifetime.observed > lifetime.declared ? '+' : '~',
      text: `token lifetime ${duration(lifetime.observed)}, declared ${duration(lifetime.declared)}`,
    },
    retitled && {
      sign: '~',
      text: `title "${terminalText(retitled.observed)}", declared "${terminalText(retitled.declared)}"`,
    },
  ];
  return parts.filter((part) => part !== null);
}

/** By what a role was known that has another title. */
export function knownByWords(knownBy: RoleDeviation['knownBy']): string {
  const by = {
    marker: 'its marker',
    description: 'its description',
    permissions: 'its permissions, which are the same',
  };
  return knownBy === null ? '' : `; known by ${by[knownBy]}`;
}

export function holderWords({ account, title, assignment }: HolderDeviation, strong: (text: string) => string): string {
  return `${terminalText(account)} does not hold ${strong(terminalText(title))}, as ${terminalText(assignment)} says`;
}

/** A lifetime as a plan writes it: in the largest unit that it is a whole number of. */
function duration(seconds: number): string {
  if (seconds > 0 && seconds % 86_400 === 0) return `${seconds / 86_400}d`;
  if (seconds > 0 && seconds % 3600 === 0) return `${seconds / 3600}h`;
  return seconds > 0 && seconds % 60 === 0 ? `${seconds / 60}min` : `${seconds}s`;
}

/** Smaller is graver: escalations, with sensitive access first; outages; what is missing; what widens; the rest. */
export function gravity(deviation: Deviation): number {
  const { dangers, direction } = deviation;
  if (dangers.some(({ reason }) => grave.includes(reason))) return 0;
  if (dangers.some(({ harm }) => harm === 'escalation')) return 1;
  if (dangers.length > 0) return 2;
  if (direction === 'widening') return 3;
  return direction === 'narrowing' ? 4 : 5;
}

const grave: readonly DangerReason[] = ['roles-not-enforced', 'restriction-lifted', 'sensitive-access'];

/** Markers are told by what is wrong with them; the rest is what a role gives. */
export function isMarker({ kind }: Access): boolean {
  return kind === 'restriction';
}

/** What all lines of a report share. */
export interface Words {
  readonly stack: string;
  readonly paint: Paint;
  readonly titles: ReadonlyMap<string, string>;
  readonly distinct: (application: string, access: readonly Access[]) => readonly Access[];
}

/** The sign of a deviation: more than declared, less, or neither. */
export function signOf({ direction }: Deviation): Sign {
  return ({ widening: '+', narrowing: '-', neutral: '~' } as const)[direction];
}

/** Lines that stand below another one. */
export function below(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `    ${line}`);
}
