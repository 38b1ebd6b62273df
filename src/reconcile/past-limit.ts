import { TenantError } from '../stack/tenant-error.ts';
import type { TenantAccess } from './tenant-access.ts';
import { tenantOf } from './tenant-access.ts';

/**
 * Seconds since the end of the limit that the tenant names while it still limits the rate, or null. The provider does not
 * wait for a moment that has passed: it asks again at once, thousands of times a second and without an end. Either the tenant is
 * wrong about the moment, or this machine about the time.
 */
export async function limitEndedAgo(access: TenantAccess): Promise<number | null> {
  try {
    await tenantOf({ ...access, patience: 0, onProgress: () => {} }, timeout).probe();
    return null;
  } catch (error) {
    return error instanceof TenantError ? error.limitEndedAgo : null;
  }
}

const timeout = 5_000;
