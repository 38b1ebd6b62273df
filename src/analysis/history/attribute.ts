import type { Change, Comparison } from './change.ts';
import type { CommitLine, Revision } from './commit-line.ts';
import { compareHoldings } from './compare-holdings.ts';
import type { Standing, Standings } from './past.ts';

/**
 * The commit that made each change of a step of the line. Of an ordinary commit it is the commit itself. Of a merge it is
 * found as blame finds a line: from the merged branch that has what the merge has, back to the commit before which it was
 * otherwise. Where no merged branch has it, or it had it before the branches parted, the merge has decided so itself.
 */
export async function attribute(
  { changes, subjects, permissions }: Comparison,
  step: Revision,
  [was, now]: readonly [was: Standing, now: Standing],
  standings: Standings,
  line: CommitLine,
  cutOff: ReadonlySet<string>,
): Promise<readonly string[]> {
  const merged = step.parents.slice(1);
  const differences = new Map<string, readonly Change[]>();
  const renames = new Map<string, Comparison>();
  return Promise.all(changes.map((change) => (merged.length === 0 ? step.id : makerOf(change))));

  async function makerOf(change: Change): Promise<string> {
    let at = await oneThatHas(change, merged);
    while (at !== null) {
      const isOfTheBranch = line.broughtBy.get(at) === step.id && !cutOff.has(at);
      if (!isOfTheBranch) return step.id;
      const before = await oneThatHas(change, line.byId.get(at)?.parents ?? []);
      if (before === null) return at;
      at = before;
    }
    return step.id;
  }

  /** The first of some revisions at which that which was changed is already as it is after the merge. */
  async function oneThatHas(change: Change, revisions: readonly string[]): Promise<string | null> {
    for (const revision of revisions) {
      const different = await differenceFrom(revision);
      const called = await asCalledAt(revision, change);
      if (!different.some((other) => isAboutTheSame(other, called))) return revision;
    }
    return null;
  }

  async function differenceFrom(revision: string): Promise<readonly Change[]> {
    const { key, holdings } = await standings.at(revision);
    const known = differences.get(key);
    if (known !== undefined) return known;
    const different = key === now.key ? [] : compareHoldings(holdings, now.holdings).changes;
    differences.set(key, different);
    return different;
  }

  /** A change of what is gone after the merge, with the names that it had on the merged branch. */
  async function asCalledAt(revision: string, change: Change): Promise<Change> {
    const subject = `${change.application}/${change.name}`;
    const permission = change.what === 'permission' ? `${change.application}/${change.permission}` : '';
    if (subjects.get(subject) !== null && permissions.get(permission) !== null) return change;
    const { key, holdings } = await standings.at(revision);
    const known = renames.get(key) ?? compareHoldings(was.holdings, holdings);
    renames.set(key, known);
    const local = (name: string | null | undefined, otherwise: string) =>
      name?.slice(name.indexOf('/') + 1) ?? otherwise;
    const name = subjects.get(subject) === null ? local(known.subjects.get(subject), change.name) : change.name;
    if (change.what !== 'permission' || permissions.get(permission) !== null) return { ...change, name };
    return { ...change, name, permission: local(known.permissions.get(permission), change.permission) };
  }
}

/** Whether two changes that end in the same holdings concern the same thing of the same subject. */
function isAboutTheSame(one: Change, other: Change): boolean {
  return one.application === other.application && one.name === other.name && thingOf(one) === thingOf(other);
}

function thingOf(change: Change): string {
  switch (change.what) {
    case 'subject':
      return change.change === 'new' || change.change === 'removed' ? 'subject' : `subject ${change.change}`;
    case 'permission':
      return `permission ${change.permission}`;
    case 'reach':
      return `reach ${change.thing.kind} ${change.thing.name}`;
    case 'person':
      return `person ${change.account}`;
    case 'newcomer':
      return `newcomer ${change.rule}`;
  }
}
