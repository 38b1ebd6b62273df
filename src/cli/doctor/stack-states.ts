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
  const targets = await Promise.all(
    [...new Set(stacks.map(({ target }) => target))].map((target) => targetOf({ target })),
  );
  // Asking for an engine starts processes, so it is asked for once for each plugin.
  const engines = await Promise.all(
    targets.map(async (target) => ({ target, engine: (await findEngine(env, target.plugin))[0] })),
  );
  const findings: Finding[] = [];
  for (const { name: stack, target, tenant: domain } of stacks) {
    const found = engines.find(({ target: { name } }) => name === target);
    if (found === undefined || found.engine === null) continue;
    const { target: identityProvider, engine } = found;
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
