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
  const [{ targetOf }, { cancelled, failureOfClient }, { defaultPatience }] = await Promise.all([
    import('../../target-of.ts'),
    import('../../reconcile/failures.ts'),
    import('../../reconcile/request.ts'),
  ]);
  const { env, signal, progress } = host;
  const identityProvider = await targetOf(environment);
  const wrongTenant = identityProvider.checkTenant(environment, env);
  if (wrongTenant.length > 0) return [null, wrongTenant];
  const { name, tenant } = environment;
  const domain = identityProvider.addressOf(environment, env) ?? '';
  const onWait = (seconds: number) => progress.tell(`the tenant limits the rate of calls; going on in ${seconds} s`);
  const connected = identityProvider.connect({ env, tenant, signal, patience: defaultPatience, onWait });
  progress.tell('Reading the tenant');
  try {
    const observed = await connected.observe({
      tenant: domain,
      audiences: null,
      wanted: (role) => wanted(role.name),
      onProgress: (done, total) => progress.tell(`Reading role ${done + 1} of ${total}`),
    });
    return [observed, []];
  } catch (error) {
    if (signal.aborted) return [null, [cancelled(null)]];
    const circumstances = { stack: name, domain, backend: '', advice: identityProvider.advice };
    return [null, [failureOfClient(error, 'read APIs and roles', circumstances)]];
  }
}
