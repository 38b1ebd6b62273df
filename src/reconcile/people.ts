import type { Diagnostic, Result } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import type { Pins } from '../targets/auth0/accounts.ts';
import { resolveAccounts } from '../targets/auth0/accounts.ts';
import type { LoweredState } from '../targets/auth0/lower.ts';
import { logicalName } from '../targets/auth0/lower.ts';
import { partsOfHolder } from '../targets/auth0/lower-holders.ts';
import type { TenantClient } from '../targets/auth0/tenant-client.ts';
import { cancelled, failureOfClient } from './failures.ts';
import type { ReconcileRequest } from './request.ts';
import type { Opened } from './session.ts';
import type { StackState } from './state.ts';
import { types } from './state.ts';

/**
 * The accounts of all people who are declared, those that the state knows without a call; a refresh asks for them all
 * again. Null if somebody is not to be found.
 */
export async function accountsOf(
  { desired, refresh, signal, onProgress }: ReconcileRequest,
  { session, state }: Opened,
  client: TenantClient,
): Promise<Result<Pins | null>> {
  const known = new Set(
    state.resources.filter(({ type }) => type === types.userRole).map(({ holds }) => String(holds.userId)),
  );
  const telling = {
    get: (path: string) => {
      onProgress('looking people up');
      return client.get(path);
    },
  };
  try {
    const unknown = (id: string) => refresh || !known.has(id);
    return await resolveAccounts(desired, refresh ? {} : state.pins, { client: telling, unknown });
  } catch (error) {
    if (signal.aborted) return [null, [cancelled(null)]];
    return [null, [failureOfClient(error, 'read users', session.circumstances)]];
  }
}

/** Whether the state has the very pins. */
export function isPinned({ pins }: LoweredState, state: StackState): boolean {
  const names = Object.keys(pins);
  return names.length === Object.keys(state.pins).length && names.every((name) => pins[name] === state.pins[name]);
}

/** People to whom a run that was cut off was giving a role, and who are not declared any more. */
export function leftBehind({ applications }: LoweredState, state: StackState): readonly Diagnostic[] {
  const roles = applications.flatMap((application) => application.roles);
  return state.pendingHolders.flatMap((name) => {
    const { application, role, userId } = partsOfHolder(name);
    const logical = logicalName(application, role);
    const current = roles.find(({ logicalName: now, formerly }) => now === logical || formerly.includes(logical));
    if (current?.holders.some((holder) => holder.userId === userId)) return [];
    const help = 'see at the tenant whether they hold it, and take it away there';
    return [diagnostic('RW6515', null, { role: `${application}/${role}`, id: userId }, { help })];
  });
}

/** The same state without anybody holding anything. */
export function withoutPeople(state: LoweredState): LoweredState {
  const applications = state.applications.map((application) => ({
    ...application,
    roles: application.roles.map((role) => ({ ...role, holders: [] })),
  }));
  return { ...state, applications };
}

/** Whether anybody holds anything in it. */
export function hasPeople({ applications }: LoweredState): boolean {
  return applications.some(({ roles }) => roles.some(({ holders }) => holders.length > 0));
}
