import type { Result } from '../language/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import type { PlanFile } from './plan-file.ts';
import { planFileOf } from './plan-file.ts';
import type { Prepared } from './prepare.ts';
import { prepare } from './prepare.ts';
import type { ReconcileRequest } from './request.ts';
import { openSession } from './session.ts';

/**
 * What `up` would change, in the language's words, from the engine's own preview. Guards that would refuse it are told
 * as well. Writes nothing: a stack that does not exist yet is previewed on an empty one in the temporary folder.
 */
export function preview(request: ReconcileRequest): Promise<Result<Plan | null>> {
  return previewed(request, ({ plan }) => plan);
}

/**
 * The same, made into a file by which `up` carries out this plan and no other one. It always reads the tenant, one call
 * for each resource of ours: a plan that is to be the very same later must stand on what is there.
 *
 * @param product the version of Rolewright
 */
export function previewForFile(request: ReconcileRequest, product: string): Promise<Result<PlanFile | null>> {
  return previewed({ ...request, refresh: true }, (prepared) => planFileOf(prepared, request, product));
}

async function previewed<T>(request: ReconcileRequest, make: (prepared: Prepared) => T): Promise<Result<T | null>> {
  const [opened, opening] = await openSession(request, 'preview');
  if (opened === null) return [null, opening];
  try {
    const [prepared, problems] = await prepare(request, opened);
    if (prepared === null) return [null, problems];
    return [make(prepared), [...problems, ...prepared.refused.map((refusal) => refusal.diagnostic)]];
  } finally {
    await opened.close();
  }
}
