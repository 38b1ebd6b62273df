import type { Purpose } from '../../model/definitions.ts';
import type { TwoWayDirection } from '../../model/difference.ts';
import { purposes as allPurposes } from '../../model/purposes.ts';

/** What somebody may come to do, and may do no longer. */
export interface Movement {
  readonly gains: boolean;
  readonly loses: boolean;
}

export function directionOf({ gains, loses }: Movement): TwoWayDirection {
  if (gains && loses) return 'both';
  return gains ? 'widening' : loses ? 'narrowing' : 'neutral';
}

/** Whether somebody gains by it, in a difference that may go both ways. */
export function widens(direction: TwoWayDirection): boolean {
  return direction === 'widening' || direction === 'both';
}

export function narrows(direction: TwoWayDirection): boolean {
  return direction === 'narrowing' || direction === 'both';
}

/** Whether the first purposes have one that the others lack; null stands for all. */
export function hasPurposeBeyond(purposes: readonly Purpose[] | null, others: readonly Purpose[] | null): boolean {
  return (purposes ?? allPurposes).some((purpose) => others !== null && !others.includes(purpose));
}
