import type { MatrixApplication, MatrixRole } from '../analysis/matrix/matrix.ts';
import { enumeration } from './enumeration.ts';

/** What a role may do with a permission. */
export interface Cell {
  /** The level's name, or `yes` for a permission without levels. */
  readonly held: string;
  /** Whether the role is narrowed and the permission with it. */
  readonly narrowed: boolean;
}

/** Reads the cell of a permission (`section`, `name`) of a role; null where the role does not hold it. */
export type CellOf = (section: string, permission: string) => Cell | null;

/** The cells of a role. Its permissions are indexed once, as a matrix may have a million cells. */
export function cellsOf(role: MatrixRole): CellOf {
  const narrows = role.kind === 'custom-role';
  const cells = new Map(
    role.permissions.map(({ section, permission, level, restrictedBy }) => [
      `${section}/${permission}`,
      { held: level ?? 'yes', narrowed: narrows && restrictedBy === 'apps' },
    ]),
  );
  return (section, permission) => cells.get(`${section}/${permission}`) ?? null;
}

/** What is to be said below the table of an application: what each custom role is. */
export function customRoleNotes({ roles }: MatrixApplication): readonly string[] {
  return roles.flatMap(({ title, base, apps }) => {
    if (base === null || apps === null) return [];
    const baseTitle = roles.find(({ name }) => name === base)?.title ?? base;
    const word = apps.length === 1 ? 'app' : 'apps';
    return [`${title}: ${baseTitle}, for the ${word} ${enumeration(apps)} only`];
  });
}
