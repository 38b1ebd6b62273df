import { connectTenant, TenantError } from '../targets/auth0/tenant-client.ts';
import type { Session } from './session.ts';

/**
 * Seconds since the end of the limit that the tenant names while it still limits the rate, or null. The provider does not
 * wait for a moment that has passed: it asks again at once, thousands of times a second and without an end. Either the tenant is
 * wrong about the moment, or this machine about the time.
 */
export async function limitEndedAgo({ env, signal }: Pick<Session, 'env' | 'signal'>): Promise<number | null> {
  try {
    await connectTenant({ env, signal, patience: 0, timeout, onWait: () => {} }).get('/roles?per_page=1');
    return null;
  } catch (error) {
    return error instanceof TenantError ? error.limitEndedAgo : null;
  }
}

const timeout = 5_000;
