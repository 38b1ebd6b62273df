import type { DesiredState } from '../model/desired-state.ts';
import type { Plan } from '../model/plan.ts';
import type { ReconcileRequest } from '../reconcile/request.ts';
import type { Host } from './host.ts';

/** What preview and up ask of the reconciler alike. */
export function reconcileRequest(
  host: Host,
  desired: DesiredState,
  options: { readonly refresh?: boolean; readonly engineDetail?: boolean },
): ReconcileRequest {
  return {
    desired,
    workDir: host.root,
    env: host.env,
    refresh: options.refresh === true,
    signal: host.signal,
    onProgress: host.progress.tell,
    onEngineOutput: options.engineDetail === true ? (text) => host.complain(text) : null,
  };
}

/** Prints a plan as data. */
export async function printPlan(host: Host, plan: Plan, desired: DesiredState, format: 'text' | 'json'): Promise<void> {
  if (format === 'json') {
    host.out((await import('../report/json.ts')).jsonText(plan));
    return;
  }
  const { planText } = await import('../report/plan-text.ts');
  host.out(planText(plan, host.paint.out, desired));
}
