import type { Holders } from '../analysis/who-can/holders.ts';
import { enumeration } from './enumeration.ts';
import { markdownCode } from './markdown-code.ts';
import { markdownText } from './markdown-text.ts';
import { whoCanQuestion, whoCanRows } from './who-can-rows.ts';

/** Who holds a permission as a table of GitHub's Markdown. */
export function whoCanMarkdown(holders: Holders): string {
  const rows = whoCanRows(holders);
  const question = whoCanQuestion(holders);
  if (rows.length === 0) return `Nobody ${markdownText(question)}.\n`;
  const head = ['Kind', 'Who', 'Level', 'For', 'Until', 'Where'];
  const table = rows.map((row) => [
    markdownText(row.kind),
    markdownText(row.name),
    markdownText(row.level ?? ''),
    markdownText(row.apps === null ? '' : enumeration(row.apps.map(({ title }) => title))),
    markdownText(row.until ?? ''),
    // In a table a bar ends the cell, also inside of code.
    markdownCode(row.place).replaceAll('|', '\\|'),
  ]);
  const lines = [head, head.map(() => '---'), ...table];
  const text = lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return `## ${markdownText(`Who ${question}`)}\n\n${text}\n`;
}
