import { ask } from '../../analysis/history/ask.ts';
import { commitLine } from '../../analysis/history/commit-line.ts';
import type { History, HistoryEntry, RevisionFacts } from '../../analysis/history/history.ts';
import type { PastChange } from '../../analysis/history/walk-history.ts';
import { walkHistory } from '../../analysis/history/walk-history.ts';
import type { Clone } from '../../revisions/clone.ts';
import { readCommit } from '../../revisions/clone.ts';
import { readGraph } from '../../revisions/commit-graph.ts';
import type { Host } from '../host.ts';
import { holdingsCache, noCache } from './holdings-cache.ts';
import { pastOfClone } from './past-of-clone.ts';

export interface HistoryQuestion {
  readonly role: string | null;
  readonly permission: string | null;
  /** The commit at which the history ends. */
  readonly head: string;
  readonly since: string | null;
  readonly until: string | null;
}

/** Why a question has no answer, and what to do. */
export interface Unanswered {
  readonly problem: string;
  readonly help: string;
}

/** Reads the past of a clone, and answers a question about it. */
export async function findHistory(
  host: Host,
  clone: Clone,
  { role, permission, head, since, until }: HistoryQuestion,
  useCache: boolean,
): Promise<History | Unanswered> {
  host.progress.tell('Reading the commits');
  const graph = await readGraph(clone, head);
  const { commits } = graph;
  const line = commitLine(commits, head);
  const wanted = new Set(commits.filter((step) => isWithin(step, since, until)).map(({ id }) => id));
  const cache = useCache ? holdingsCache(host.env) : noCache;
  const past = pastOfClone(clone, cache, graph, (count) => {
    // Ctrl-C between two revisions is soon enough.
    host.signal.throwIfAborted();
    host.progress.tell(`Reading what everybody held: revision ${count}`);
  });
  // Asked for all at once, git answers many times as fast as one by one.
  const last = line.steps.findLastIndex(({ id }) => wanted.has(id));
  await Promise.all(line.steps.slice(0, last + 2).map(({ id }) => past.keyOf(id)));
  const walked = await walkHistory(line, past, (step) => wanted.has(step));
  const asked = ask(walked, role, permission);
  if ('problem' in asked) return asked;
  const { question } = asked;
  const order = new Map(commits.map(({ id }, index) => [id, index]));
  const facts = (id: string) => factsOf(clone, id);
  return {
    schemaVersion: 1,
    role: question.role,
    permission: question.permission,
    since,
    until,
    head: await facts(head),
    holds: question.holds,
    entries: await entriesOf(walked.changes.filter(question.isAbout), order, facts),
    steppedOver: await Promise.all(walked.steppedOver.toSorted(by(order)).map(facts)),
    cutOff: walked.cutOff === null ? null : await facts(walked.cutOff),
  };
}

/** A step counts on the day on which it was made: a branch that lay for a month has come into effect with its merge. */
function isWithin({ committed }: { readonly committed: string }, since: string | null, until: string | null): boolean {
  const day = committed.slice(0, 10);
  return (since === null || day >= since) && (until === null || day <= until);
}

/** The changes by the commit that made them, the newest first: by the step that brought it, then as git orders commits. */
async function entriesOf(
  changes: readonly PastChange[],
  order: ReadonlyMap<string, number>,
  facts: (id: string) => Promise<RevisionFacts>,
): Promise<readonly HistoryEntry[]> {
  const steps = Map.groupBy(changes, ({ commit, merge }) => merge ?? commit);
  const entries = [...steps].flatMap(([step, brought]) => {
    const commits = Map.groupBy(brought, ({ commit }) => commit);
    return [...commits.keys()].toSorted(by(order)).map((commit) => ({ step, commit, made: commits.get(commit) ?? [] }));
  });
  return Promise.all(
    entries.map(async ({ step, commit, made }): Promise<HistoryEntry> => {
      const effective = await facts(step);
      return {
        commit: await facts(commit),
        merge: step === commit ? null : effective,
        effective: effective.committed,
        changes: made.map(({ change, subject }) => ({ ...change, now: subject.now })),
        steppedOver: made[0]?.steppedOver ?? [],
      };
    }),
  );
}

async function factsOf(clone: Clone, id: string): Promise<RevisionFacts> {
  const { tree: _, parents: __, ...facts } = await readCommit(clone, id);
  return facts;
}

function by(order: ReadonlyMap<string, number>): (a: string, b: string) => number {
  return (a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0);
}
