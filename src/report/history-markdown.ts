import type { History, HistoryEntry } from '../analysis/history/history.ts';
import { enumeration } from './enumeration.ts';
import { historyLines } from './history-lines.ts';
import { dayOf, historyPeriod, historySubject, historyVerdict } from './history-verdict.ts';
import { markdownText } from './markdown-text.ts';

/** Who gave and took what as a table of GitHub's Markdown, the newest first. */
export function historyMarkdown(history: History): string {
  const heading = `## ${markdownText(`History of ${historySubject(history)}${historyPeriod(history)}`)}`;
  const verdict = historyVerdict(history);
  const rows = history.entries.flatMap((entry) => rowsOf(entry, history));
  const head = ['In effect', 'Change', 'Who', 'Commit', 'Subject'];
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const blocks = [
    heading,
    ...(verdict === null ? [] : [`${markdownText(verdict)}.`]),
    rows.length === 0 ? 'Nothing has changed.' : lines.join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function rowsOf(entry: HistoryEntry, history: History): readonly (readonly string[])[] {
  const { commit, merge } = entry;
  const id = merge === null ? commit.id.slice(0, 10) : `${commit.id.slice(0, 10)}, merged by ${merge.id.slice(0, 10)}`;
  return historyLines(entry, history).map(({ sign, who, what, sensitive, note }) => {
    const change = markdownText(`${enumeration(who)} ${what}${note === null ? '' : ` (${note})`}`);
    const mark = sensitive ? ' **sensitive**' : '';
    const cells = [commit.author.name, id, commit.subject].map(markdownText);
    return [dayOf(entry), `\`${sign}\` ${change}${mark}`, ...cells];
  });
}
