import { logicalName } from '../stack/logical-name.ts';
import { partsOfHolder } from '../stack/lower-holders.ts';
import { kinds } from '../stack/resource-kinds.ts';
import type { RoleHolders } from '../stack/tenant.ts';
import type { HolderCount } from './guards.ts';
import type { Step } from './plan-from-steps.ts';
import { nameOfUrn } from './state.ts';

/**
 * How many people hold a role, and how many will when the steps are taken. Who is to be given what they hold already, and
 * who is to lose what they no longer hold, change no number; of more than a hundred holders that is not known, and they
 * are taken to hold what the state says. Where everybody loses it, those are left who are declared: nobody knows of whom else.
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
      .filter((step) => step.op === op && step.type === kinds.holder)
      .map(({ urn }) => partsOfHolder(nameOfUrn(urn)))
      .filter(({ application, role }) => names.includes(logicalName(application, role)))
      .map(({ userId }) => userId);
  const isTakenFromAll = steps.some(
    ({ op, type, urn }) => op === 'delete' && type === kinds.defaultRole && names.includes(nameOfUrn(urn)),
  );
  if (isTakenFromAll) return { now: total, afterwards: new Set([...moved('same'), ...moved('create')]).size };
  const leaving = moved('delete').filter((id) => !known || ids.includes(id)).length;
  const arriving = moved('create').filter((id) => !ids.includes(id)).length;
  return { now: total, afterwards: total - leaving + arriving };
}
