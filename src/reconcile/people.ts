import type { Diagnostic, Result } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import type { Pins } from '../stack/accounts.ts';
import { resolveAccounts } from '../stack/accounts.ts';
import { logicalName } from '../stack/logical-name.ts';
import { partsOfHolder } from '../stack/lower-holders.ts';
import type { LoweredState } from '../stack/lowered-state.ts';
import { kinds } from '../stack/resource-kinds.ts';
import type { AccountReader, Tenant } from '../stack/tenant.ts';
import { cancelled, failureOfClient } from './failures.ts';
import type { ReconcileRequest } from './request.ts';
import type { Opened } from './session.ts';
import type { StackState } from './state.ts';

/**
 * The accounts of all people who are declared, those that the state knows without a call; a refresh asks for them all
 * again. Null if somebody is not to be found.
 */
export async function accountsOf(
  { desired, refresh, signal, onProgress }: ReconcileRequest,
  { session, state }: Opened,
  tenant: Tenant,
): Promise<Result<Pins | null>> {
  const known = new Set(
    state.resources.filter(({ type }) => type === kinds.holder).map(({ holds }) => String(holds.userId)),
  );
  const reader: AccountReader = {
    readAccounts: (addresses) => {
      onProgress(lookingUp);
      return tenant.readAccounts(addresses);
    },
    hasAccount: (id) => {
      onProgress(lookingUp);
      return tenant.hasAccount(id);
    },
  };
  try {
    const unknown = (id: string) => refresh || !known.has(id);
    return await resolveAccounts(desired, refresh ? {} : state.pins, { reader, unknown });
  } catch (error) {
    if (signal.aborted) return [null, [cancelled(null)]];
    return [null, [failureOfClient(error, 'read users', session.circumstances)]];
  }
}

const lookingUp = 'looking people up';

/** Whether the state has the very pins. */
export function isPinned({ pins }: LoweredState, state: StackState): boolean {
  const names = Object.keys(pins);
  return names.length === Object.keys(state.pins).length && names.every((name) => pins[name] === state.pins[name]);
}

/** People to whom a run that was cut off was giving a role, everybody among them, and who are not declared any more. */
export function leftBehind({ applications }: LoweredState, state: StackState): readonly Diagnostic[] {
  const roles = applications.flatMap((application) => application.roles);
  const current = (name: string) =>
    roles.find(({ logicalName: now, formerly }) => now === name || formerly.includes(name));
  const help = 'see at the tenant whether they hold it, and take it away there';
  const people = state.pendingHolders.flatMap((name) => {
    const { application, role, userId } = partsOfHolder(name);
    const declared = current(logicalName(application, role));
    if (declared?.holders.some((holder) => holder.userId === userId)) return [];
    return [diagnostic('RW6515', null, { role: `${application}/${role}`, id: userId }, { help })];
  });
  const everybody = state.pendingDefaultRoles.flatMap((name) => {
    const declared = current(name);
    if (declared !== undefined && applications.some(({ defaultRole }) => defaultRole === declared.logicalName))
      return [];
    return [diagnostic('RW6515', null, { role: name.replace('.', '/'), id: 'everybody' }, { help })];
  });
  return [...people, ...everybody];
}

/** The same state without anybody holding anything. */
export function withoutPeople(state: LoweredState): LoweredState {
  const applications = state.applications.map((application) => ({
    ...application,
    roles: application.roles.map((role) => ({ ...role, holders: [] })),
    defaultRole: null,
  }));
  return { ...state, applications };
}

/** Whether anybody holds anything in it. */
export function hasPeople({ applications }: LoweredState): boolean {
  return applications.some(
    ({ roles, defaultRole }) => defaultRole !== null || roles.some(({ holders }) => holders.length > 0),
  );
}
