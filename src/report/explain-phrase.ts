import type { Titled } from '../analysis/explain/explanation.ts';
import type { Paint } from './paint.ts';
import { terminalText } from './terminal-text.ts';

/**
 * Levels that are verbs with an object: one can view spend data, but not act email notifications. Any other level, and a
 * permission without levels, is named as it is and not put into words, which would be a guess.
 */
const verbs = new Set(
  ['access', 'administer', 'approve', 'change', 'configure', 'control', 'create', 'delete', 'download', 'edit'].concat(
    ['execute', 'export', 'import', 'manage', 'modify', 'publish', 'read', 'receive', 'see', 'submit', 'update'],
    ['upload', 'use', 'view', 'write'],
  ),
);

/** What somebody can or cannot do, or has or has not: the words that carry yes or no, and what follows them. */
export interface Phrase {
  readonly yes: string;
  readonly no: string;
  readonly object: string;
}

/** `can edit Spend Data`, `has "Act" on Email Notifications`, `has "Can View Inventory"`. */
export function phraseOf(permission: string, level: Titled | null): Phrase {
  const title = terminalText(permission);
  if (level === null) return { yes: 'has', no: 'does not have', object: `"${title}"` };
  const verb = verbOf(level);
  if (verb !== null) return { yes: 'can', no: 'cannot', object: `${verb} ${title}` };
  return { yes: 'has', no: 'does not have', object: `"${terminalText(level.title)}" on ${title}` };
}

/** The same of a permission that has just been named: `can view it`, `has "Receive" on them`. */
export function shortPhraseOf(permission: string, level: Titled): Phrase {
  const it = isPlural(permission) ? 'them' : 'it';
  const verb = verbOf(level);
  if (verb !== null) return { yes: 'can', no: 'cannot', object: `${verb} ${it}` };
  return { yes: 'has', no: 'does not have', object: `"${terminalText(level.title)}" on ${it}` };
}

/** A phrase with its yes or no in colour. */
export function said(phrase: Phrase, isYes: boolean, paint: Paint): string {
  return `${isYes ? paint('add', phrase.yes) : paint('remove', phrase.no)} ${phrase.object}`;
}

/** A permission at a level inside a list: `Edit on Spend Data`, `Can View Inventory`. */
export function accessTitle({ title, level }: { readonly title: string; readonly level: Titled | null }): string {
  return level === null ? terminalText(title) : `${terminalText(level.title)} on ${terminalText(title)}`;
}

function verbOf(level: Titled): string | null {
  const word = level.title.toLowerCase();
  return verbs.has(word) ? word : null;
}

/** App Contacts and Email Notifications are them; Spend Data, Access and Status are it. */
function isPlural(title: string): boolean {
  return /[^su]s$/iu.test(title);
}
