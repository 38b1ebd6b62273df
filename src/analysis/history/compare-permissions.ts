import type { TwoWayDirection } from '../../model/difference.ts';
import type { Pair } from '../../model/match.ts';
import type { HeldLevel, PermissionChange } from './change.ts';
import type { Told } from './compare-subjects.ts';
import type { HeldPermission, HeldSubject, KnownLevel, KnownPermission } from './holdings.ts';

/** A permission of the catalog before and after. */
export type PermissionMatch = Pair<KnownPermission>;

/** What a subject may do after and not before, and the reverse, permission by permission in the order of the catalog. */
export function comparePermissions(
  { base: before, head: after }: Pair<HeldSubject>,
  permissions: readonly PermissionMatch[],
  told: Told,
): readonly PermissionChange[] {
  const was = heldBy(before);
  const is = heldBy(after);
  // That an app comes to have a vendor is told as such, and not of every permission that reaches vendors.
  const reachesSellers = [before, after].some((subject) => hasSellers(subject));
  return permissions.flatMap((pair) => {
    const permission = pair.head ?? pair.base;
    const old = sideOf(pair.base, was, reachesSellers);
    const now = sideOf(pair.head, is, reachesSellers);
    if (permission === null || (old === null && now === null)) return [];
    const movement = movementBetween(old, now);
    if (movement === null) return [];
    return [
      {
        what: 'permission',
        change: changeOf(old, now, movement),
        ...told(movement.direction),
        permission: permission.name,
        permissionTitle: permission.title,
        before: old?.shown ?? null,
        after: now?.shown ?? null,
        gained: movement.gained.map(({ name }) => name),
        lost: movement.lost.map(({ name }) => name),
        sensitive: [...movement.gained, ...movement.lost].some(({ sensitive }) => sensitive),
        through: (movement.direction === 'narrowing' ? old : now)?.held.through ?? null,
      },
    ];
  });
}

/** A permission as it is held at one side: its levels up to the highest. */
interface Side {
  readonly held: HeldPermission;
  readonly levels: readonly KnownLevel[];
  readonly shown: HeldLevel;
}

function heldBy(subject: HeldSubject | null): ReadonlyMap<string, HeldPermission> {
  return new Map((subject?.held ?? []).map((held) => [held.permission, held]));
}

function sideOf(
  permission: KnownPermission | null,
  all: ReadonlyMap<string, HeldPermission>,
  reachesSellers: boolean,
): Side | null {
  const held = permission === null ? undefined : all.get(permission.name);
  if (permission === null || held === undefined) return null;
  const levels = permission.levels.slice(0, held.rank + 1);
  const forVendors = reachesSellers && !held.everywhere ? levels.filter(({ alsoForVendors }) => alsoForVendors) : [];
  const highest = levels.at(-1);
  const { everywhere } = held;
  const shown = {
    level: highest?.name ?? null,
    title: highest?.title ?? null,
    everywhere,
    forVendors: forVendors.map(({ name }) => name ?? ''),
  };
  return { held, levels, shown };
}

function hasSellers(subject: HeldSubject | null): boolean {
  const reach = subject?.reach ?? null;
  return reach !== null && reach.vendors.length + reach.resellers.length > 0;
}

interface Movement {
  readonly direction: TwoWayDirection;
  readonly gained: readonly KnownLevel[];
  readonly lost: readonly KnownLevel[];
}

/** null: somebody who holds it may do exactly what could be done before. */
function movementBetween(old: Side | null, now: Side | null): Movement | null {
  const gained = beyond(now, old);
  const lost = beyond(old, now);
  if (gained.length + lost.length === 0) return null;
  const direction = lost.length === 0 ? 'widening' : gained.length === 0 ? 'narrowing' : 'both';
  return { direction, gained, lost };
}

/** The levels that one side holds and the other does not, or not for as much. */
function beyond(side: Side | null, other: Side | null): readonly KnownLevel[] {
  if (side === null) return [];
  return side.levels.filter(({ name, scope }) => {
    // A level that is called something else is the same as long as services check the same scope.
    const same = other?.levels.find((level) => level.name === name || level.scope === scope);
    if (other === null || same === undefined) return true;
    if (other.shown.everywhere) return false;
    return side.shown.everywhere || (isForVendors(side, name) && !isForVendors(other, same.name));
  });
}

function isForVendors({ shown }: Side, name: string | null): boolean {
  return shown.forVendors.includes(name ?? '');
}

function changeOf(old: Side | null, now: Side | null, { direction }: Movement): PermissionChange['change'] {
  if (old === null) return 'given';
  if (now === null) return 'taken';
  const isSameReach =
    old.shown.everywhere === now.shown.everywhere && old.shown.forVendors.length === now.shown.forVendors.length;
  if (!isSameReach || direction === 'both') return 'changed';
  return direction === 'widening' ? 'raised' : 'lowered';
}
