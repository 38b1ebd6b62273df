import type { Result } from '../language/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import { prepare } from './prepare.ts';
import type { ReconcileRequest } from './request.ts';
import { openSession } from './session.ts';

/**
 * What `up` would change, in the language's words, from the engine's own preview. Guards that would refuse it are told
 * as well. Writes nothing: a stack that does not exist yet is previewed on an empty one in the temporary folder.
 */
export async function preview(request: ReconcileRequest): Promise<Result<Plan | null>> {
  const [opened, opening] = await openSession(request, 'preview');
  if (opened === null) return [null, opening];
  try {
    const [prepared, problems] = await prepare(request, opened);
    if (prepared === null) return [null, problems];
    return [prepared.plan, [...problems, ...prepared.refused.map((refusal) => refusal.diagnostic)]];
  } finally {
    await opened.close();
  }
}
