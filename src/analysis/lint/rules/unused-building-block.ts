import type { Diagnostic } from '../../../language/diagnostic.ts';
import { diagnostic } from '../../../language/diagnostic.ts';
import type { LintContext } from '../lint-context.ts';

/** Building blocks (`assignable: false`) that no role inherits and that are the base of no custom role. */
export function unusedBuildingBlock({ model }: LintContext): readonly Diagnostic[] {
  return model.applications.flatMap(({ definition: { roles, customRoles } }) => {
    const used = new Set([
      ...roles.flatMap(({ inherits }) => inherits.map(({ name }) => name)),
      ...customRoles.map(({ base }) => base.name),
    ]);
    const unused = roles.filter(({ name, assignable }) => !assignable && !used.has(name));
    const help = 'inherit it, remove it, or let people hold it (without "assignable: false")';
    return unused.map(({ name, place }) => diagnostic('RW7005', place, { role: name }, { help }));
  });
}
