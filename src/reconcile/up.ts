import type { Result } from '../language/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import { apply } from './apply.ts';
import { unknownOverrides } from './guards.ts';
import { prepare } from './prepare.ts';
import type { UpRequest } from './request.ts';
import { openSession } from './session.ts';

/**
 * Previews, asks, and applies. `applied` is false where there was nothing to do, the plan was refused or declined, or
 * the run failed; the diagnostics say which. Whatever happens, the next run goes on from there.
 */
export async function up(request: UpRequest): Promise<Result<{ plan: Plan; applied: boolean } | null>> {
  const misspelt = unknownOverrides(request.overrides);
  if (misspelt.length > 0) return [null, misspelt];
  const [opened, opening] = await openSession(request, 'up');
  if (opened === null) return [null, opening];
  try {
    const [prepared, problems] = await prepare(request, opened);
    if (prepared === null) return [null, problems];
    const { plan, refused, settled } = prepared;
    const standing = refused.filter(({ override }) => override === null || !request.overrides.includes(override));
    if (standing.length > 0) {
      return [{ plan, applied: false }, [...problems, ...standing.map((refusal) => refusal.diagnostic)]];
    }
    if (settled) return [{ plan, applied: false }, problems];
    if (plan.changes.length > 0 && !(await request.confirm(plan))) return [{ plan, applied: false }, problems];
    const failures = await apply(request, opened, prepared);
    return [{ plan, applied: failures.length === 0 }, [...problems, ...failures]];
  } finally {
    await opened.close();
  }
}
