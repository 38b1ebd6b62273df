import type { ObservedApi } from '../model/observed-state.ts';
import { isReserved } from './expressible.ts';
import type { ScopedPermission } from './grants.ts';
import { nameFor } from './naming.ts';
import { entry, item } from './yaml-lines.ts';

/** A permission that is to be declared. */
export interface PermissionDraft extends ScopedPermission {
  readonly section: string;
  readonly name: string;
  readonly scope: string;
  readonly levels: readonly [];
  readonly description: string;
}

/** The section of scopes that name no thing. */
const general = 'general';

/**
 * Each scope becomes a permission without levels, of exactly this scope: a level would grant those below it, and a tenant
 * may hold `edit:x` without `view:x`. Its section is what stands after the last colon of the scope, `general` where there
 * is none; its name is the whole scope.
 *
 * @param taken references that are declared, retired, or were had before
 */
export function permissionDrafts(
  scopes: ObservedApi['scopes'],
  taken: ReadonlySet<string>,
): readonly PermissionDraft[] {
  const references = new Set(taken);
  return scopes
    .filter(({ value }) => !isReserved(value))
    .map(({ value, description }) => {
      const thing = value.includes(':') ? value.slice(value.lastIndexOf(':') + 1) : general;
      const section = nameFor(thing, 'section', () => false).name;
      const { name } = nameFor(value, 'permission', (candidate) => references.has(`${section}/${candidate}`));
      const reference = `${section}/${name}`;
      references.add(reference);
      return { section, name, reference, scope: value, levels: [], description };
    });
}

/** The lines of a permission in its section. */
export function permissionLines(
  { name, scope, description }: PermissionDraft,
  restriction: boolean,
): readonly string[] {
  return item([
    `name: ${name}`,
    ...entry('description', description),
    ...(scope === name ? [] : entry('scope', scope)),
    ...(restriction ? ['restrictedBy: apps'] : []),
  ]);
}

/** The lines of the sections that permissions ask for, in the order of their first ones. */
export function sectionLines(drafts: readonly PermissionDraft[], restriction: boolean): readonly string[] {
  return [...Map.groupBy(drafts, ({ section }) => section)].flatMap(([section, permissions]) =>
    item([
      `name: ${section}`,
      ...(restriction ? ['restrictedBy: apps'] : []),
      'permissions:',
      ...permissions.flatMap((draft) => permissionLines(draft, false).map((line) => `  ${line}`)),
    ]),
  );
}
