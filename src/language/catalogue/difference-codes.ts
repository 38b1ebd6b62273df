import type { Entry } from './entry.ts';

/** `a`, `a and b`, `a, b and 3 more`: enough to know what is meant. */
function some(names: readonly string[]): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

/**
 * RW66…: what refuses a difference. RW660… gates that were asked for, RW661… guards of the environments and the rules of the
 * base, RW662… how they are asked for.
 */
export const differenceCodes = {
  RW6601: {
    severity: 'error',
    meaning: 'The gate no-new-access: somebody may do more than before.',
    message: (p: { who: readonly string[] }) => `new access for ${some(p.who)}`,
    exitCode: 5,
  },
  RW6602: {
    severity: 'error',
    meaning: 'The gate no-sensitive: somebody comes to hold what the base or the head calls sensitive.',
    message: (p: { who: readonly string[] }) => `new sensitive access for ${some(p.who)}`,
    exitCode: 5,
  },
  RW6603: {
    severity: 'error',
    meaning: 'The gate no-reserved: somebody comes to hold what a constraint of the base or the head reserves.',
    message: (p: { who: readonly string[] }) => `new reserved access for ${some(p.who)}`,
    exitCode: 5,
  },
  RW6604: {
    severity: 'error',
    meaning: 'The gate max-removal: a larger share of what the roles of an application hold is taken away.',
    message: (p: { application: string; removed: number; held: number; limit: number }) =>
      `${p.removed} of ${p.held} grants of ${p.application} are taken away (${percent(p.removed / p.held)}), more than the ${percent(p.limit)} asked for`,
    exitCode: 5,
  },
  RW6605: {
    severity: 'error',
    meaning: 'The gate no-removed-role: a role or custom role is declared no longer.',
    message: (p: { roles: readonly string[] }) => `${some(p.roles)} removed`,
    exitCode: 5,
  },
  RW6606: {
    severity: 'error',
    meaning: 'The gate no-control-change: what judges changes is changed itself.',
    message: (p: { changes: readonly string[] }) => `what judges changes is changed: ${some(p.changes)}`,
    exitCode: 5,
  },
  RW6607: {
    severity: 'error',
    meaning: 'The gate no-default-change: what people get who sign in for the first time is changed.',
    message: (p: { rules: readonly string[] }) => `what new people get is changed: ${some(p.rules)}`,
    exitCode: 5,
  },
  RW6611: {
    severity: 'error',
    meaning:
      'A larger share of what the roles of an environment hold is taken away than its guard allows, at the base or at the head.',
    message: (p: { environment: string; removed: number; held: number; limit: number }) =>
      `${p.removed} of ${p.held} grants in ${p.environment} are taken away (${percent(p.removed / p.held)}), more than the ${percent(p.limit)} that it allows`,
    exitCode: 5,
  },
  RW6612: {
    severity: 'error',
    meaning: 'A role that an environment requires, at the base or at the head, would not be there.',
    message: (p: { environment: string; role: string }) =>
      `${p.environment} requires ${p.role}, which would not be there`,
    exitCode: 5,
  },
  RW6613: {
    severity: 'error',
    meaning: 'A role that an environment requires, at the base or at the head, would hold nothing any more.',
    message: (p: { environment: string; role: string }) =>
      `${p.environment} requires ${p.role}, which would be emptied`,
    exitCode: 5,
  },
  RW6614: {
    severity: 'error',
    meaning: 'A constraint as the base has it would be broken: a change cannot loosen its own judge.',
    message: (p: { base: string; broken: string }) => `by the rules of ${p.base}: ${p.broken}`,
    exitCode: 5,
  },
  RW6621: {
    severity: 'error',
    meaning: 'There is no gate of this name.',
    message: (p: { gate: string }) => `there is no gate "${p.gate}"`,
    exitCode: 2,
  },
  RW6622: {
    severity: 'error',
    meaning: 'A gate takes a share or takes none.',
    message: (p: { gate: string; found: string }) => `the gate ${p.gate} with ${p.found}`,
    exitCode: 2,
  },
  RW6623: {
    severity: 'error',
    meaning: 'An override names no gate and no guard.',
    message: (p: { override: string }) => `there is no gate or guard "${p.override}"`,
    exitCode: 2,
  },
} as const satisfies Record<string, Entry>;
