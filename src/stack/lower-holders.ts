import { byCodePoint } from '../language/source.ts';
import type { DesiredApplication } from '../model/desired-state.ts';
import { accountText } from '../model/link/link-assignment.ts';
import type { Pins } from './accounts.ts';
import { idOf } from './accounts.ts';
import type { LoweredHolder } from './lowered-state.ts';

/**
 * The people of a role, sorted, each once.
 *
 * @throws Error for an account by address without a pin: `resolveAccounts` comes before.
 */
export function lowerHolders(
  { holders }: DesiredApplication,
  role: { readonly name: string; readonly logicalName: string },
  pins: Pins,
): readonly LoweredHolder[] {
  const ids = holders
    .filter((holder) => holder.role === role.name)
    .map(({ account }) => {
      const id = idOf(account, pins);
      if (id === undefined) throw new Error(`the account ${accountText(account)} has not been resolved`);
      return id;
    });
  return [...new Set(ids)]
    .sort(byCodePoint)
    .map((userId) => ({ logicalName: `${role.logicalName}.${escaped(userId)}`, userId }));
}

/** The application, the role and the account of a holder's logical name. */
export function partsOfHolder(logical: string): {
  readonly application: string;
  readonly role: string;
  readonly userId: string;
} {
  const [application = '', role = '', ...rest] = logical.split('.');
  const userId = rest.join('.').replace(/%(?:25|2A|3A)/g, decodeURIComponent);
  return { application, role, userId };
}

/** Colons part a URN, and an asterisk in one stands for anything where the engine is told a target. */
function escaped(userId: string): string {
  return userId.replaceAll('%', '%25').replaceAll('*', '%2A').replaceAll(':', '%3A');
}
