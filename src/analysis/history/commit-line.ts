/** A commit with its parents, the first parent first. */
export interface Revision {
  readonly id: string;
  readonly parents: readonly string[];
}

/**
 * The commits that a branch has gone through, each with what it brought along: its first parents, back from the head. A
 * merge is one step of it, and what was merged lies behind that step.
 */
export interface CommitLine {
  /** The head first. */
  readonly steps: readonly Revision[];
  readonly byId: ReadonlyMap<string, Revision>;
  /** The step that first brought a commit into the line; a step's own is itself. */
  readonly broughtBy: ReadonlyMap<string, string>;
}

/** The line of first parents of a head, over every commit that leads to it. */
export function commitLine(revisions: readonly Revision[], head: string): CommitLine {
  const byId = new Map(revisions.map((revision) => [revision.id, revision]));
  const steps: Revision[] = [];
  for (let at = byId.get(head); at !== undefined; at = byId.get(at.parents[0] ?? '')) steps.push(at);
  const broughtBy = new Map<string, string>();
  for (const step of steps.toReversed()) {
    const waiting = [step.id];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (broughtBy.has(id)) continue;
      broughtBy.set(id, step.id);
      waiting.push(...(byId.get(id)?.parents ?? []));
    }
  }
  return { steps, byId, broughtBy };
}
