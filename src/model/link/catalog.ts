import type { Named, Permission, Section } from '../definitions.ts';
import type { Names } from './names.ts';

/** A linked catalog, as the rest of the linking needs it. */
export interface Catalog {
  readonly version: string;
  readonly sections: readonly Section[];
  readonly retired: readonly Named[];
  /** By `section/permission`. */
  readonly permissions: Names<Permission>;
  /** What permissions require, still as written. */
  readonly requires: readonly { readonly permission: Permission; readonly required: Named }[];
}

/** Every reference to a catalog's permissions as it must be written, with level where there are levels. */
export function allReferences(catalog: Catalog): readonly string[] {
  return [...catalog.permissions.current.values()].flatMap(referencesOf);
}

/** The references of one permission, lowest level first. */
export function referencesOf(permission: Permission): readonly string[] {
  return permission.levels.length === 0
    ? [permission.reference]
    : permission.levels.map(({ name }) => `${permission.reference}:${name}`);
}
