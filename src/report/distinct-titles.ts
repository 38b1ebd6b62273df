import type { DesiredState } from '../model/desired-state.ts';
import type { Access, Plan } from '../model/plan.ts';

/**
 * The plan with the titles that several permissions of an application share told apart by their references: "View
 * Entitlements" alone would leave open which of three a role gains.
 */
export function withDistinctTitles(plan: Plan, desired: DesiredState): Plan {
  const shared = new Map(desired.applications.map(({ name, scopes }) => [name, sharedTitles(scopes)]));
  const changes = plan.changes.map((change) => {
    const titles = shared.get(change.application);
    if (titles === undefined || titles.size === 0) return change;
    const distinct = (all: readonly Access[]) => all.map((access) => named(access, titles));
    if (change.subject === 'role') return { ...change, gains: distinct(change.gains), loses: distinct(change.loses) };
    if (change.subject !== 'catalog') return change;
    const { added, removed, described } = change;
    return { ...change, added: distinct(added), removed: distinct(removed), described: distinct(described) };
  });
  return { ...plan, changes };
}

/** The same for the permissions of one application, whatever they are part of. */
export function distinctTitles(
  desired: DesiredState,
): (application: string, access: readonly Access[]) => readonly Access[] {
  const shared = new Map(desired.applications.map(({ name, scopes }) => [name, sharedTitles(scopes)]));
  return (application, access) => {
    const titles = shared.get(application);
    return titles === undefined || titles.size === 0 ? access : access.map((one) => named(one, titles));
  };
}

function named(access: Access, shared: ReadonlySet<string>): Access {
  if (access.kind !== 'permission' || access.reference === null || !shared.has(access.title)) return access;
  return { ...access, title: `${access.title} (${withoutLevel(access.reference)})` };
}

function sharedTitles(scopes: DesiredState['applications'][number]['scopes']): ReadonlySet<string> {
  const permissions = scopes.filter(({ kind }) => kind === 'permission');
  const byTitle = Map.groupBy(permissions, ({ title }) => title);
  const several = [...byTitle].filter(
    ([, all]) => new Set(all.map(({ reference }) => withoutLevel(reference))).size > 1,
  );
  return new Set(several.map(([title]) => title));
}

function withoutLevel(reference: string): string {
  return reference.replace(/:.*$/u, '');
}
