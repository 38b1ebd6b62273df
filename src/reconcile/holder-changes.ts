import type { DesiredState } from '../model/desired-state.ts';
import { accountText } from '../model/link/link-assignment.ts';
import type { HolderChange } from '../model/plan.ts';
import type { Pins } from '../stack/accounts.ts';
import { idOf } from '../stack/accounts.ts';
import { partsOfHolder } from '../stack/lower-holders.ts';

/** The accounts of addresses as the state has them pinned, and as they are now. */
export interface KnownAccounts {
  readonly before: Pins;
  readonly now: Pins;
}

/**
 * Who is given a role and who no longer holds one, from what happens to the resources of holders. Where an address has
 * come to be another account, the two are told apart by their ids.
 *
 * @param titleOf the title of a role that is not declared any more, by logical name
 */
export function holderChanges(
  movements: Iterable<{ readonly action: string; readonly name: string }>,
  desired: DesiredState,
  { before, now }: KnownAccounts,
  titleOf: (logicalName: string) => string | null,
): HolderChange[] {
  const moved = new Set(Object.keys(now).filter((pin) => before[pin] !== undefined && before[pin] !== now[pin]));
  const told = (pin: string, text: string, id: string) => (moved.has(pin) ? `${text} as ${id}` : text);
  return [...movements]
    .filter(({ action }) => action !== 'same')
    .map(({ action, name }) => {
      const parts = partsOfHolder(name);
      const application = desired.applications.find((one) => [one.name, ...one.formerly].includes(parts.application));
      const role = application?.roles.find((one) => [one.name, ...one.formerly].includes(parts.role));
      const declared = application?.holders.find(
        (holder) => holder.role === role?.name && idOf(holder.account, now) === parts.userId,
      );
      const [pin] = Object.entries(before).find(([, id]) => id === parts.userId) ?? [];
      const isRemoved = action === 'remove';
      const [newPin] = Object.entries(now).find(([, id]) => id === parts.userId) ?? [];
      const written = declared === undefined || isRemoved ? (pin ?? parts.userId) : accountText(declared.account);
      return {
        subject: 'holder',
        action: isRemoved ? 'remove' : 'add',
        application: application?.name ?? parts.application,
        role: role?.name ?? parts.role,
        title: role?.title ?? titleOf(`${parts.application}.${parts.role}`) ?? parts.role,
        account: told((isRemoved ? pin : newPin) ?? '', written, parts.userId),
        assignment: isRemoved ? null : (declared?.assignment ?? null),
        direction: isRemoved ? 'narrowing' : 'widening',
      };
    });
}
