import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import { nearestName } from '../../language/nearest-name.ts';
import { gateNames } from './gate.ts';

/** What refuses, besides the gates that are asked for: the guards of environments, and the constraints of the base. */
export type GuardName = 'maximum-removal' | 'required-role' | 'emptied-role' | 'base-constraint';

const guardNames: readonly GuardName[] = ['maximum-removal', 'required-role', 'emptied-role', 'base-constraint'];

/** A refusal, and the one override that goes past it (`--override NAME`). */
export interface Refusal {
  readonly override: string;
  readonly diagnostic: Diagnostic;
}

/** A refusal whose diagnostic says how to go past it. */
export function refusal(override: string, make: (help: string) => Diagnostic): Refusal {
  return { override, diagnostic: make(`to go ahead all the same: --override ${override}`) };
}

/** Refusals with some of them overridden by name. */
export interface Overriding {
  readonly refused: readonly Refusal[];
  /** Those that an override goes past: a record of the run names them. */
  readonly overridden: readonly Refusal[];
  /** Usage errors for overrides that name no gate and no guard. One that goes past nothing is none. */
  readonly unknown: readonly Diagnostic[];
}

/** Goes past exactly the refusals that are named. */
export function overriding(refusals: readonly Refusal[], overrides: readonly string[]): Overriding {
  const known: readonly string[] = [...gateNames, ...guardNames];
  const unknown = overrides
    .filter((override) => !known.includes(override.split(':')[0] ?? ''))
    .map((override) => {
      const details = { suggestion: nearestName(override, known), expected: `one of ${known.join(', ')}` };
      return diagnostic('RW6623', null, { override }, details);
    });
  return {
    refused: refusals.filter(({ override }) => !overrides.includes(override)),
    overridden: refusals.filter(({ override }) => overrides.includes(override)),
    unknown,
  };
}
