import type { Catalog } from './catalog.ts';
import type { Directory } from './link-apps.ts';
import type { Declared } from './look-up-role.ts';
import type { Names } from './names.ts';

/** The names of one application, as constraints and tests look them up. */
export interface LinkedApplication {
  readonly name: string;
  readonly catalog: Catalog;
  readonly directory: Directory;
  readonly roles: Names<Declared>;
}
