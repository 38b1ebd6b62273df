import type { Permission } from '../../model/definitions.ts';
import type { HeldLevel } from '../../model/difference.ts';
import type { HeldPermission } from '../../model/effective-model.ts';
import type { AccessLevel } from './sides.ts';
import { accessLevels } from './sides.ts';
import type { Subject } from './subjects.ts';

/** A permission as a subject holds it. */
export interface Holding {
  readonly permission: Permission;
  readonly held: HeldPermission;
  readonly level: HeldLevel;
  /** Every level held, lowest first, by the key of its access. */
  readonly levels: ReadonlyMap<string, AccessLevel>;
  /** The key of the highest one. */
  readonly highest: string;
}

/** What a subject holds, by what the permission is called at the head. Holding a level is holding those below it. */
export function holdingsOf({ permissions, reach, side }: Subject): ReadonlyMap<string, Holding> {
  const holdings = new Map<string, Holding>();
  for (const held of permissions) {
    const permission = side.permissions.get(held.permission);
    if (permission === undefined) continue;
    const all = accessLevels(permission);
    const top = all.find(({ name }) => name === held.level);
    if (top === undefined) continue;
    const levels = all.filter(({ rank }) => rank <= top.rank);
    const everywhere = reach === null || permission.restrictedBy === null;
    const forVendors = everywhere ? [] : levels.filter(({ alsoForVendors }) => alsoForVendors).map(({ name }) => name);
    const key = ({ name }: AccessLevel) => side.now.access(permission.reference, name);
    holdings.set(side.now.permission(permission.reference), {
      permission,
      held,
      level: { level: top.name, title: top.title, rank: top.rank, everywhere, forVendors },
      levels: new Map(levels.map((level) => [key(level), level])),
      highest: key(top),
    });
  }
  return holdings;
}

/** Whether a level that is held reaches the vendors and resellers of its holder's apps. */
export function isForVendors({ level }: Holding, { name }: AccessLevel): boolean {
  return level.forVendors.includes(name);
}
