import type { EnvironmentDraft } from '../../adopt/documents.ts';
import type { Result } from '../../language/diagnostic.ts';
import type { ObservedState } from '../../model/observed-state.ts';
import type { Host } from '../host.ts';

/** Reads the tenant of the variables whole, if it is the one of the environment; null where it cannot be read. */
export async function readTenant(
  host: Host,
  environment: EnvironmentDraft,
  wanted: (title: string) => boolean,
): Promise<Result<ObservedState | null>> {
  const [{ reachTenant }, { cancelled, failureOfClient }, { defaultPatience }] = await Promise.all([
    import('../../reconcile/reach-tenant.ts'),
    import('../../reconcile/failures.ts'),
    import('../../reconcile/request.ts'),
  ]);
  const { env, signal, progress } = host;
  const access = { env, signal, onProgress: progress.tell, patience: defaultPatience };
  const [reached, wrongTenant] = await reachTenant(environment, access);
  if (reached === null) return [null, wrongTenant];
  const { tenant, circumstances } = reached;
  progress.tell('Reading the tenant');
  try {
    const observed = await tenant.observe({
      tenant: circumstances.domain,
      audiences: null,
      wanted: (role) => wanted(role.name),
      onProgress: (done, total) => progress.tell(`Reading role ${done + 1} of ${total}`),
    });
    return [observed, []];
  } catch (error) {
    if (signal.aborted) return [null, [cancelled(null)]];
    return [null, [failureOfClient(error, 'read APIs and roles', circumstances)]];
  }
}
