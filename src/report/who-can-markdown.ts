import type { Holders } from '../analysis/who-can/holders.ts';
import { enumeration } from './enumeration.ts';
import { markdownText } from './markdown-text.ts';
import { whoCanQuestion, whoCanRows } from './who-can-rows.ts';

/** Who holds a permission as a table of GitHub's Markdown. */
export function whoCanMarkdown(holders: Holders): string {
  const rows = whoCanRows(holders);
  const question = whoCanQuestion(holders);
  if (rows.length === 0) return `Nobody ${markdownText(question)}.\n`;
  const head = ['Kind', 'Who', 'Level', 'For', 'Until', 'Where'];
  const table = rows.map((row) => [
    row.kind,
    row.name,
    row.level ?? '',
    row.apps === null ? '' : enumeration(row.apps.map(({ title }) => title)),
    row.until ?? '',
    row.place,
  ]);
  const lines = [head, head.map(() => '---'), ...table.map((cells) => cells.map(markdownText))];
  const text = lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return `## ${markdownText(`Who ${question}`)}\n\n${text}\n`;
}
