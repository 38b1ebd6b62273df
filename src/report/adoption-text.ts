import type { Paint } from './paint.ts';
import { terminalText } from './terminal-text.ts';

/** A file that adopting a tenant makes or changes. */
export interface ShownChange {
  readonly path: string;
  /** null: it is new. */
  readonly before: string | null;
  readonly after: string;
  /** Lines that go and come below a line, from the top down. */
  readonly edits: readonly { readonly below: number; readonly remove: number; readonly insert: readonly string[] }[];
}

/**
 * The files that come and change, for people: those that are there with each line that goes and comes; new ones by their
 * paths, or in full.
 */
export function adoptionText(changes: readonly ShownChange[], inFull: boolean, paint: Paint): string {
  return changes.map((change) => shown(change, inFull, paint)).join('');
}

function shown({ path, before, after, edits }: ShownChange, inFull: boolean, paint: Paint): string {
  const added = (line: string) => paint('add', `    + ${terminalText(line)}`);
  if (before === null) {
    const heading = `${paint('add', 'new')}     ${terminalText(path)}`;
    const lines = inFull ? after.replace(/\n$/u, '').split('\n').map(added) : [];
    return `${[heading, ...lines].join('\n')}\n`;
  }
  const lines = before.split(/\r?\n/u);
  const heading = `${paint('change', 'changed')} ${terminalText(path)}`;
  const body = edits.flatMap(({ below, remove, insert }) => [
    ...(below === 0 ? [] : [`      ${terminalText(lines[below - 1] ?? '')}`]),
    ...lines.slice(below, below + remove).map((line) => paint('remove', `    - ${terminalText(line)}`)),
    ...insert.map(added),
  ]);
  return `${[heading, ...body].join('\n')}\n`;
}
