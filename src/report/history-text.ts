import type { History, HistoryEntry, RevisionFacts } from '../analysis/history/history.ts';
import { enumeration } from './enumeration.ts';
import type { HistoryLine } from './history-lines.ts';
import { historyLines } from './history-lines.ts';
import { dayOf, historyPeriod, historySubject, historyVerdict } from './history-verdict.ts';
import type { Paint, Style } from './paint.ts';
import { counted } from './tally.ts';
import { terminalText } from './terminal-text.ts';

const styles = { '+': 'add', '~': 'change', '-': 'remove' } as const satisfies Record<HistoryLine['sign'], Style>;

/** Who gave and took what, the newest first. Ends with a line feed. */
export function historyText(history: History, paint: Paint): string {
  const verdict = historyVerdict(history);
  const heading = verdict ?? `History of ${historySubject(history)}${historyPeriod(history)}`;
  if (history.entries.length === 0) {
    const nothing = verdict === null ? 'Nothing has changed.' : 'No commit has changed that.';
    return `${terminalText(heading)}\n\n${nothing}\n`;
  }
  const blocks = history.entries.map((entry) => entryText(entry, history, paint));
  return `${[paint('strong', terminalText(heading)), ...blocks, closing(history)].join('\n\n')}\n`;
}

function entryText(entry: HistoryEntry, history: History, paint: Paint): string {
  const { commit, merge, steppedOver } = entry;
  const shortened = steppedOver.slice(0, 3).map((id) => id.slice(0, 10));
  const over = `${enumeration(shortened)}${steppedOver.length > 3 ? ' and others' : ''}`;
  return [
    `${dayOf(entry)}  ${commitText(commit, paint)}`,
    ...(merge === null ? [] : [paint('faint', `            merged by ${commitText(merge, paint)}`)]),
    ...(steppedOver.length === 0
      ? []
      : [paint('faint', `            behind ${over}, which ${steppedOver.length === 1 ? 'has' : 'have'} errors`)]),
    ...historyLines(entry, history).map((line) => `  ${lineText(line, paint)}`),
  ].join('\n');
}

function commitText({ id, author, subject }: RevisionFacts, paint: Paint): string {
  return `${paint('link', id.slice(0, 10))}  ${terminalText(author.name)}  ${terminalText(subject)}`;
}

function lineText({ sign, who, what, sensitive, note }: HistoryLine, paint: Paint): string {
  const names = enumeration(who.map((name) => paint('strong', terminalText(name))));
  const mark = sensitive ? `   ${paint('error', 'SENSITIVE')}` : '';
  const more = note === null ? '' : `   ${paint('faint', terminalText(note))}`;
  return `${paint(styles[sign], sign)} ${names} ${terminalText(what)}${mark}${more}`;
}

function closing({ entries }: History): string {
  const changes = entries.flatMap((entry) => entry.changes);
  const subjects = new Set(changes.map(({ application, name, now }) => now ?? `${application}/${name}`));
  const isMore = (direction: string) => direction === 'widening' || direction === 'both';
  const widenings = changes.filter(({ direction }) => isMore(direction)).length;
  const narrowings = changes.filter(({ direction }) => direction === 'narrowing' || direction === 'both').length;
  return `${counted(entries.length, 'commit')}, ${counted(subjects.size, 'role')}: ${counted(widenings, 'widening')}, ${counted(narrowings, 'narrowing')}.`;
}
