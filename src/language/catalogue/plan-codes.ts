import type { Entry } from './entry.ts';

/**
 * What a plan is held to before it is carried out: RW642… whether the engine does what is declared, and what guards and
 * gates say of it; RW643… whether it is still the plan that was saved. The older guards are RW640….
 */
export const planCodes = {
  RW6420: {
    severity: 'error',
    meaning: 'The engine would do something that the documents do not ask for.',
    message: (p: { doing: string }) => `the engine would ${p.doing}, which the documents do not ask for`,
    exitCode: 5,
  },
  RW6421: {
    severity: 'error',
    meaning: 'The engine would leave out something that the documents ask for.',
    message: (p: { doing: string }) => `the engine would not ${p.doing}, which the documents ask for`,
    exitCode: 5,
  },
  RW6422: {
    severity: 'error',
    meaning: 'The plan removes a larger share of all roles than the environment allows in one run.',
    message: (p: { removed: number; held: number; limit: number }) =>
      `the plan removes ${p.removed} of ${p.held} roles, more than the ${Math.round(p.limit * 100)} % that are allowed`,
    exitCode: 5,
  },
  RW6423: {
    severity: 'error',
    meaning: 'The plan widens while exceptions are over: until they are mended, only what takes away is carried out.',
    message: (p: { roles: string }) => `the plan widens ${p.roles} while exceptions to constraints are over`,
    exitCode: 5,
  },
  RW6424: {
    severity: 'error',
    meaning: 'The gate no-new-access is closed to a plan by which a role gains something, or somebody is given a role.',
    message: (p: { role: string; gains: string }) => `role ${p.role} ${p.gains}, and no new access is allowed`,
    exitCode: 5,
  },
  RW6425: {
    severity: 'error',
    meaning: 'The gate no-sensitive is closed to a plan by which somebody may come to do something sensitive.',
    message: (p: { role: string; gains: string }) =>
      `role ${p.role} ${p.gains}, and no new sensitive access is allowed`,
    exitCode: 5,
  },
  RW6426: {
    severity: 'error',
    meaning: 'The gate no-emptied-role is closed to a plan that takes the last grant away from a role.',
    message: (p: { role: string }) => `the plan empties role ${p.role}`,
    exitCode: 5,
  },
  RW6430: {
    severity: 'error',
    meaning: 'The plan file cannot be read, is not a plan of this version, or was changed after it was written.',
    message: (p: { file: string; reason: string }) => `the plan file ${p.file} cannot be used: ${p.reason}`,
    exitCode: 2,
  },
  RW6431: {
    severity: 'error',
    meaning: 'The plan file was made for another stack or another tenant.',
    message: (p: { what: 'stack' | 'tenant'; planned: string; here: string }) =>
      `the plan is for ${p.what} ${p.planned}, and this run is for ${p.here}`,
    exitCode: 2,
  },
  RW6432: {
    severity: 'error',
    meaning: 'The declaration is another one than when the plan was saved.',
    message: (_: Record<string, never>) => 'the documents have changed since the plan was saved',
    exitCode: 7,
  },
  RW6433: {
    severity: 'error',
    meaning: 'The state of the stack is another one than when the plan was saved: another run has been at work.',
    message: (p: { stack: string }) => `the state of stack ${p.stack} has changed since the plan was saved`,
    exitCode: 7,
  },
  RW6434: {
    severity: 'error',
    meaning: 'The tenant holds something else than when the plan was saved: somebody has changed it by hand.',
    message: (p: { domain: string; now: string | null }) =>
      `the tenant ${p.domain} has changed since the plan was saved${p.now === null ? '' : `; the plan would now ${p.now}`}`,
    exitCode: 7,
  },
  RW6435: {
    severity: 'error',
    meaning: 'The plan was saved by another version of Rolewright.',
    message: (p: { saved: string; here: string }) =>
      `the plan was saved by Rolewright ${p.saved}, and this is ${p.here}`,
    exitCode: 7,
  },
  RW6436: {
    severity: 'error',
    meaning:
      'The engine would do something else now than the saved plan says. That update, and all after it, are left out.',
    message: (p: { update: number; updates: number; doing: string }) =>
      `update ${p.update} of ${p.updates} would ${p.doing}, against the saved plan; it was not begun`,
    exitCode: 7,
  },
  RW6437: {
    severity: 'error',
    meaning: 'Another run has changed the stack since this one made its plan.',
    message: (p: { stack: string }) => `another run has changed stack ${p.stack} since this plan was made`,
    exitCode: 7,
  },
} as const satisfies Record<string, Entry>;
