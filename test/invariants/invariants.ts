import type { Observation } from './observation.ts';
import { failuresToConverge } from './rules/converges.ts';
import { disorders } from './rules/in-order.ts';
import { needlessWrites } from './rules/least-writes.ts';
import { escalations } from './rules/no-escalation.ts';
import { losses } from './rules/no-loss.ts';
import { outages } from './rules/no-outage.ts';
import { trespasses } from './rules/nothing-foreign.ts';

/** One of the seven promises of a reconcile; what breaks it, in words, from what was observed and nothing else. */
export interface Invariant {
  readonly number: number;
  readonly name: string;
  readonly breaches: (observation: Observation) => readonly string[];
}

export interface Violation {
  readonly number: number;
  readonly name: string;
  readonly message: string;
}

export const invariants: readonly Invariant[] = [
  { number: 1, name: 'no outage', breaches: outages },
  { number: 2, name: 'no escalation', breaches: escalations },
  { number: 3, name: 'no loss', breaches: losses },
  { number: 4, name: 'nothing foreign', breaches: trespasses },
  { number: 5, name: 'least writes', breaches: needlessWrites },
  { number: 6, name: 'converges', breaches: failuresToConverge },
  { number: 7, name: 'in order', breaches: disorders },
];

/** Everything that is broken, by the number of the invariant. */
export function violationsOf(observation: Observation): readonly Violation[] {
  return invariants.flatMap(({ number, name, breaches }) =>
    breaches(observation).map((message) => ({ number, name, message })),
  );
}

/** `1 no outage: after call 3 (…) …` */
export function violationText({ number, name, message }: Violation): string {
  return `${number} ${name}: ${message}`;
}
