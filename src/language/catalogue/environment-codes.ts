import type { Entry } from './entry.ts';

/** RW4…: environments, and the limits of the identity provider. */
export const environmentCodes = {
  RW4101: {
    severity: 'error',
    meaning: 'A stack is the environment of its name, and there is none of this name.',
    message: (p: { name: string }) => `no environment is called "${p.name}"`,
    exitCode: 6,
  },
  RW4102: {
    severity: 'error',
    meaning: 'The loopback tenant holds nothing real; only an environment for development may be on it.',
    message: (p: { purpose: string }) => `the loopback tenant in an environment for ${p.purpose}`,
  },
  RW4103: {
    severity: 'error',
    meaning: 'One stack owns an audience in a tenant; two would undo each other.',
    message: (p: { audience: string; tenant: string }) =>
      `the audience ${p.audience} stands twice for the tenant ${p.tenant}`,
  },
  RW4104: {
    severity: 'error',
    meaning: 'Auth0 issues access tokens for at most thirty days.',
    message: (p: { found: string }) => `a token lifetime of ${p.found}`,
  },
  RW4105: {
    severity: 'error',
    meaning: 'A role is required where its application is not.',
    message: (p: { application: string }) => `${p.application} is not among the applications of this environment`,
  },
  RW4106: {
    severity: 'error',
    meaning: 'The role may not be in environments of this purpose (onlyIn).',
    message: (p: { role: string; purpose: string }) => `"${p.role}" may not be in ${p.purpose}`,
  },
  RW4107: {
    severity: 'error',
    meaning: 'A reference outside the documents of an application names the application first.',
    message: (p: { reference: string }) => `"${p.reference}" does not name its application`,
  },
  RW4201: {
    severity: 'error',
    meaning: 'A limit of the identity provider is exceeded; it would refuse.',
    message: (p: { what: string; count: number; limit: number }) =>
      `${p.what}: ${p.count}, and at most ${p.limit} are possible`,
  },
  RW4202: {
    severity: 'warning',
    meaning: 'Four fifths of a limit of the identity provider are used up.',
    message: (p: { what: string; count: number; limit: number }) => `${p.what}: ${p.count} of at most ${p.limit}`,
  },
  RW4203: {
    severity: 'error',
    meaning: 'The identity provider does not take this text.',
    message: (p: { what: string; rule: string }) => `${p.what} ${p.rule}`,
  },
} as const satisfies Record<string, Entry>;
