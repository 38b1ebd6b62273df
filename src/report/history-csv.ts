import type { HeldLevel } from '../analysis/history/change.ts';
import type { History, HistoryChange, HistoryEntry } from '../analysis/history/history.ts';
import { csvCell } from './csv-cell.ts';

const head = [
  'In effect',
  'Commit',
  'Author',
  'Address',
  'Subject',
  'Merged by',
  'Application',
  'Kind',
  'Role',
  'Now called',
  'What',
  'Change',
  'Direction',
  'Concerns',
  'Before',
  'After',
  'Sensitive',
  'Through',
];

/** Who gave and took what as CSV for a spreadsheet: one row a change, the newest first. */
export function historyCsv({ entries }: History): string {
  const rows = entries.flatMap((entry) => entry.changes.map((change) => rowOf(entry, change)));
  return [head, ...rows].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

function rowOf({ effective, commit, merge }: HistoryEntry, change: HistoryChange): readonly string[] {
  const { concerns, before, after } = detailsOf(change);
  return [
    effective,
    commit.id,
    commit.author.name,
    commit.author.email,
    commit.subject,
    merge?.id ?? '',
    change.application,
    change.kind,
    change.name,
    change.now?.slice(change.now.indexOf('/') + 1) ?? '',
    change.what,
    change.change,
    change.direction,
    concerns,
    before,
    after,
    change.what === 'permission' && change.sensitive ? 'yes' : '',
    change.what === 'permission' ? (change.through ?? '') : '',
  ];
}

interface DetailCells {
  readonly concerns: string;
  readonly before: string;
  readonly after: string;
}

function detailsOf(change: HistoryChange): DetailCells {
  const isGiven = change.change === 'given';
  switch (change.what) {
    case 'subject':
      return { concerns: '', before: change.before ?? '', after: change.after ?? '' };
    case 'permission':
      return { concerns: change.permission, before: levelText(change.before), after: levelText(change.after) };
    case 'reach':
      return { concerns: change.thing.name, before: isGiven ? '' : 'yes', after: isGiven ? 'yes' : '' };
    case 'person':
      return { concerns: change.account, ...lastDays(change) };
    case 'newcomer':
      return { concerns: change.rule, before: isGiven ? '' : 'yes', after: isGiven ? 'yes' : '' };
  }
}

/** A permission without levels is held or not. */
function levelText(held: HeldLevel | null): string {
  if (held === null) return '';
  return `${held.level ?? 'yes'}${held.everywhere ? '' : ' (its apps)'}`;
}

function lastDays({ change, before, after }: Extract<HistoryChange, { readonly what: 'person' }>) {
  const held = (day: string | null) => day ?? 'no end';
  return { before: change === 'added' ? '' : held(before), after: change === 'removed' ? '' : held(after) };
}
