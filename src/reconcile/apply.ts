import type { StepEventMetadata } from '@pulumi/pulumi/automation/events.js';
import type { Diagnostic, Result } from '../language/diagnostic.ts';
import { kinds } from '../stack/resource-kinds.ts';
import { classifyEngineFailure } from './classify.ts';
import { cancelled, problemsOf } from './failures.ts';
import { againstPlan } from './hold-to-plan.ts';
import type { Prepared } from './prepare.ts';
import { runPulumi } from './pulumi-command.ts';
import type { UpRequest } from './request.ts';
import type { UpdateOutcome } from './run-update.ts';
import { runUpdate } from './run-update.ts';
import type { Opened, Session } from './session.ts';
import { commandOptions } from './session.ts';
import { withoutStaleLocks } from './stale-lock.ts';
import type { StackState } from './state.ts';
import { isWrite, scopeNames } from './state.ts';
import type { Update } from './updates.ts';
import { journalUrn } from './updates.ts';

/**
 * Carries a prepared plan out: unprotects, then runs one update after the other. Returns what went wrong; after any
 * failure the state says what is done, and the next run does the rest.
 */
export async function apply(
  request: UpRequest,
  { session, state }: Opened,
  { undertaking, leavers }: Prepared,
  updates: readonly Update[],
): Promise<readonly Diagnostic[]> {
  const { target, settlement, writes } = undertaking;
  const progress = progressOf(writes, request.onProgress);
  const run = async ({ program, options }: Pick<Update, 'program' | 'options'>): Promise<Result<UpdateOutcome>> => {
    const updating = { verb: 'up', ...options, program, onStep: progress.onStep } as const;
    const outcome = await withoutStaleLocks(session, () => runUpdate(session, updating));
    const extent = { done: Math.min(progress.done(), writes), total: writes };
    return [outcome, await problemsOf(outcome, session, extent)];
  };

  const unready = await makeReady(session, state, leavers);
  if (unready.length > 0) return unready;
  let mustTakeAway = false;
  for (const [index, update] of updates.entries()) {
    const place = { update: index + 1, updates: updates.length };
    const strays = request.planFile === undefined ? [] : await againstPlan(update, place, undertaking, session);
    if (strays.length > 0) return strays;
    if (update.progress !== null) request.onProgress(update.progress);
    const [outcome, problems] = await run(update);
    if (problems.length > 0) return problems;
    mustTakeAway ||= outcome.done.some(holdsMore);
  }
  // A role's first permissions are only added to what it has; one more update takes away what it should not have. No plan
  // can name that before, and it leaves the role with the very permissions that the plan says.
  if (!mustTakeAway) return [];
  const program = () => session.identityProvider.register(target, { owedAfterwards: settlement.orphans });
  const [, problems] = await run({ program, options: { refresh: false } });
  return problems;
}

/** Forgets what a killed run was creating, which the journal knows better, and unprotects what is to be deleted. */
async function makeReady(
  session: Session,
  state: StackState,
  leavers: Prepared['leavers'],
): Promise<readonly Diagnostic[]> {
  const clear = ['refresh', '--yes', '--skip-preview', '--clear-pending-creates', '--target', journalUrn];
  const commands = [
    ...(state.pendingCreates ? [clear] : []),
    ...leavers.map(({ urn }) => ['state', 'unprotect', urn, '--yes']),
  ];
  for (const args of commands) {
    const run = () => runPulumi(session.engine, [...args, '--stack', session.stack], commandOptions(session));
    const { ok, stderr } = await withoutStaleLocks(session, run);
    if (session.signal.aborted) return [cancelled(null)];
    if (!ok) return [classifyEngineFailure(stderr, session.circumstances)];
  }
  return [];
}

function holdsMore({ op, type, new: now }: StepEventMetadata): boolean {
  if (op !== 'create' || type !== kinds.grants || now === undefined) return false;
  const declared = new Set(scopeNames(now.inputs));
  return scopeNames(now.outputs)?.some((scope) => !declared.has(scope)) ?? false;
}

function progressOf(total: number, tell: (message: string) => void) {
  let done = 0;
  return {
    done: () => done,
    onStep: (phase: 'pre' | 'done' | 'failed', step: StepEventMetadata) => {
      if (phase !== 'done' || !isWrite(step)) return;
      done += 1;
      tell(`${Math.min(done, total)} of ${total} changes`);
    },
  };
}
