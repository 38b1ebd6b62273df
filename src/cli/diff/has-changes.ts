import type { Difference } from '../../model/difference.ts';

/** Whether two sides differ in anything that a difference tells. */
export function hasChanges({ control, catalogs, subjects, provisioning, environments }: Difference): boolean {
  return [control, catalogs, subjects, provisioning, environments].some((changes) => changes.length > 0);
}
