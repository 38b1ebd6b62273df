import { byCodePoint } from '../../language/source.ts';
import type { Permission, Reference, Role } from '../definitions.ts';
import type { Chain, HeldPermission, Step } from '../effective-model.ts';

/** What a role holds while it is being resolved, by `section/permission`. */
export type Holdings = ReadonlyMap<string, HeldPermission>;

/** The permissions of an application by `section/permission`. */
export type Permissions = ReadonlyMap<string, Permission>;

/** The rank of a level, 0 for the lowest; a permission without levels has one rank, 0. */
export function rankOf(permission: Permission | undefined, level: string | null): number {
  if (permission === undefined || level === null) return 0;
  return permission.levels.findIndex(({ name }) => name === level);
}

/**
 * The union of what a role inherits and what it grants; of two levels the higher one counts. A chain is kept for each
 * line of the role that gives the level held, through a parent by the parent's first chain, so that chains grow with the
 * lines of a role and not with the ways through its ancestors.
 */
export function holdingsOf(role: Role, parents: ReadonlyMap<string, Holdings>, permissions: Permissions): Holdings {
  const held = new Map<string, HeldPermission>();
  const add = (permission: string, level: string | null, chain: Chain) => {
    const before = held.get(permission);
    if (before === undefined) {
      held.set(permission, { permission, level, chains: [chain] });
      return;
    }
    const known = permissions.get(permission);
    const gain = rankOf(known, level) - rankOf(known, before.level);
    if (gain < 0) return;
    held.set(permission, { permission, level, chains: gain > 0 ? [chain] : [...before.chains, chain] });
  };
  for (const grant of role.grants) add(grant.permission, grant.level, [grantStep(role, grant)]);
  for (const parent of role.inherits) {
    const step: Step = { kind: 'inherits', role: role.name, names: parent.name, place: parent.place };
    for (const { permission, level, chains } of parents.get(parent.name)?.values() ?? []) {
      add(permission, level, [step, ...chains[0]]);
    }
  }
  return held;
}

/** Holdings as a list sorted by reference. */
export function sortedHoldings(holdings: Holdings): readonly HeldPermission[] {
  return [...holdings.values()].sort((a, b) => byCodePoint(a.permission, b.permission));
}

function grantStep(role: Role, grant: Reference): Step {
  return { kind: 'grants', role: role.name, names: grant.text, place: grant.place };
}
