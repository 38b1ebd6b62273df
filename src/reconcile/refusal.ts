import type { Diagnostic } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';

/** A refusal, and the one override that goes past it. */
export interface Refusal {
  readonly override: string;
  readonly diagnostic: Diagnostic;
}

const guardNames = [
  'maximum-removal',
  'maximum-removed-roles',
  'required-role',
  'emptied-role',
  'protected',
  'minimum-holders',
  'no-new-access',
  'no-sensitive',
  'no-emptied-role',
  'unasked',
  'left-out',
] as const;
export type GuardName = (typeof guardNames)[number];

/**
 * Makes a refusal whose help names its override.
 *
 * @param subject what the guard refuses it for; null for a guard over the plan as a whole
 */
export function refusal(guard: GuardName, subject: string | null, make: (help: string) => Diagnostic): Refusal {
  const override = subject === null ? guard : `${guard}:${subject}`;
  return { override, diagnostic: make(`to go ahead all the same: --override ${override}`) };
}

/** Problems for overrides that name no guard: a misspelt one must not pass for a silent one. */
export function unknownOverrides(overrides: readonly string[]): readonly Diagnostic[] {
  const known: readonly string[] = guardNames;
  return overrides
    .filter((override) => !known.includes(override.split(':')[0] ?? ''))
    .map((override) => diagnostic('RW6409', null, { override }, { expected: guardNames.join(', ') }));
}
