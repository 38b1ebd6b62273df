import type { Permission } from '../../model/definitions.ts';
import type { EffectiveModel, HeldPermission } from '../../model/effective-model.ts';
import { rankOf } from '../../model/resolve/hold.ts';
import { permissionsOf } from '../../model/resolve/resolve.ts';

/** The roles, custom roles and assignments that hold a sensitive permission, however they came by it: `application/name`. */
export function sensitiveHolders(model: EffectiveModel): ReadonlySet<string> {
  const names = model.applications.flatMap(({ definition, roles, customRoles, assignments }) => {
    const permissions = permissionsOf(definition);
    return [...roles, ...customRoles, ...assignments]
      .filter((holder) => holder.permissions.some((held) => isSensitive(held, permissions.get(held.permission))))
      .map((holder) => `${definition.name}/${holder.definition.name}`);
  });
  return new Set(names);
}

/** Whether it is, or one of the levels up to the one held. */
function isSensitive({ level }: HeldPermission, permission: Permission | undefined): boolean {
  if (permission === undefined) return false;
  const rank = rankOf(permission, level);
  return permission.sensitive || permission.levels.some((below) => below.sensitive && below.rank <= rank);
}
