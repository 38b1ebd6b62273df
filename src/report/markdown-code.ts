import { terminalText } from './terminal-text.ts';

/**
 * Text as a code span of GitHub's Markdown, outside of tables: nothing in it is markup, a link, a mention or an emoji, and what is
 * invisible or turns the direction of writing is shown as `\u{202e}`.
 */
export function markdownCode(text: string): string {
  const shown = terminalText(text);
  const runs = shown.match(/`+/gu) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = runs.length > 0 ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}
