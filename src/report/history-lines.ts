import type { HeldLevel, PermissionChange } from '../analysis/history/change.ts';
import type { History, HistoryChange, HistoryEntry } from '../analysis/history/history.ts';
import { enumeration } from './enumeration.ts';
import { counted } from './tally.ts';

/** One line of what a commit changed, in plain text that no sink has escaped yet. */
export interface HistoryLine {
  readonly sign: '+' | '-' | '~';
  /** Titles of the roles that it happened to. */
  readonly who: readonly string[];
  /** What happened, as it stands behind the names: "gains Edit on Spend Data". */
  readonly what: string;
  readonly sensitive: boolean;
  /** What else is to be known: "through viewer", "now called clerk-plus". */
  readonly note: string | null;
}

/**
 * What a commit changed, line by line: what happens to several roles alike is told once, and of a new or removed role how
 * much it held, unless the role itself is asked about.
 */
export function historyLines(entry: HistoryEntry, history: History): readonly HistoryLine[] {
  const several =
    new Set(history.entries.flatMap(({ changes }) => changes.map(({ application }) => application))).size > 1;
  const whole = history.role === null && history.permission === null ? wholeSubjects(entry) : new Set<string>();
  const told = entry.changes.filter((change) => change.what !== 'permission' || !whole.has(subjectKey(change)));
  const groups = Map.groupBy(told, (change) => JSON.stringify([change.application, sameFor(change)]));
  return [...groups.values()].flatMap((changes) => {
    const [first] = changes;
    if (first === undefined) return [];
    return [
      {
        sign: signs[first.direction],
        who: changes.map(({ title, application }) => (several ? `${title} of ${application}` : title)),
        what: wordsOf(first, changes.length > 1),
        sensitive: isSensitive(first, whole, entry),
        note: noteOf(changes, history),
      },
    ];
  });
}

const signs = { widening: '+', narrowing: '-', both: '~', neutral: '~' } as const;

/** New and removed roles: all that they hold goes with them. */
function wholeSubjects({ changes }: HistoryEntry): ReadonlySet<string> {
  const whole = changes.filter((change) => change.what === 'subject' && ['new', 'removed'].includes(change.change));
  return new Set(whole.map(subjectKey));
}

function subjectKey({ application, name }: HistoryChange): string {
  return `${application}/${name}`;
}

/** A change without whom it happens to, and for what they are narrowed to; what concerns a role alone is told of that role. */
function sameFor(change: HistoryChange): unknown {
  if (change.what === 'subject') return change;
  const { kind: _, name: __, title: ___, now: ____, ...same } = change;
  if (same.what !== 'permission') return same;
  const levelOf = (held: HeldLevel | null) => (same.change === 'changed' ? held : (held?.level ?? null));
  return { ...same, before: levelOf(same.before), after: levelOf(same.after), through: null };
}

/** Through whom it comes, unless that is one of those to whom it happens; and of one alone, what it is called now. */
function noteOf(changes: readonly HistoryChange[], { role }: History): string | null {
  const own = new Set(changes.map(({ name }) => name));
  const through = changes.flatMap((change) => (change.what === 'permission' ? (change.through ?? []) : []));
  const others = [...new Set(through)].filter((name) => !own.has(name));
  const notes = [
    ...(others.length === 0 ? [] : [`through ${enumeration(others)}`]),
    ...(changes.length > 1 ? [] : changes.flatMap((change) => calledNow(change, role) ?? [])),
  ];
  return notes.length === 0 ? null : notes.join('; ');
}

function calledNow(change: HistoryChange, asked: string | null): string | null {
  const { now } = change;
  if (now === subjectKey(change) || (asked !== null && now === asked)) return null;
  if (now !== null) return `now called ${now.slice(now.indexOf('/') + 1)}`;
  return change.what === 'subject' && change.change === 'removed' ? null : 'no longer there';
}

function isSensitive(change: HistoryChange, whole: ReadonlySet<string>, { changes }: HistoryEntry): boolean {
  if (change.what === 'permission') return change.sensitive;
  if (change.what !== 'subject' || !whole.has(subjectKey(change))) return false;
  return changes.some(
    (other) => other.what === 'permission' && other.sensitive && subjectKey(other) === subjectKey(change),
  );
}

function wordsOf(change: HistoryChange, many: boolean): string {
  const verb = (one: string, more: string) => (many ? more : one);
  switch (change.what) {
    case 'subject': {
      if (change.change === 'renamed') return `is renamed from ${change.before} to ${change.after}`;
      if (change.change === 'purposes')
        return `is for ${change.after ?? 'all environments'}, was for ${change.before ?? 'all'}`;
      const apps = change.apps === null ? '' : ` for ${enumeration(change.apps)}`;
      const held = `${counted(change.permissions, 'permission')}${apps}`;
      const kind = { role: 'role', 'custom-role': 'custom role', assignment: 'assignment' }[change.kind];
      return change.change === 'new' ? `is a new ${kind} with ${held}` : `is removed, a ${kind} with ${held}`;
    }
    case 'permission':
      return permissionWords(change, verb);
    case 'reach': {
      const thing = change.thing.kind === 'all-apps' ? 'all apps' : `${change.thing.kind} ${change.thing.title}`;
      return change.change === 'given'
        ? `${verb('reaches', 'reach')} ${thing}`
        : `${verb('reaches', 'reach')} ${thing} no longer`;
    }
    case 'person': {
      const until = (day: string | null) => (day === null ? 'without end' : `until ${day}`);
      const by = `(${change.assignment})`;
      if (change.change === 'removed') return `${verb('is', 'are')} held by ${change.account} no longer ${by}`;
      const last = change.change === 'added' && change.after === null ? '' : ` ${until(change.after)}`;
      const was = change.change === 'added' ? '' : `, was ${until(change.before)}`;
      const held = change.change === 'added' ? 'given to' : 'held by';
      return `${verb('is', 'are')} ${held} ${change.account}${last}${was} ${by}`;
    }
    case 'newcomer': {
      const whom = change.rule === 'default' ? 'whoever signs in for the first time' : `newcomers of ${change.rule}`;
      return change.change === 'given'
        ? `${verb('is', 'are')} given to ${whom}`
        : `${verb('is', 'are')} given to ${whom} no longer`;
    }
  }
}

function permissionWords(
  { change, permissionTitle, before, after, gained, lost }: PermissionChange,
  verb: (one: string, more: string) => string,
): string {
  const on = (level: string | null | undefined) => (level ? `${level} on ${permissionTitle}` : permissionTitle);
  switch (change) {
    case 'given':
      return `${verb('gains', 'gain')} ${on(after?.title)}`;
    case 'taken':
      return `${verb('loses', 'lose')} ${on(before?.title)}`;
    case 'raised':
      return before?.level === after?.level
        ? `${verb('gains', 'gain')} ${gained.join(', ')} on ${permissionTitle}, below ${after?.title}`
        : `${verb('gains', 'gain')} ${on(after?.title)}, had ${before?.title}`;
    case 'lowered':
      return before?.level === after?.level
        ? `${verb('loses', 'lose')} ${lost.join(', ')} on ${permissionTitle}, below ${after?.title}`
        : `${verb('loses', 'lose')} ${on(before?.title)}, ${verb('keeps', 'keep')} ${after?.title}`;
    case 'changed': {
      const extent = (held: typeof before) => {
        if (held?.everywhere) return 'for all apps';
        return held?.forVendors.length ? 'for its apps and their vendors' : 'for its apps';
      };
      return `${verb('holds', 'hold')} ${on(after?.title)} ${extent(after)}, had ${before?.title ?? 'it'} ${extent(before)}`;
    }
  }
}
