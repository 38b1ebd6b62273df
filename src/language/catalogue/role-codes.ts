import type { Entry } from './entry.ts';

/** RW3…: permissions, roles, custom roles, provisioning. */
export const roleCodes = {
  RW3101: {
    severity: 'error',
    meaning: 'Roles that inherit from each other in a circle have no meaning.',
    message: (p: { cycle: readonly string[] }) => `roles inherit in a circle: ${p.cycle.join(' → ')}`,
  },
  RW3102: {
    severity: 'error',
    meaning: 'Only a role that says restrictable: true can be narrowed to apps.',
    message: (p: { base: string }) => `the base "${p.base}" is not restrictable`,
  },
  RW3103: {
    severity: 'error',
    meaning: 'The role covers a section and has not decided on one of its permissions.',
    message: (p: { section: string; permission: string }) =>
      `covers ${p.section}, but "${p.permission}" is neither granted nor excepted`,
  },
  RW3104: {
    severity: 'error',
    meaning: 'The role excepts a permission from a covered section and holds it all the same.',
    message: (p: { permission: string }) => `"${p.permission}" is excepted, and held`,
  },
  RW3105: {
    severity: 'error',
    meaning:
      'A permission stands once in a role: two branches that add two levels would merge cleanly and mean the higher one.',
    message: (p: { permission: string }) => `"${p.permission}" is granted twice`,
  },
  RW3106: {
    severity: 'error',
    meaning: 'The catalog says that this permission is of no use without another one, and the role lacks that.',
    message: (p: { permission: string; required: string; role: string }) =>
      `${p.role} holds "${p.permission}" without "${p.required}", which it requires`,
  },
  RW3107: {
    severity: 'error',
    meaning: 'A role would carry the permissions of a role that may not be in that environment.',
    message: (p: { role: string; source: string; purpose: string }) =>
      `${p.role} may be in ${p.purpose}, where "${p.source}" may not`,
  },
  RW3108: {
    severity: 'error',
    meaning:
      'Where an AppDirectory exists, each permission says whether a restriction narrows it: a forgotten line must not widen.',
    message: (p: { permission: string }) => `"${p.permission}" does not say what it is restricted by`,
  },
  RW3109: {
    severity: 'error',
    meaning: 'A custom role narrows a role, never another custom role; a role inherits from roles only.',
    message: (p: { name: string }) => `"${p.name}" is a custom role`,
  },
  RW3110: {
    severity: 'error',
    meaning: 'A restrictable role is given for all apps, and the line says so.',
    message: (p: { role: string }) => `"${p.role}" is restrictable, and nothing says for which apps it is given`,
  },
  RW3111: {
    severity: 'error',
    meaning: 'Whoever signs in for the first time would hold a sensitive permission.',
    message: (p: { role: string; permission: string }) =>
      `the default role "${p.role}" holds "${p.permission}", which is sensitive`,
  },
  RW3112: {
    severity: 'error',
    meaning: 'allApps says something only of a restrictable role.',
    message: (p: { role: string; why: string }) => `allApps does not apply to "${p.role}", ${p.why}`,
  },
  RW3113: {
    severity: 'error',
    meaning: 'A building block (assignable: false) is never held by anybody.',
    message: (p: { role: string }) => `"${p.role}" is a building block, which nobody can hold`,
  },
  RW3114: {
    severity: 'error',
    meaning:
      'What is said of a permission with levels is said of each level: losing edit takes something else away than losing view.',
    message: (p: { key: string; permission: string }) => `${p.key} of "${p.permission}", which has levels`,
  },
  RW3115: {
    severity: 'error',
    meaning: 'undocumented says that nothing is known, so it stands alone.',
    message: (_: Record<string, never>) => 'undocumented beside what is documented',
  },
  RW3116: {
    severity: 'error',
    meaning: 'whenDenied without any entry says nothing.',
    message: (_: Record<string, never>) => 'whenDenied is empty',
  },
  RW3117: {
    severity: 'error',
    meaning: 'An excepted permission lies outside the section that is covered.',
    message: (p: { permission: string; section: string }) => `"${p.permission}" is not in the section ${p.section}`,
  },
  RW3118: {
    severity: 'error',
    meaning: 'Nobody can follow inheritance through this many roles.',
    message: (p: { role: string; limit: number }) => `${p.role} inherits through ${p.limit} roles or more`,
  },
} as const satisfies Record<string, Entry>;
