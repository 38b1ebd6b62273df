import type { Access } from '../model/plan.ts';
import { wrappedList } from './enumeration.ts';
import type { Paint } from './paint.ts';
import { terminalText } from './terminal-text.ts';

const width = 96;
const mark = 'SENSITIVE';

/** A permission, app or marker as it stands behind "gains" and "loses": "Edit on Spend Data", "app Asana". */
export function accessText({ kind, title, level, scopes }: Access): string {
  const name = terminalText(title);
  if (kind === 'permission') return level === null ? name : `${terminalText(level)} on ${name}`;
  if (kind === 'restriction') return `the marker ${scopes.map(terminalText).join(', ')}`;
  if (kind === 'unknown') return `scope ${scopes.map(terminalText).join(', ')}, which is not declared`;
  return `${kind} ${name}`;
}

/** The mark of sensitive access, in words so that it does not hang on a colour. */
export function sensitivity({ sensitive }: Access, paint: Paint): string {
  return sensitive ? `   ${paint('error', mark)}` : '';
}

/**
 * Everything that a role may do, in few lines: what is sensitive first, both by level. Markers are left out: they
 * narrow, and the apps say to what.
 */
export function accessSummary(all: readonly Access[], paint: Paint): readonly string[] {
  const shown = all.filter(({ kind }) => kind !== 'restriction');
  const groups = [
    ...Map.groupBy(
      shown.toSorted((a, b) => Number(b.sensitive) - Number(a.sensitive)),
      (access) => (access.sensitive ? `${mark} ${heading(access)}` : heading(access)),
    ),
  ];
  return groups.flatMap(([name, items]) => {
    const lines = wrappedList(items.map(titleOf), width - name.length);
    const start = name.startsWith(mark) ? paint('error', mark) + name.slice(mark.length) : name;
    return lines.map((line, index) => (index === 0 ? start : ' '.repeat(name.length)) + line);
  });
}

function heading({ kind, level }: Access): string {
  if (kind === 'permission') return level === null ? '' : `${terminalText(level)}: `;
  if (kind === 'unknown') return 'not declared: ';
  return `${kind}s: `;
}

function titleOf({ kind, title, scopes }: Access): string {
  return kind === 'unknown' ? scopes.map(terminalText).join(', ') : terminalText(title);
}
