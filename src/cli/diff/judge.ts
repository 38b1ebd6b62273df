import { checkConstraints } from '../../analysis/constraints/check-constraints.ts';
import type { Gate } from '../../analysis/diff/gate.ts';
import { gates } from '../../analysis/diff/gates.ts';
import { brokenByChange, judgedByBase } from '../../analysis/diff/judged-by-base.ts';
import type { Overriding, Refusal } from '../../analysis/diff/refusals.ts';
import { overriding } from '../../analysis/diff/refusals.ts';
import type { Difference } from '../../model/difference.ts';
import type { MeaningfulSide } from './compared.ts';

/** What a difference is held to. */
export interface Standards {
  readonly gates: readonly Gate[];
  /** The environments whose guards count. */
  readonly environments: readonly string[];
  readonly overrides: readonly string[];
}

/**
 * Holds a difference to the gates that are asked for, to the guards of the environments that are named, and always to the
 * constraints of its base: a change cannot loosen its own judge.
 *
 * @param asOf the day that counts as today, `YYYY-MM-DD` in UTC
 */
export function judge(
  difference: Difference,
  base: MeaningfulSide,
  head: MeaningfulSide,
  { gates: asked, environments, overrides }: Standards,
  asOf: string,
): Overriding {
  const before = checkConstraints(base.model, asOf);
  const after = checkConstraints(judgedByBase(base.model, head.model), asOf);
  const refusals = gates(difference, base.model, head.model, asked, brokenByChange(before, after));
  const counting = refusals.filter((refusal) => isAskedFor(refusal, environments));
  const named = counting.map((refusal) => ({ ...refusal, diagnostic: head.named(refusal.diagnostic) }));
  return overriding(named, overrides);
}

/** A guard says in its override whose it is: `maximum-removal:production`. */
function isAskedFor({ override }: Refusal, environments: readonly string[]): boolean {
  const [guard = '', environment = ''] = override.split(':');
  const isGuard = ['maximum-removal', 'required-role', 'emptied-role'].includes(guard);
  return !isGuard || environments.includes(environment);
}
