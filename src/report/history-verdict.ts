import type { History, HistoryEntry } from '../analysis/history/history.ts';

/** What is asked about, in words: "productiv/basic-user and productiv/data/spend-data:edit"; "everything". */
export function historySubject({ role, permission }: History): string {
  const named = [role, permission].filter((name) => name !== null);
  return named.length === 0 ? 'everything' : named.join(' and ');
}

/** The days that are asked about, in words; empty where all are. */
export function historyPeriod({ since, until }: History): string {
  return [since === null ? '' : ` since ${since}`, until === null ? '' : ` until ${until}`].join('');
}

/** Of a role and a permission, whether it is held now, and by whose doing; null where something else is asked. */
export function historyVerdict(history: History): string | null {
  const { role, permission, holds, entries, until, since, cutOff } = history;
  if (holds === null || role === null || permission === null) return null;
  const [newest] = entries;
  const at = holds.level === null || permission.endsWith(`:${holds.level}`) ? '' : `, at ${holds.level}`;
  const state = holds.held ? `${role} holds ${permission}${at}` : `${role} does not hold ${permission}`;
  if (newest !== undefined && until === null) {
    return `${state}, since ${dayOf(newest)}: ${newest.commit.author.name}, ${newest.commit.id.slice(0, 10)}`;
  }
  if (until !== null || since !== null || cutOff !== null) return `${state} now`;
  return holds.held ? state : `${role} has never held ${permission}`;
}

/** The day, in UTC, on which a change came into effect. */
export function dayOf({ effective }: HistoryEntry): string {
  return effective.slice(0, 10);
}
