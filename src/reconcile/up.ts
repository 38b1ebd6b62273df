import type { Diagnostic, Result } from '../language/diagnostic.ts';
import { hasErrors } from '../language/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import { apply } from './apply.ts';
import { parseGate } from './gates.ts';
import { movedBeforeReading, movedTenant } from './moved.ts';
import { otherRun } from './other-run.ts';
import type { Prepared } from './prepare.ts';
import { prepare } from './prepare.ts';
import { unknownOverrides } from './refusal.ts';
import type { UpRequest } from './request.ts';
import type { Opened } from './session.ts';
import { openSession } from './session.ts';
import { updatesOf } from './updates.ts';

/** What became of an `up`. */
export interface Upped {
  readonly plan: Plan;
  readonly applied: boolean;
  /** The digest of what the stack was made from before; null for a new one. */
  readonly modelBefore: string | null;
  /** The overrides that were needed, as the refusals named them. */
  readonly overridden: readonly string[];
}

/**
 * Previews, asks, and applies. `applied` is false where there was nothing to do, the plan was refused or declined, or
 * the run failed; the diagnostics say which. Whatever happens, the next run goes on from there. With a saved plan it
 * compares the declaration, the state and the tenant first, and nothing is written if one of them has moved.
 */
export async function up(request: UpRequest): Promise<Result<Upped | null>> {
  const misspelt = unknownOverrides(request.overrides);
  if (misspelt.length > 0) return [null, misspelt];
  const [opened, opening] = await openSession(request, 'up');
  if (opened === null) return [null, opening];
  try {
    const { planFile } = request;
    if (planFile === undefined) return await carryOut(request, opened);
    const moved = movedBeforeReading(planFile, request, opened.session, opened.state);
    if (moved.length > 0) return [null, moved];
    const planned = planFile.gates.flatMap((text) => parseGate(text) ?? []);
    return await carryOut({ ...request, refresh: true, gates: [...planned, ...(request.gates ?? [])] }, opened);
  } finally {
    await opened.close();
  }
}

async function carryOut(request: UpRequest, opened: Opened): Promise<Result<Upped | null>> {
  const [prepared, problems] = await prepare(request, opened);
  if (prepared === null) return [null, problems];
  const { plan, undertaking, settled } = prepared;
  const updates = updatesOf(undertaking);
  const overridden = prepared.refused.flatMap(({ override }) =>
    override !== null && request.overrides.includes(override) ? [override] : [],
  );
  const { modelDigest } = opened.state.outputs;
  const modelBefore = typeof modelDigest === 'string' ? modelDigest : null;
  const ended = (applied: boolean, more: readonly Diagnostic[] = []): Result<Upped> => [
    { plan, applied, modelBefore, overridden },
    [...problems, ...more],
  ];
  const refused = refusalsThatStand(request, prepared, updates);
  if (refused.length > 0) {
    // Half of what another run is doing looks like something that nobody has asked for.
    const other = await otherRun(opened);
    return ended(false, other.length > 0 ? other : refused);
  }
  if (settled) return ended(false);
  if (plan.changes.length > 0 && !(await request.confirm(plan))) return ended(false);
  // Somebody may have thought for long. A saved plan is compared with each update just before it runs.
  const moved = request.planFile === undefined ? await otherRun(opened) : [];
  if (moved.length > 0) return ended(false, moved);
  const failures = await apply(request, opened, prepared, updates);
  return ended(!hasErrors(failures), failures);
}

function refusalsThatStand(
  { planFile, overrides }: UpRequest,
  { undertaking, refused }: Prepared,
  updates: ReturnType<typeof updatesOf>,
): readonly Diagnostic[] {
  // What a plan comes to now that is another one is nothing to judge by guards: it is not carried out at all.
  const moved = planFile === undefined ? [] : movedTenant(planFile, undertaking, updates);
  if (moved.length > 0) return moved;
  return refused
    .filter(({ override }) => override === null || !overrides.includes(override))
    .map((refusal) => refusal.diagnostic);
}
