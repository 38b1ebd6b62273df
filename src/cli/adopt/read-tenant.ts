import type { EnvironmentDraft } from '../../adopt/documents.ts';
import type { Result } from '../../language/diagnostic.ts';
import type { ObservedState } from '../../model/observed-state.ts';
import type { Host } from '../host.ts';

/** Reads the tenant of the AUTH0_* variables whole, if it is the one of the environment; null where it cannot be read. */
export async function readTenant(
  host: Host,
  { name, tenant }: EnvironmentDraft,
  wanted: (title: string) => boolean,
): Promise<Result<ObservedState | null>> {
  const [{ checkTenant, domainOf }, { observeTenant }, { connectTenant }, { cancelled, failureOfClient }, request] =
    await Promise.all([
      import('../../targets/auth0/tenant-domain.ts'),
      import('../../targets/auth0/observe-tenant.ts'),
      import('../../targets/auth0/tenant-client.ts'),
      import('../../reconcile/failures.ts'),
      import('../../reconcile/request.ts'),
    ]);
  const wrongTenant = checkTenant({ name, tenant }, host.env);
  if (wrongTenant.length > 0) return [null, wrongTenant];
  const { env, signal, progress } = host;
  const domain = domainOf(env) ?? '';
  const onWait = (seconds: number) => progress.tell(`the tenant limits the rate of calls; going on in ${seconds} s`);
  const client = connectTenant({ env, signal, patience: request.defaultPatience, onWait });
  progress.tell('Reading the tenant');
  try {
    const observed = await observeTenant(client, {
      tenant: domain,
      audiences: null,
      wanted: (role) => wanted(role.name),
      onProgress: (done, total) => progress.tell(`Reading role ${done + 1} of ${total}`),
    });
    return [observed, []];
  } catch (error) {
    if (signal.aborted) return [null, [cancelled(null)]];
    return [null, [failureOfClient(error, 'read APIs and roles', { stack: name, domain, backend: '' })]];
  }
}
