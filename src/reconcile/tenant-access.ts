import type { TenantClient } from '../targets/auth0/tenant-client.ts';
import { connectTenant } from '../targets/auth0/tenant-client.ts';
import type { ReconcileRequest } from './request.ts';
import { defaultPatience } from './request.ts';

/**
 * The client of a request; it asks for a token at its first call only.
 *
 * @param timeout milliseconds that one call may take; the client's own if not said
 */
export function clientOf(
  { env, signal, onProgress, patience = defaultPatience }: ReconcileRequest,
  timeout?: number,
): TenantClient {
  const onWait = (seconds: number) => onProgress(`the tenant limits the rate of calls; going on in ${seconds} s`);
  return connectTenant({ env, signal, patience, onWait, ...(timeout === undefined ? {} : { timeout }) });
}
