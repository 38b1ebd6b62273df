import type { Diagnostic } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import { effectsOf } from './effects.ts';
import { problemsOf } from './failures.ts';
import { differenceOf } from './moved.ts';
import { planFromSteps } from './plan-from-steps.ts';
import { runUpdate } from './run-update.ts';
import type { Session } from './session.ts';
import type { Undertaking, Update } from './updates.ts';

/** An update, and where in the course of things it stands. */
export interface Place {
  /** From 1. */
  readonly update: number;
  readonly updates: number;
}

/**
 * Previews an update of a saved plan just before it runs, and says what it would do that the plan does not say, or leave
 * out; empty where it is the very update. Reads the tenant only where the update does.
 */
export async function againstPlan(
  { program, options, effects }: Pick<Update, 'program' | 'options' | 'effects'>,
  place: Place,
  { desired, accounts }: Undertaking,
  session: Session,
): Promise<readonly Diagnostic[]> {
  const outcome = await runUpdate(session, { verb: 'preview', ...options, program });
  const problems = await problemsOf(outcome, session, null);
  if (problems.length > 0) return problems;
  const found = effectsOf(planFromSteps(outcome.steps, desired, '', accounts), outcome.steps);
  const doing = differenceOf(
    effects,
    found.map(({ text }) => text),
  );
  if (doing === null) return [];
  const help =
    place.update === 1
      ? 'nothing was changed; run `rolewright preview --plan` again, and have the new plan reviewed'
      : 'what is done is kept in the state; run `rolewright preview --plan` again for the rest';
  return [diagnostic('RW6436', null, { ...place, doing }, { help })];
}
