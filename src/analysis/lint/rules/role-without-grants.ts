import type { Diagnostic } from '../../../language/diagnostic.ts';
import { diagnostic } from '../../../language/diagnostic.ts';
import type { LintContext } from '../lint-context.ts';

/** Roles, building blocks too, that neither grant nor inherit any permission. */
export function roleWithoutGrants({ model }: LintContext): readonly Diagnostic[] {
  const roles = model.applications.flatMap((application) => application.roles);
  const empty = roles.filter(({ permissions }) => permissions.length === 0);
  const help = 'grant something, or remove the role';
  return empty.map(({ definition: { name, place } }) => diagnostic('RW7004', place, { role: name }, { help }));
}
