import type { Diagnostic } from '../../../language/diagnostic.ts';
import { diagnostic } from '../../../language/diagnostic.ts';
import type { EffectiveApplication, EffectiveCustomRole, EffectiveRole } from '../../../model/effective-model.ts';
import type { LintContext } from '../lint-context.ts';

/**
 * Roles, and custom roles, that give exactly what another one of the application gives: the same permissions at the same
 * levels, for the same apps, in the same environments, and as restrictable. Told at each but the first by name.
 */
export function samePermissions({ model }: LintContext): readonly Diagnostic[] {
  return model.applications.flatMap(sameIn);
}

function sameIn({ roles, customRoles }: EffectiveApplication): readonly Diagnostic[] {
  const assignable = roles.filter(({ definition }) => definition.assignable);
  const giving = [...assignable, ...customRoles].filter(({ permissions }) => permissions.length > 0);
  const groups = [...Map.groupBy(giving, whatItGives).values()];
  return groups.flatMap(([first, ...others]) =>
    others.map(({ definition }) => {
      const other = (first ?? { definition }).definition;
      const related = [{ message: `"${other.name}" is declared here`, place: other.place }];
      const help = 'keep one of the two, and list the name of the other under its "formerly"';
      return diagnostic('RW7003', definition.place, { role: definition.name, other: other.name }, { related, help });
    }),
  );
}

function whatItGives(role: EffectiveRole | EffectiveCustomRole): string {
  return JSON.stringify([
    role.permissions.map(({ permission, level }) => [permission, level]),
    role.definition.onlyIn?.toSorted() ?? null,
    role.kind === 'role' ? role.definition.restrictable : role.apps.map(({ name }) => name),
  ]);
}
