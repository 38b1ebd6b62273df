import type { Finding } from '../../report/findings-text.ts';
import type { Host } from '../host.ts';

/**
 * Stacks whose last run was cut off or refused: their state may say something else than the tenant holds, and a plain
 * `pulumi up` goes by the state. Only states in a folder are looked at, one engine command each; nothing is contacted.
 */
export async function stackStateFindings(
  { env, root, signal }: Pick<Host, 'env' | 'root' | 'signal'>,
  stacks: readonly string[],
): Promise<readonly Finding[]> {
  if (stacks.length === 0 || !env.PULUMI_BACKEND_URL?.startsWith('file:')) return [];
  const { findEngine } = await import('../../reconcile/engine.ts');
  const [engine] = await findEngine(env);
  if (engine === null) return [];
  const { runPulumi } = await import('../../reconcile/pulumi-command.ts');
  const { parseState } = await import('../../reconcile/state.ts');
  const findings: Finding[] = [];
  for (const stack of stacks) {
    const exported = await runPulumi(engine, ['stack', 'export', '--stack', stack], { cwd: root, env, signal });
    // A stack that no run has made yet has no state to be in doubt.
    if (!exported.ok || !parseState(exported.stdout).doubtful) continue;
    findings.push({
      subject: `stack ${stack}`,
      state: 'note',
      found: 'its last run was cut off or refused, so its state may not be what the tenant holds',
      advice: `\`rolewright up --stack ${stack}\` compares the two by itself; plain pulumi needs --refresh`,
    });
  }
  return findings;
}
