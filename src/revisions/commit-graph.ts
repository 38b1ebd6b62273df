import type { Clone } from './clone.ts';
import { readCommit } from './clone.ts';
import { timeOf } from './commit.ts';
import { complaintOf, gitFailure, runGit } from './git.ts';

/** A commit with its parents, the first parent first. */
export interface GraphCommit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly tree: string;
  /** When it was made, in UTC: `2026-05-01T10:00:00Z`. */
  readonly committed: string;
}

/** Every commit that a head is made of. */
export interface CommitGraph {
  /** Children before parents, the head first. */
  readonly commits: readonly GraphCommit[];
  /** Commits whose parents a shallow clone has not: what they did themselves is not known. */
  readonly cutOff: ReadonlySet<string>;
}

/** Reads the commits that lead to one, in a single run of git; a `GitFailure` where it cannot. */
export async function readGraph(clone: Clone, head: string): Promise<CommitGraph> {
  const shown = ['--topo-order', '--parents', '--format=%T %ct', '--end-of-options'];
  const run = await runGit(clone.git, ['rev-list', ...shown, head]);
  if (run.exitCode !== 0) throw gitFailure(complaintOf(run));
  const found = run.stdout.toString().matchAll(/^commit (\S+)(.*)\n(\S+) (-?\d+)$/gmu);
  const commits = [...found].map(([, id = '', parents = '', tree = '', seconds = '']): GraphCommit => {
    return {
      id,
      parents: parents.split(' ').filter((parent) => parent !== ''),
      tree,
      committed: timeOf(Number(seconds)),
    };
  });
  return { commits, cutOff: clone.isShallow ? await commitsWithoutTheirParents(clone, commits) : new Set() };
}

/** Git speaks of them as of first commits, but the commit itself says that it had parents. */
async function commitsWithoutTheirParents(clone: Clone, commits: readonly GraphCommit[]): Promise<ReadonlySet<string>> {
  const first = commits.filter(({ parents }) => parents.length === 0);
  const read = await Promise.all(first.map(({ id }) => readCommit(clone, id)));
  return new Set(read.filter(({ parents }) => parents.length > 0).map(({ id }) => id));
}
