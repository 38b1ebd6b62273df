import type { Diagnostic } from '../../../language/diagnostic.ts';
import { diagnostic } from '../../../language/diagnostic.ts';
import type { Place } from '../../../language/source.ts';
import type { Application, DenialEffects, Permission } from '../../../model/definitions.ts';
import type { LintContext } from '../lint-context.ts';

/**
 * Permissions and levels without `whenDenied`; an `undocumented:` with its reason is enough. Told once for a catalog in
 * which no permission has any.
 */
export function undocumentedPermission({ model }: LintContext): readonly Diagnostic[] {
  return model.applications.flatMap(({ definition }) => undocumentedIn(definition));
}

function undocumentedIn({ name, place, sections }: Application): readonly Diagnostic[] {
  const permissions = sections.flatMap((section) => section.permissions);
  const deniable = permissions.flatMap(deniableParts);
  const undocumented = deniable.filter(({ whenDenied }) => whenDenied === null);
  if (permissions.length > 1 && undocumented.length === deniable.length) {
    const what = `any of the ${permissions.length} permissions of ${name}`;
    const help = 'write whenDenied at each, or silence this with the reason why nothing is known';
    return [diagnostic('RW7001', place, { what }, { help })];
  }
  const help = 'write whenDenied below it: what is hidden or refused, or "undocumented" and why';
  return undocumented.map(({ reference, place: at }) => diagnostic('RW7001', at, { what: `"${reference}"` }, { help }));
}

/** What can be denied by itself: the permission, or each of its levels. */
function deniableParts(
  permission: Permission,
): readonly { readonly reference: string; readonly whenDenied: DenialEffects | null; readonly place: Place }[] {
  if (permission.levels.length === 0) return [permission];
  return permission.levels.map(({ name, whenDenied, place }) => ({
    reference: `${permission.reference}:${name}`,
    whenDenied,
    place,
  }));
}
