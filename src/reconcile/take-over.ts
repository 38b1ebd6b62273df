import type { PulumiFn } from '@pulumi/pulumi/automation/workspace.js';
import type { Diagnostic, Result } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import { byCodePoint } from '../language/source.ts';
import type { Change } from '../model/plan.ts';
import { noAdoption } from '../stack/adoption.ts';
import { logicalName } from '../stack/logical-name.ts';
import type { LoweredState } from '../stack/lowered-state.ts';
import { classifyEngineFailure } from './classify.ts';
import { doingOfEffects, effectsOf } from './effects.ts';
import { expectedSteps } from './expected-steps.ts';
import { cancelled, problemsOf } from './failures.ts';
import { accountsOf } from './people.ts';
import type { Step } from './plan-from-steps.ts';
import { planFromSteps } from './plan-from-steps.ts';
import { runPulumi } from './pulumi-command.ts';
import type { ReconcileRequest } from './request.ts';
import { runUpdate } from './run-update.ts';
import type { Opened, Session } from './session.ts';
import { commandOptions, openSession } from './session.ts';
import { withoutStaleLocks } from './stale-lock.ts';
import { isAtTenant, isWrite, nameOfUrn } from './state.ts';
import { tenantOf } from './tenant-access.ts';
import type { Found } from './what-is-there.ts';
import { adoptionOf, namesFound, otherwiseAtTenant, whatIsThere } from './what-is-there.ts';

/** What came into the state. */
export interface TakenOver {
  /** Logical names of applications and roles that the state did not hold before, sorted. */
  readonly applications: readonly string[];
  readonly roles: readonly string[];
  /** What the next `up` would do all the same, in words; null where the engine does not say. */
  readonly left: readonly string[] | null;
}

/**
 * Takes what the tenant has already into the stack's state, by imports of the real engine, and brings what the state has
 * of it to what the tenant shows now. Not one write: whatever the tenant turns out to have by then is imported as it is, and
 * where the engine's preview has any other step, nothing is done, and the diagnostics say which. What is declared and not at
 * the tenant, or there otherwise, is left to the next `up`.
 */
export async function takeOver(request: ReconcileRequest, found: Found): Promise<Result<TakenOver | null>> {
  const [opened, opening] = await openSession(request, 'up');
  if (opened === null) return [null, opening];
  try {
    const [pins, nobody] = await accountsOf(request, opened, tenantOf(opened.session));
    if (pins === null) return [null, nobody];
    const whole = opened.session.identityProvider.lower(request.desired, pins, request.env);
    const unread = await refreshStale(opened, request, whole, found);
    return unread.length > 0 ? [null, unread] : await carryOut(request, opened, whole, found);
  } finally {
    await opened.close();
  }
}

async function carryOut(
  request: ReconcileRequest,
  { session, state }: Opened,
  whole: LoweredState,
  found: Found,
): Promise<Result<TakenOver | null>> {
  const adoption = adoptionOf(whole, state, found);
  const target = whatIsThere(whole, state, adoption);
  const takingOver = { frozen: otherwiseAtTenant(target, found) };
  const { identityProvider } = session;
  const program = () => identityProvider.register(target, { adoption, owedAfterwards: state.owed, takingOver });

  request.onProgress('comparing with the tenant');
  const previewed = await runUpdate(session, { verb: 'preview', refresh: false, program });
  const problems = await problemsOf(previewed, session, null);
  if (problems.length > 0) return [null, problems];
  const writes = writesIn(previewed.steps);
  if (writes.length > 0) return [null, [refusal(request, writes)]];

  request.onProgress('taking it into the state');
  // The file backend writes the whole state at every step; here nothing is made that a run which is killed could lose.
  const importing = { verb: 'up', refresh: false, checkpoints: false, program } as const;
  const outcome = await withoutStaleLocks(session, () => runUpdate(session, importing));
  const failures = await problemsOf(outcome, session, { done: 0, total: 0 });
  if (failures.length > 0) return [null, failures];
  const sorted = (ids: Readonly<Record<string, string>>) => Object.keys(ids).sort(byCodePoint);
  const left = await leftFor(request, session, () => identityProvider.register(whole, { owedAfterwards: state.owed }));
  return [{ applications: sorted(adoption.apis), roles: sorted(adoption.roles), left }, []];
}

async function leftFor(request: ReconcileRequest, session: Session, program: PulumiFn): Promise<TakenOver['left']> {
  request.onProgress('looking what is left to do');
  const { ok, steps } = await runUpdate(session, { verb: 'preview', refresh: false, program });
  return ok ? effectsOf(planFromSteps(steps, request.desired, ''), steps).map(({ text }) => text) : null;
}

/** Reads again what the state has otherwise than it is declared, and the tenant has as it is declared. */
async function refreshStale(
  { session, state }: Opened,
  request: ReconcileRequest,
  whole: LoweredState,
  found: Found,
): Promise<readonly Diagnostic[]> {
  const asDeclared = new Set(namesFound(found));
  const changes = planFromSteps(expectedSteps(whole, state.resources, noAdoption), request.desired, '').changes;
  const stale = new Set(changes.flatMap((change) => (change.action === 'update' ? [nameOfChange(change)] : [])));
  const urns = state.resources
    .filter(({ type, name }) => isAtTenant(type) && asDeclared.has(name) && (state.doubtful || stale.has(name)))
    .map(({ urn }) => urn);
  if (urns.length === 0) return [];
  request.onProgress('reading what the state has otherwise');
  const targets = urns.flatMap((urn) => ['--target', urn]);
  const run = () =>
    runPulumi(
      session.engine,
      ['refresh', '--yes', '--skip-preview', ...targets, '--stack', session.stack],
      commandOptions(session),
    );
  const { ok, stderr } = await withoutStaleLocks(session, run);
  if (session.signal.aborted) return [cancelled(null)];
  return ok ? [] : [classifyEngineFailure(stderr, session.circumstances)];
}

function nameOfChange(change: Change): string {
  return 'role' in change ? logicalName(change.application, change.role) : change.application;
}

/** The steps that would reach the tenant. */
function writesIn(steps: readonly Step[]): readonly Step[] {
  return steps.filter((step) => isWrite(step) && step.op !== 'import');
}

function refusal(request: ReconcileRequest, writes: readonly Step[]) {
  const effects = effectsOf(planFromSteps(writes, request.desired, ''), writes);
  const names = writes.map(({ op, urn }) => ({ text: `${op} ${nameOfUrn(urn)}` }));
  const doing = doingOfEffects(effects.length > 0 ? effects : names);
  const help =
    'the documents are written; see `rolewright preview --refresh`, settle that with `up` or by hand, and adopt again';
  return diagnostic('RW6922', null, { doing }, { help });
}
