import type { Paint, Style } from './paint.ts';
import { terminalText } from './terminal-text.ts';

/** One thing that was looked for on this machine. */
export interface Finding {
  /** `node`, `git`, `engine`, … */
  readonly subject: string;
  /** `ok`; `missing`: a verb will fail without it; `note`: only some verbs need it. */
  readonly state: 'ok' | 'note' | 'missing';
  /** What was found, never a secret. */
  readonly found: string;
  /** What to do, one line. */
  readonly advice: string | null;
}

const styles = { ok: 'add', note: 'advice', missing: 'error' } as const satisfies Record<Finding['state'], Style>;

/** Findings for a terminal, each with what to do about it below. */
export function findingsText(findings: readonly Finding[], paint: Paint): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  return findings
    .map(({ subject, state, found, advice }) => {
      const start = `${paint(styles[state], state.padEnd(7))}  ${subject.padEnd(width)}  `;
      const below = advice === null ? '' : `${' '.repeat(width + 11)}${terminalText(advice)}\n`;
      return `${start}${terminalText(found)}\n${below}`;
    })
    .join('');
}
