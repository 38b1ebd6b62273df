import type { DesiredState } from '../../model/desired-state.ts';
import type { Drift } from '../../model/drift.ts';
import { markdownText } from '../markdown-text.ts';
import { plain } from '../paint.ts';
import { counted } from '../tally.ts';
import { driftBlocks, driftCounts, notCompared, repairLines } from './text.ts';

/**
 * Drift as GitHub's Markdown, for an issue or a summary: the words of the text, in blocks that GitHub colours by their signs. Never
 * longer than `limit`, as far as the opening and the closing allow; of each application the lines that do not fit are left out, and it says so.
 */
export function driftMarkdown(drift: Drift, desired: DesiredState, limit: number): string {
  const stack = `stack ${markdownText(drift.stack)}`;
  const tenant = markdownText(drift.tenant);
  const rest = notCompared(drift).map(markdownText);
  if (drift.deviations.length === 0) {
    return `${[`### No drift: ${tenant} is as ${stack} declares`, ...rest].join('\n\n')}\n`;
  }
  const { dangerous, outages } = drift.summary;
  const grave = [
    ...(dangerous > 0 ? [`${dangerous} dangerous`] : []),
    ...(outages > 0 ? [counted(outages, 'outage')] : []),
  ];
  const opening = `### ${tenant} is not as ${stack} declares${grave.length > 0 ? `: ${grave.join(', ')}` : ''}`;
  const closing = [driftCounts(drift.summary), ...repairLines(drift), ...rest].join('\n\n');
  const blocks = driftBlocks(drift, desired, plain).map(({ title, lines }) => ({ title: markdownText(title), lines }));
  const room = limit - opening.length - closing.length - 10;
  return `${[opening, ...fitting(blocks, room), closing].join('\n\n')}\n`;
}

interface Block {
  readonly title: string;
  readonly lines: readonly string[];
}

function fitting(blocks: readonly Block[], room: number): readonly string[] {
  const whole = blocks.map(blockText);
  if (whole.join('\n\n').length <= room) return whole;
  const shown: string[] = [];
  let left = room - cutNotice(blocks.flatMap(({ lines }) => lines).length).length;
  let missing = 0;
  for (const { title, lines } of blocks) {
    let count = 0;
    const size = (some: readonly string[]) => blockText({ title, lines: some }).length + 2;
    while (count < lines.length && size(lines.slice(0, count + 1)) <= left) count += 1;
    missing += lines.length - count;
    if (count === 0) continue;
    const text = blockText({ title, lines: lines.slice(0, count) });
    left -= text.length + 2;
    shown.push(text);
  }
  return [...shown, cutNotice(missing)];
}

function cutNotice(count: number): string {
  return `**Cut here: ${counted(count, 'line is', 'lines are')} not shown.** All of them: \`rolewright drift\`.`;
}

function blockText({ title, lines }: Block): string {
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/gu)].map(([run]) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return `#### ${title}\n\n${fence}diff\n${lines.join('\n')}\n${fence}`;
}
