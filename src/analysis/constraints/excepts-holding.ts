import type { Exception } from '../../model/definitions.ts';
import type { HeldPermission } from '../../model/effective-model.ts';
import { rankOf } from '../../model/resolve/hold.ts';
import type { JudgedApplication } from './rule-context.ts';
import { isSame } from './rule-context.ts';

/**
 * Whether an exception lets a role hold what it should not: it names the role, and the permission too or none at all. One
 * that names a permission excepts up to the level that it names, and never a higher one that is held.
 */
export function exceptsHolding(
  { role, permission }: Exception,
  holder: string,
  held: HeldPermission,
  { name, permissions }: JudgedApplication,
): boolean {
  if (!isSame(role, name, holder)) return false;
  if (permission === null) return true;
  if (permission.application !== name || permission.value.permission !== held.permission) return false;
  const known = permissions.get(held.permission);
  return rankOf(known, permission.value.level) >= rankOf(known, held.level);
}
