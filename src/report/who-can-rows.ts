import type { Holders, Holding, Titled } from '../analysis/who-can/holders.ts';
import { formatPlace } from '../language/source.ts';
import { phraseOf } from './explain-phrase.ts';

/** One who holds the permission, as every format shows it. */
export interface WhoCanRow {
  readonly kind: 'role' | 'custom role' | 'person' | 'first sign-in';
  readonly name: string;
  /** `application/name` of the role or custom role, of a person's assignment, or of a newcomer's role. */
  readonly reference: string;
  readonly level: string | null;
  /** null: not narrowed. */
  readonly apps: readonly Titled[] | null;
  /** The last day; null: no end. */
  readonly until: string | null;
  /** The line that grants it, or, of a person and a newcomer, that names them. */
  readonly place: string;
  /** What it comes through. */
  readonly through: readonly string[];
}

/** Everybody in one list: roles, custom roles, people, and whoever signs in for the first time. */
export function whoCanRows({ roles, customRoles, people, newcomers }: Holders): readonly WhoCanRow[] {
  return [
    ...[...roles, ...customRoles].map((role): WhoCanRow => {
      const kind = role.kind === 'role' ? 'role' : 'custom role';
      const granting = role.reason.at(-1);
      const only = role.onlyIn === null ? role.title : `${role.title} (${role.onlyIn.join(', ')} only)`;
      const place = formatPlace(granting?.place ?? role.place);
      return { ...shared(role), kind, name: only, reference: role.reference, until: null, place };
    }),
    ...people.map((person): WhoCanRow => {
      const { account, assignment, validThrough, place } = person;
      const own = { name: account, reference: assignment.reference, until: validThrough };
      return { ...shared(person), kind: 'person', ...own, place: formatPlace(place), through: [assignment.name] };
    }),
    ...newcomers.map((newcomer): WhoCanRow => {
      const { domain, role, place } = newcomer;
      const name = domain === null ? 'anybody' : `anybody of ${domain}`;
      const own = { name, reference: role.reference, until: null, through: [role.name] };
      return { ...shared(newcomer), kind: 'first sign-in', ...own, place: formatPlace(place) };
    }),
  ];
}

function shared({ level, apps, reason }: Holding) {
  const through = reason.filter(({ kind }) => kind !== 'grants').map(({ names }) => names);
  return { level: level?.title ?? null, apps, through };
}

/** "can edit Spend Data for Zoom", `has "Can View Inventory"`: what stands behind "who" or "nobody". */
export function whoCanQuestion({ permission, app }: Holders): string {
  const { title, level, hasLevels, section, sensitive } = permission;
  const { yes, object } = phraseOf(title, level);
  const forApp = app === null ? '' : ` for ${app.title}`;
  if (level === null && hasLevels) return `has ${title} at any level${forApp}`;
  const marks = [...(level === null ? [section.title] : []), ...(sensitive ? ['sensitive'] : [])];
  return `${yes} ${object}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}${forApp}`;
}
