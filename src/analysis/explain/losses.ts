import type { Permission } from '../../model/definitions.ts';
import type { Loss } from './explanation.ts';
import { titled } from './holder.ts';

/** What the denial of a permission takes away from rank `from` to rank `to`, lowest level first. */
export function lossesOf(permission: Permission, from: number, to: number): readonly Loss[] {
  if (permission.levels.length === 0) return [{ level: null, effects: permission.whenDenied }];
  return permission.levels.slice(from, to + 1).map((level) => ({ level: titled(level), effects: level.whenDenied }));
}
