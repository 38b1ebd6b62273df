import type { Diagnostic } from '../language/diagnostic.ts';
import { hasErrors } from '../language/diagnostic.ts';
import type { DesiredState } from '../model/desired-state.ts';
import type { Plan } from '../model/plan.ts';
import type { Gate } from '../reconcile/gates.ts';
import type { ReconcileRequest } from '../reconcile/request.ts';
import type { Host } from './host.ts';
import type { LoadedDesiredState } from './load-desired-state.ts';

/** What preview and up ask of the reconciler alike. */
export function reconcileRequest(
  host: Host,
  { desired, diagnostics }: { readonly desired: DesiredState; readonly diagnostics: readonly Diagnostic[] },
  options: { readonly refresh?: boolean; readonly engineDetail?: boolean; readonly gates: readonly Gate[] },
): ReconcileRequest {
  return {
    desired,
    workDir: host.root,
    env: host.env,
    refresh: options.refresh === true,
    signal: host.signal,
    onProgress: host.progress.tell,
    onNotice: host.say,
    onEngineOutput: options.engineDetail === true ? (text) => host.complain(text) : null,
    gates: options.gates,
    mayOnlyNarrow: hasErrors(diagnostics),
  };
}

/**
 * All that is to be told of a run. Exceptions that are over are errors of the documents; to a plan that gives nobody
 * anything they are warnings, or nothing could be taken away until they are mended.
 */
export function toldOf(
  { diagnostics }: Pick<LoadedDesiredState, 'diagnostics'>,
  problems: readonly Diagnostic[],
): readonly Diagnostic[] {
  const refused = problems.some(({ code }) => code === 'RW6423');
  const documents = diagnostics.map((item) =>
    item.severity === 'error' && !refused ? ({ ...item, severity: 'warning' } as const) : item,
  );
  return [...documents, ...problems];
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
