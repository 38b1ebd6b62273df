import type { Tenant } from '../stack/tenant.ts';
import type { Session } from './session.ts';

/** What of a session says how its tenant is read. */
export type TenantAccess = Pick<Session, 'identityProvider' | 'tenant' | 'env' | 'signal' | 'onProgress' | 'patience'>;

/**
 * The tenant of a session; a token is asked for at the first call only.
 *
 * @param timeout milliseconds that one call may take; the target's own if not said
 */
export function tenantOf(access: TenantAccess, timeout?: number): Tenant {
  const { identityProvider, tenant, env, signal, onProgress, patience } = access;
  const onWait = (seconds: number) => onProgress(`the tenant limits the rate of calls; going on in ${seconds} s`);
  return identityProvider.connect({
    ...{ env, tenant, signal, patience, onWait },
    ...(timeout === undefined ? {} : { timeout }),
  });
}
