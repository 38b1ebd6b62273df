import { attribute } from './attribute.ts';
import type { Change } from './change.ts';
import type { CommitLine, Revision } from './commit-line.ts';
import { compareHoldings } from './compare-holdings.ts';
import type { Holdings } from './holdings.ts';
import type { Identity } from './identities.ts';
import { identitiesAt } from './identities.ts';
import type { Past } from './past.ts';
import { nothing, standingsOf } from './past.ts';

/** A change with who made it: the commit that wrote it, and the merge that brought it into the line, if one did. */
export interface PastChange {
  readonly change: Change;
  readonly commit: string;
  /** The step of the line at which it came into effect, where that is another one. */
  readonly merge: string | null;
  /** Whom it concerns, through all renames. */
  readonly subject: Identity;
  /** The permission, of a change of one. */
  readonly permission: Identity | null;
  /** Revisions just before the commit that mean nothing: it may only have made a change readable that one of them wrote. */
  readonly steppedOver: readonly string[];
}

export interface WalkedHistory {
  /** The newest step first; of one step, in the order of the catalog. */
  readonly changes: readonly PastChange[];
  /** What is held at the head, and everything that was ever called something in between. */
  readonly head: Holdings;
  readonly subjects: readonly Identity[];
  readonly permissions: readonly Identity[];
  /** Revisions that mean nothing and were stepped over, in the order in which they were met. */
  readonly steppedOver: readonly string[];
  /** The oldest revision, if what happened before it is not known. */
  readonly cutOff: string | null;
}

/**
 * Walks the line of a branch, the newest step first, and says what each step changed of what everybody holds, and which
 * commit did it. Steps are compared with the one before them, so that what is told is what came into effect: a branch that
 * gives and takes again before it is merged has changed nothing. What a merge brings is due to the commit of the merged
 * branch that made it; what only the meeting of two branches gives is due to the merge.
 *
 * @param wanted whether a step is within what is asked for; the walk ends behind the last one
 */
export async function walkHistory(
  line: CommitLine,
  past: Past,
  wanted: (step: string) => boolean,
): Promise<WalkedHistory> {
  const standings = standingsOf(past, line);
  const last = line.steps.findLastIndex(({ id }) => wanted(id));
  const head = await standings.at(line.steps[0]?.id);
  const identities = identitiesAt(head.holdings);
  const changes: PastChange[] = [];
  let cutOff: string | null = null;
  for (const step of line.steps.slice(0, last + 1)) {
    if (past.cutOff.has(step.id)) {
      cutOff = step.id;
      break;
    }
    changes.push(...(await changesOf(step)));
  }
  return {
    changes,
    head: head.holdings,
    subjects: identities.subjects.all(),
    permissions: identities.permissions.all(),
    steppedOver: [...standings.met()],
    cutOff,
  };

  async function changesOf(step: Revision): Promise<readonly PastChange[]> {
    const [before] = step.parents;
    if (before !== undefined && (await past.keyOf(before)) === (await past.keyOf(step.id))) return [];
    const now = await standings.at(step.id);
    // What counts here is what counted before: its documents mean nothing, or the very same.
    if (now.revision !== step.id) return [];
    const was = before === undefined ? nothing : await standings.at(before);
    if (was.key === now.key) return [];
    const comparison = compareHoldings(was.holdings, now.holdings);
    const concerned = identities.before(comparison);
    if (!wanted(step.id)) return [];
    const makers = await attribute(comparison, step, [was, now], standings, line, past.cutOff);
    return Promise.all(
      comparison.changes.map(async (change, index): Promise<PastChange> => {
        const commit = makers[index] ?? step.id;
        const merge = commit === step.id ? null : step.id;
        return { change, commit, merge, ...concerned(change), steppedOver: await standings.steppedOver(commit) };
      }),
    );
  }
}
