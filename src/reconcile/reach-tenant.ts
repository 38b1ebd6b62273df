import type { Result } from '../language/diagnostic.ts';
import type { DesiredEnvironment } from '../model/desired-state.ts';
import type { Target } from '../stack/target.ts';
import type { Tenant } from '../stack/tenant.ts';
import { targetOf } from '../target-of.ts';
import type { Circumstances } from './classify.ts';
import type { TenantAccess } from './tenant-access.ts';
import { tenantOf } from './tenant-access.ts';

/** The tenant of an environment, for who reads it without the engine. */
export interface ReachedTenant {
  readonly identityProvider: Target;
  readonly tenant: Tenant;
  readonly circumstances: Circumstances;
}

/** Null where the variables are not those of the environment's tenant. Nothing is asked of it yet. */
export async function reachTenant(
  environment: Pick<DesiredEnvironment, 'name' | 'target' | 'tenant'>,
  access: Pick<TenantAccess, 'env' | 'signal' | 'onProgress' | 'patience'>,
): Promise<Result<ReachedTenant | null>> {
  const identityProvider = await targetOf(environment);
  const problems = identityProvider.checkTenant(environment, access.env);
  if (problems.length > 0) return [null, problems];
  const { name: stack, tenant } = environment;
  const domain = identityProvider.addressOf(environment, access.env) ?? '';
  const circumstances = { stack, domain, backend: '', advice: identityProvider.advice };
  return [{ identityProvider, tenant: tenantOf({ ...access, identityProvider, tenant }), circumstances }, []];
}
