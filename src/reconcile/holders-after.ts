import { logicalName } from '../targets/auth0/lower.ts';
import { partsOfHolder } from '../targets/auth0/lower-holders.ts';
import type { RoleHolders } from '../targets/auth0/tenant-reader.ts';
import type { HolderCount } from './guards.ts';
import type { Step } from './plan-from-steps.ts';
import { nameOfUrn, types } from './state.ts';

/**
 * How many people hold a role, and how many will when the steps are taken. Who is to be given what they hold already, and
 * who is to lose what they no longer hold, change no number; of more than a hundred holders that is not known, and they
 * are taken to hold what the state says.
 *
 * @param names the logical names that the role has and has had
 */
export function holdersAfter(
  { total, ids }: RoleHolders,
  names: readonly string[],
  steps: readonly Step[],
): HolderCount {
  const known = ids.length >= total;
  const moved = (op: Step['op']) =>
    steps
      .filter((step) => step.op === op && step.type === types.userRole)
      .map(({ urn }) => partsOfHolder(nameOfUrn(urn)))
      .filter(({ application, role }) => names.includes(logicalName(application, role)))
      .map(({ userId }) => userId);
  const leaving = moved('delete').filter((id) => !known || ids.includes(id)).length;
  const arriving = moved('create').filter((id) => !ids.includes(id)).length;
  return { now: total, afterwards: total - leaving + arriving };
}
