import type { Environment } from '../../model/definitions.ts';
import type { Finding } from '../../report/findings-text.ts';
import type { Host } from '../host.ts';

/**
 * Stacks whose last run was cut off or refused: their state may say something else than the tenant holds, and a plain
 * `pulumi up` goes by the state. Only states in a folder are looked at, one engine command each; nothing is contacted.
 */
export async function stackStateFindings(
  { env, root, signal }: Pick<Host, 'env' | 'root' | 'signal'>,
  stacks: readonly Pick<Environment, 'name' | 'target' | 'tenant'>[],
): Promise<readonly Finding[]> {
  if (stacks.length === 0 || !env.PULUMI_BACKEND_URL?.startsWith('file:')) return [];
  const [{ findEngine }, { readState }, { targetOf }] = await Promise.all([
    import('../../reconcile/engine.ts'),
    import('../../reconcile/session.ts'),
    import('../../target-of.ts'),
  ]);
  const findings: Finding[] = [];
  for (const environment of stacks) {
    const { name: stack, tenant: domain } = environment;
    const identityProvider = await targetOf(environment);
    const [engine] = await findEngine(env, identityProvider.plugin);
    if (engine === null) continue;
    const circumstances = { stack, domain, backend: env.PULUMI_BACKEND_URL, advice: identityProvider.advice };
    const [state] = await readState({
      ...{ identityProvider, engine, stack, circumstances },
      workDir: root,
      env,
      signal,
    });
    // A stack that no run has made yet has no state to be in doubt.
    if (!state?.doubtful) continue;
    findings.push({
      subject: `stack ${stack}`,
      state: 'note',
      found: 'its last run was cut off or refused, so its state may not be what the tenant holds',
      advice: `\`rolewright up --stack ${stack}\` compares the two by itself; plain pulumi needs --refresh`,
    });
  }
  return findings;
}
