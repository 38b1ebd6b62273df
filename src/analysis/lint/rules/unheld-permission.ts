import type { Diagnostic } from '../../../language/diagnostic.ts';
import { diagnostic } from '../../../language/diagnostic.ts';
import type { EffectiveApplication } from '../../../model/effective-model.ts';
import { rankOf } from '../../../model/resolve/hold.ts';
import { permissionsOf } from '../../../model/resolve/resolve.ts';
import type { LintContext } from '../lint-context.ts';

/**
 * Permissions that no assignable role and no custom role holds, and levels above the highest that any holds. An
 * application without such roles is not told: its roles are still to come.
 */
export function unheldPermission({ model }: LintContext): readonly Diagnostic[] {
  return model.applications.flatMap(unheldIn);
}

function unheldIn(application: EffectiveApplication): readonly Diagnostic[] {
  const assignable = application.roles.filter(({ definition }) => definition.assignable);
  const holders = [...assignable, ...application.customRoles];
  if (holders.length === 0) return [];
  const permissions = permissionsOf(application.definition);
  const highest = new Map<string, number>();
  for (const { permission, level } of holders.flatMap((holder) => holder.permissions)) {
    const rank = rankOf(permissions.get(permission), level);
    highest.set(permission, Math.max(rank, highest.get(permission) ?? 0));
  }
  return [...permissions.values()].flatMap(({ reference, place, levels }) => {
    const held = highest.get(reference);
    if (held === undefined) {
      const help = 'grant it, or remove it from the catalog and list it under "retired"';
      return [diagnostic('RW7006', place, { permission: reference }, { help })];
    }
    return levels
      .filter(({ rank }) => rank > held)
      .map((level) =>
        diagnostic(
          'RW7006',
          level.place,
          { permission: `${reference}:${level.name}` },
          { help: 'grant it, or remove it' },
        ),
      );
  });
}
