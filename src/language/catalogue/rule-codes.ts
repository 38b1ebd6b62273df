import type { Entry } from './entry.ts';

/** `a`, `a and b`, `a, b and c`. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** RW5…: assignments, constraints and role tests. */
export const ruleCodes = {
  RW5101: {
    severity: 'error',
    meaning: 'A restrictable role is held for all apps or for some, and the assignment says which.',
    message: (p: { role: string; saysBoth: boolean }) =>
      p.saysBoth
        ? `"${p.role}" is held for all apps and for some`
        : `"${p.role}" is restrictable, and nothing says for which apps it is held`,
  },
  RW5102: {
    severity: 'error',
    meaning: 'apps and allApps say something only of a restrictable role; a custom role brings its apps.',
    message: (p: { key: string; role: string; why: string }) => `${p.key} does not apply to "${p.role}", ${p.why}`,
  },
  RW5103: {
    severity: 'error',
    meaning: 'A user is an id, or an e-mail address with the connection that vouches for it.',
    message: (p: { found: string }) => `a user ${p.found}`,
  },
  RW5104: {
    severity: 'error',
    meaning:
      'A person cannot hold different levels for different apps: two restrictions, or a restriction and none, on one person in one application would multiply into access that nobody declared.',
    message: (p: { user: string; application: string; one: string; other: string }) =>
      `${p.user} would hold "${p.one}" and "${p.other}" in ${p.application}, which are not restricted alike`,
  },
  RW5105: {
    severity: 'warning',
    meaning: 'The last day of a user in an assignment is over; the next up takes the role away.',
    message: (p: { user: string; day: string }) => `the assignment of ${p.user} ended on ${p.day}`,
  },
  RW5106: {
    severity: 'error',
    meaning: 'A person stands once in an assignment.',
    message: (p: { user: string }) => `${p.user} stands here twice`,
  },
  RW5107: {
    severity: 'error',
    meaning: 'The calendar has no such day.',
    message: (p: { day: string }) => `there is no ${p.day}`,
  },
  RW5108: {
    severity: 'error',
    meaning: 'An assignment says who holds a role; it is none itself.',
    message: (p: { name: string }) => `"${p.name}" is an assignment`,
  },
  RW5201: {
    severity: 'error',
    meaning: 'A constraint is one rule: separate, supervises, reserved, holders or never.',
    message: (p: { found: string }) => `a constraint with ${p.found}`,
  },
  RW5202: {
    severity: 'error',
    meaning: 'The last day of an exception is over; the constraint holds again.',
    message: (p: { day: string; owner: string }) => `the exception ended on ${p.day} (owner ${p.owner})`,
  },
  RW5203: {
    severity: 'warning',
    meaning: 'The last day of an exception is at most 30 days ahead.',
    message: (p: { day: string; days: number; owner: string }) => {
      const when = p.days === 0 ? 'today' : p.days === 1 ? 'in 1 day' : `in ${p.days} days`;
      return `the exception ends on ${p.day}, ${when} (owner ${p.owner})`;
    },
  },
  RW5204: {
    severity: 'warning',
    meaning: 'An exception that excepts nothing hides what it will except tomorrow.',
    message: (_: Record<string, never>) => 'the exception excepts nothing',
  },
  RW5205: {
    severity: 'error',
    meaning: 'An exception names exactly what it excepts from its rule.',
    message: (p: { rule: string; found: string }) => `an exception to ${p.rule} that names ${p.found}`,
  },
  RW5206: {
    severity: 'error',
    meaning: 'holders counts: at least, at most, or both, the one not above the other.',
    message: (p: { found: string }) => `holders ${p.found}`,
  },
  RW5207: {
    severity: 'error',
    meaning:
      'separate keeps permissions apart from each other: two levels of one cannot be, as the higher includes the lower.',
    message: (p: { one: string; other: string }) => `"${p.one}" and "${p.other}" are one permission`,
  },
  RW5301: {
    severity: 'error',
    meaning:
      'Separation of duties: one role, or one person through assignments, holds two permissions that are kept apart.',
    message: (p: { holder: string; one: string; other: string; constraint: string }) =>
      `${p.holder} holds "${p.one}" and "${p.other}", which ${p.constraint} keeps apart`,
  },
  RW5302: {
    severity: 'error',
    meaning: 'A supervisor lacks a permission that a supervised role holds.',
    message: (p: {
      supervisor: string;
      permission: string;
      beyond: readonly string[];
      supervised: readonly string[];
    }) => {
      const where = p.beyond.length === 0 ? '' : ` for any app but ${listed(p.beyond)}`;
      const holds = p.supervised.length === 1 ? 'holds' : 'hold';
      return `${p.supervisor} lacks "${p.permission}"${where}, which ${listed(p.supervised)} ${holds}`;
    },
  },
  RW5303: {
    severity: 'error',
    meaning: 'A role holds a permission that is reserved for others.',
    message: (p: { role: string; permission: string; constraint: string }) =>
      `${p.role} holds "${p.permission}", which ${p.constraint} reserves`,
  },
  RW5304: {
    severity: 'error',
    meaning: 'Too few or too many people hold a role.',
    message: (p: { role: string; found: number; limit: string }) =>
      `${p.role} is held by ${p.found === 1 ? '1 person' : `${p.found} people`}, ${p.limit}`,
  },
  RW5305: {
    severity: 'error',
    meaning: 'A role holds a permission that nobody may hold in environments of that purpose.',
    message: (p: { role: string; permission: string; environments: readonly string[]; purpose: string }) => {
      const kind = p.environments.length === 1 ? 'an environment' : 'environments';
      return `${p.role} holds "${p.permission}" in ${listed(p.environments)}, ${kind} for ${p.purpose}`;
    },
  },
  RW5306: {
    severity: 'error',
    meaning: 'Whoever signs in for the first time would hold a reserved permission.',
    message: (p: { role: string; permission: string; constraint: string }) =>
      `the default role "${p.role}" holds "${p.permission}", which ${p.constraint} reserves`,
  },
  RW5401: {
    severity: 'error',
    meaning: 'A role test expects a permission that is not held.',
    message: (p: { who: string; permission: string; app: string | null }) =>
      `${p.who} cannot "${p.permission}"${p.app === null ? '' : ` on ${p.app}`}`,
  },
  RW5402: {
    severity: 'error',
    meaning: 'A role test expects that a permission is not held, and it is.',
    message: (p: { who: string; permission: string; app: string | null }) =>
      `${p.who} can "${p.permission}"${p.app === null ? '' : ` on ${p.app}`}`,
  },
  RW5403: {
    severity: 'error',
    meaning: "A role holds more than its test's exact set.",
    message: (p: { who: string; permission: string }) =>
      `${p.who} holds "${p.permission}", which is not in its exact set`,
  },
  RW5404: {
    severity: 'error',
    meaning: "A role lacks a permission of its test's exact set.",
    message: (p: { who: string; permission: string }) => `${p.who} lacks "${p.permission}" of its exact set`,
  },
  RW5405: {
    severity: 'error',
    meaning: 'Where role and permission are restricted to apps, a test says for which app.',
    message: (p: { who: string; permission: string }) =>
      `nothing says for which app ${p.who} is asked "${p.permission}"`,
  },
  RW5406: {
    severity: 'error',
    meaning: 'A test asks one role or custom role, or one assignment.',
    message: (p: { found: string }) => `a test of ${p.found}`,
  },
  RW5407: {
    severity: 'error',
    meaning: 'A test that expects nothing proves nothing.',
    message: (_: Record<string, never>) => 'a test without can, cannot or exact',
  },
  RW5408: {
    severity: 'error',
    meaning: 'Fewer of the roles × permissions are tested than the settings ask for.',
    message: (p: { application: string; covered: string; wanted: string }) =>
      `role tests cover ${p.covered} of ${p.application}, and ${p.wanted} is asked for`,
  },
} as const satisfies Record<string, Entry>;
