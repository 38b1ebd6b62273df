import type { Result } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import type { Owed } from '../stack/journal.ts';
import { justInTimeName } from '../stack/lowered-just-in-time.ts';
import type { LoweredState } from '../stack/lowered-state.ts';
import { kinds } from '../stack/resource-kinds.ts';
import type { TenantAction } from '../stack/tenant.ts';
import type { Settlement } from './adoption.ts';
import type { Step } from './plan-from-steps.ts';
import type { StackState } from './state.ts';
import { nameOfUrn, signInAction } from './state.ts';

/** The name of the action that a run must look for at the tenant; null where it has nothing to settle. */
export function actionToLookFor(
  { justInTime }: LoweredState,
  state: StackState,
  steps: readonly Step[],
): string | null {
  if (justInTime !== null && steps.some((step) => step.op === 'create' && isOfAction(step))) {
    return justInTime.name;
  }
  const left = owedAction(state);
  return left !== null && justInTime === null && !isInState(state) ? left.title : null;
}

/**
 * Decides on the action as `settleCreates` does on roles: absent, it is created; there, and written down by a run that was cut
 * off, it is adopted; there and not written down, it is somebody else's. A change of it is written down as well: the engine
 * sees what an action's code is, and not whether it was deployed.
 *
 * @param found what `actionToLookFor` came to
 */
export function settleAction(
  settlement: Settlement,
  { justInTime }: LoweredState,
  state: StackState,
  steps: readonly Step[],
  found: TenantAction | null,
): Result<Settlement> {
  const left = owedAction(state);
  if (justInTime === null) {
    if (left === null || found === null) return [settlement, []];
    const help = 'declare a policy again, or delete it at the tenant';
    const orphan = diagnostic('RW6410', null, { what: `action "${left.title}"`, id: found.id }, { help });
    const { adoption, owed, orphans } = settlement;
    return [{ adoption, owed: [...owed, left], orphans: [...orphans, left] }, [orphan]];
  }
  const changes = steps.some((step) => isOfAction(step) && !quiet.has(step.op));
  if (!changes && left === null) return [settlement, []];
  const owed = [...settlement.owed, { kind: 'action', name: justInTimeName, title: justInTime.name } as const];
  if (found === null) return [{ ...settlement, owed }, []];
  const actions = { [justInTimeName]: found.id };
  const adopted = { ...settlement, owed, adoption: { ...settlement.adoption, actions } };
  if (left?.title === found.name) return [adopted, []];
  const help = 'rename or delete the one at the tenant, or import it into the stack';
  return [adopted, [diagnostic('RW6411', null, { name: found.name, id: found.id }, { help })]];
}

/**
 * Whether the action may stand at the tenant with code that was never deployed: a run was cut off between the two, and the
 * state cannot tell.
 */
export function mayBeUndeployed(state: StackState): boolean {
  return owedAction(state) !== null && isInState(state);
}

const quiet: ReadonlySet<string> = new Set(['same', 'refresh', 'read', 'delete']);

function isOfAction({ type, urn }: Step): boolean {
  return type === kinds.action && nameOfUrn(urn) === justInTimeName;
}

function owedAction({ owed }: StackState): Extract<Owed, { kind: 'action' }> | null {
  return owed.find((entry) => entry.kind === 'action') ?? null;
}

function isInState({ resources }: StackState): boolean {
  return signInAction(resources) !== null;
}
