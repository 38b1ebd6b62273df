import { RunError } from '@pulumi/pulumi';
import type { Result } from '../language/diagnostic.ts';
import type { DesiredState } from '../model/desired-state.ts';
import type { Pins } from './accounts.ts';
import { resolveAccounts } from './accounts.ts';
import type { Target } from './target.ts';
import { TenantError } from './tenant-error.ts';

/** Seconds that a limited rate is waited out. */
const patience = 300;

/**
 * The accounts of the people who are declared by address, for a program that plain Pulumi runs. Such a program cannot
 * read its own state, so it asks the tenant at each start: a call for each address, two for one with capitals, and none
 * where nobody is declared by address. Accounts by id are left to the provider.
 *
 * @throws RunError if the tenant does not say
 */
export async function accountsOfProgram(
  target: Target,
  desired: DesiredState,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Result<Pins | null>> {
  const byAddress = desired.applications.some(({ holders }) => holders.some(({ account }) => account.by === 'email'));
  if (!byAddress) return [{}, []];
  const { signal } = new AbortController();
  const { environment } = desired;
  const reader = target.connect({ env, tenant: environment.tenant, signal, patience, onWait: () => {} });
  try {
    return await resolveAccounts(desired, {}, { reader, unknown: () => false });
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const address = target.addressOf(environment, env);
    throw new RunError(`the people of assignments cannot be looked up at ${address}: ${error.message}`);
  }
}
