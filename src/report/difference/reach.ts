import type { Difference, ReachCause, ReachedThing, SubjectDifference } from '../../model/difference.ts';
import { isNarrowing, isOwn } from './access.ts';
import { isSamePlace } from './lines.ts';

/** Apps, vendors and resellers that the same subjects come to reach, or reach no longer; `all-apps`: one that is narrowed, or no longer. */
export interface ReachEntry {
  readonly kind: 'reach';
  readonly part: 'more' | 'less';
  /** Whether it gives or takes anything: a vendor may come to be reached with nothing that reaches vendors. */
  readonly counts: boolean;
  readonly application: string;
  readonly main: readonly SubjectDifference[];
  readonly heirs: readonly SubjectDifference[];
  readonly things: readonly ReachedThing[];
  readonly sensitive: boolean;
  readonly reserved: boolean;
  readonly lines: readonly ReachCause[];
}

interface Reached {
  readonly subject: SubjectDifference;
  readonly thing: ReachedThing;
  readonly part: ReachEntry['part'];
}

/** What narrowed subjects come to reach, and reach no longer, by the lines that caused it. */
export function reachEntries({ subjects, reachCauses }: Difference): readonly ReachEntry[] {
  const all = subjects.filter(({ action }) => action === 'changed').flatMap(reachedBy);
  const same = Map.groupBy(all, ({ subject, thing, part }) =>
    JSON.stringify([subject.application, part, thing.kind, thing.name, thing.cause]),
  );
  const entries = [...same.values()].flatMap((group) => entryOf(group, reachCauses));
  const together = Map.groupBy(entries, ({ application, part, counts, main, heirs }) =>
    JSON.stringify([application, part, counts, [main, heirs].map((list) => list.map(({ name }) => name))]),
  );
  return [...together.values()].flatMap(([first, ...others]) => (first === undefined ? [] : [joined(first, others)]));
}

function reachedBy(subject: SubjectDifference): readonly Reached[] {
  if (subject.reach === null) return [];
  const { gained, lost } = subject.reach;
  const isWhole = ({ kind }: ReachedThing) => !isNarrowing(subject) || kind === 'all-apps';
  return [
    ...gained.filter(isWhole).map((thing) => ({ subject, thing, part: 'more' as const })),
    ...lost.filter(isWhole).map((thing) => ({ subject, thing, part: 'less' as const })),
  ];
}

function entryOf(group: readonly Reached[], causes: readonly ReachCause[]): readonly ReachEntry[] {
  const [any] = group;
  if (any === undefined) return [];
  const lines = causes.filter(
    ({ application, place, thing }) =>
      application === any.subject.application && thing.name === any.thing.name && isSamePlace(place, any.thing.cause),
  );
  const own = group.filter(({ subject }) => lines.some((line) => isOwn(line, subject)));
  const main = own.length === 0 ? group : own;
  return [
    {
      kind: 'reach',
      part: any.part,
      counts: group.some(({ subject, part }) => goes(subject, part)),
      application: any.subject.application,
      main: main.map(({ subject }) => subject),
      heirs: group.filter((reached) => !main.includes(reached)).map(({ subject }) => subject),
      things: [any.thing],
      sensitive: group.some(({ thing }) => thing.sensitive),
      reserved: group.some(({ thing }) => thing.reserved),
      lines,
    },
  ];
}

function goes({ direction }: SubjectDifference, part: ReachEntry['part']): boolean {
  return direction === 'both' || direction === (part === 'more' ? 'widening' : 'narrowing');
}

function joined(first: ReachEntry, others: readonly ReachEntry[]): ReachEntry {
  const all = [first, ...others];
  return {
    ...first,
    things: all.flatMap(({ things }) => things),
    sensitive: all.some(({ sensitive }) => sensitive),
    reserved: all.some(({ reserved }) => reserved),
    lines: all.flatMap(({ lines }) => lines),
  };
}
