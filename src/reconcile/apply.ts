import type { StepEventMetadata } from '@pulumi/pulumi/automation/events.js';
import type { PulumiFn } from '@pulumi/pulumi/automation/workspace.js';
import type { Diagnostic, Result } from '../language/diagnostic.ts';
import type { Owed } from '../targets/auth0/journal.ts';
import { formatOwed, journalName, journalType } from '../targets/auth0/journal.ts';
import type { LoweredState } from '../targets/auth0/lower.ts';
import { register, registerJournal } from '../targets/auth0/register.ts';
import { classifyEngineFailure } from './classify.ts';
import { cancelled, problemsOf } from './failures.ts';
import { hasPeople, leaveFirst, withoutPeople } from './people.ts';
import type { Prepared } from './prepare.ts';
import { runPulumi } from './pulumi-command.ts';
import type { UpRequest } from './request.ts';
import type { UpdateOutcome, UpdateRequest } from './run-update.ts';
import { runUpdate } from './run-update.ts';
import type { Opened, Session } from './session.ts';
import { commandOptions } from './session.ts';
import { stages } from './stages.ts';
import { withoutStaleLocks } from './stale-lock.ts';
import type { StackState } from './state.ts';
import { scopeNames, types } from './state.ts';

/**
 * Carries a prepared plan out: unprotect, journal, then who leaves a role that widens, then one update for each stage. Returns what went wrong; after any
 * failure the state says what is done, and the next run does the rest.
 */
export async function apply(
  request: UpRequest,
  { session, state }: Opened,
  prepared: Prepared,
): Promise<readonly Diagnostic[]> {
  const { settlement, target, writes } = prepared;
  const progress = progressOf(writes, request.onProgress);
  const update = async (program: PulumiFn, options: Partial<UpdateRequest> = {}): Promise<Result<UpdateOutcome>> => {
    const updating: UpdateRequest = { verb: 'up', refresh: false, ...options, program, onStep: progress.onStep };
    const outcome = await withoutStaleLocks(session, () => runUpdate(session, updating));
    const extent = { done: Math.min(progress.done(), writes), total: writes };
    return [outcome, await problemsOf(outcome, request, session.circumstances, extent)];
  };

  const unready = await makeReady(session, state, prepared);
  if (unready.length > 0) return unready;
  if (needsWriting(settlement.owed, state.owed)) {
    request.onProgress('writing down what will be created');
    const program = async () => registerJournal(settlement.owed, state.outputs);
    const [, problems] = await update(program, { targets: [journal] });
    if (problems.length > 0) return problems;
  }

  const leaving = leaveFirst(target, prepared.seen);
  if (leaving.length > 0) {
    const program = async () => registerJournal(settlement.owed, state.outputs);
    const [, problems] = await update(program, { targets: [journal, ...leaving], refresh: false });
    if (problems.length > 0) return problems;
  }

  const { adoption, owed, orphans } = settlement;
  const all = [...peopleLast(prepared), ...stages(target, prepared.seen)];
  let mustTakeAway = false;
  for (const [index, stage] of all.entries()) {
    // What a later stage creates stays written down until then.
    const owedAfterwards = index === all.length - 1 ? orphans : owed;
    const options = {
      refresh: index === 0 && prepared.refresh,
      checkpoints: hasPeople(stage) || !canDoWithoutCheckpoints(prepared),
    };
    const [outcome, problems] = await update(async () => register(stage, { adoption, owedAfterwards }), options);
    if (problems.length > 0) return problems;
    mustTakeAway ||= outcome.done.some(holdsMore);
  }
  // A role's first permissions are only added to what it has; one more update takes away what it should not have.
  if (!mustTakeAway) return [];
  const [, problems] = await update(async () => register(target, { owedAfterwards: orphans }));
  return problems;
}

/** Forgets what a killed run was creating, which the journal knows better, and unprotects what is to be deleted. */
async function makeReady(session: Session, state: StackState, { leavers }: Prepared): Promise<readonly Diagnostic[]> {
  const clear = ['refresh', '--yes', '--skip-preview', '--clear-pending-creates', '--target', journal];
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

/**
 * The file backend writes the whole state at every step: 500 roles take minutes with checkpoints and seconds without.
 * Where a large change only creates, and the journal names it all, a run that is killed loses nothing without them: the
 * next one adopts what it finds.
 */
function canDoWithoutCheckpoints({ createsOnly, writes }: Prepared): boolean {
  return createsOnly && writes >= manyWrites;
}

const manyWrites = 100;

/**
 * The journal does not name people, so they come with checkpoints: in an update of their own, where nobody holds
 * anything yet and the rest does without.
 */
function peopleLast(prepared: Prepared): readonly LoweredState[] {
  const first = prepared.seen.resources.every(({ type }) => type !== types.userRole);
  if (!first || !hasPeople(prepared.target) || !canDoWithoutCheckpoints(prepared)) return [];
  return [withoutPeople(prepared.target)];
}

/** The journal, whatever the project is named: `*` stands for a part of a URN. */
const journal = `urn:pulumi:*::*::${journalType}::${journalName}`;

/** Only what is not written down yet costs an update; names that are settled meanwhile go with the main one. */
function needsWriting(owed: readonly Owed[], written: readonly Owed[]): boolean {
  const there = new Set(written.map((entry) => formatOwed([entry])));
  return owed.some((entry) => !there.has(formatOwed([entry])));
}

function holdsMore({ op, type, new: now }: StepEventMetadata): boolean {
  if (op !== 'create' || type !== types.rolePermissions || now === undefined) return false;
  const declared = new Set(scopeNames(now.inputs));
  return scopeNames(now.outputs)?.some((scope) => !declared.has(scope)) ?? false;
}

function progressOf(total: number, tell: (message: string) => void) {
  let done = 0;
  return {
    done: () => done,
    onStep: (phase: 'pre' | 'done' | 'failed', { op, type }: StepEventMetadata) => {
      if (phase !== 'done' || !type.startsWith('auth0:') || ['same', 'refresh', 'read'].includes(op)) return;
      done += 1;
      tell(`${Math.min(done, total)} of ${total} changes`);
    },
  };
}
