import type { Entry } from './entry.ts';

/** Where people say which tenant they mean. */
type AddressVariable = 'AUTH0_DOMAIN' | 'KEYCLOAK_URL';

/**
 * The engine, the stack, the tenant, and what is refused: RW60… the engine, RW61… the environment variables, RW62… the
 * stack and its backend, RW63… the tenant, RW64… guards and refusals, RW650… the run itself (RW651…: people).
 */
export const engineCodes = {
  RW6001: {
    severity: 'error',
    meaning: 'The Pulumi engine or its Auth0 plugin was not found, or is too old.',
    message: (p: { found: string }) => `the Pulumi engine was not found (${p.found})`,
    exitCode: 2,
  },
  RW6101: {
    severity: 'error',
    meaning: 'AUTH0_DOMAIN, or KEYCLOAK_URL, is not set, so there is no tenant to speak of.',
    message: (p: { variable: AddressVariable; tenant: string }) =>
      `${p.variable} is not set; the environment belongs to ${p.tenant}`,
    exitCode: 2,
  },
  RW6102: {
    severity: 'error',
    meaning: 'AUTH0_DOMAIN, or KEYCLOAK_URL, is another tenant than the one that the environment belongs to.',
    message: (p: { variable: AddressVariable; domain: string; environment: string; tenant: string }) =>
      `${p.variable} is ${p.domain}, but ${p.environment} belongs to ${p.tenant}`,
    exitCode: 2,
  },
  RW6103: {
    severity: 'error',
    meaning: 'There are no credentials for the tenant in the environment.',
    message: (p: { domain: string }) => `no credentials for ${p.domain}`,
    exitCode: 3,
  },
  RW6104: {
    severity: 'error',
    meaning: 'The server is spoken to over plain HTTP, so that credentials would travel in the clear.',
    message: (p: { variable: 'KEYCLOAK_URL'; domain: string }) =>
      `${p.variable} is http://${p.domain}, so that credentials would travel in the clear`,
    exitCode: 2,
  },
  RW6105: {
    severity: 'error',
    meaning: 'The tenant of an environment on Keycloak names no realm.',
    message: (p: { environment: string; tenant: string }) =>
      `the tenant of ${p.environment}, ${p.tenant}, names no realm`,
    exitCode: 2,
  },
  RW6201: {
    severity: 'error',
    meaning: "The passphrase that opens the stack's secrets is missing or wrong.",
    message: (p: { stack: string; missing: boolean }) =>
      `the passphrase of stack ${p.stack} is ${p.missing ? 'missing' : 'wrong'}`,
    exitCode: 2,
  },
  RW6202: {
    severity: 'error',
    meaning: 'Another run holds the lock of the stack.',
    message: (p: { stack: string; holder: string }) => `stack ${p.stack} is locked by ${p.holder}`,
    exitCode: 4,
  },
  RW6203: {
    severity: 'error',
    meaning: 'The backend that keeps the state cannot be reached or read.',
    message: (p: { backend: string; reason: string }) => `the state at ${p.backend} cannot be read: ${p.reason}`,
    exitCode: 4,
  },
  RW6204: {
    severity: 'error',
    meaning: 'The backend has no stack of this name.',
    message: (p: { stack: string }) => `there is no stack ${p.stack}`,
    exitCode: 6,
  },
  RW6205: {
    severity: 'error',
    meaning: 'Pulumi does not know where to keep the state, or is not logged in there.',
    message: () => 'Pulumi is not logged in to a backend',
    exitCode: 3,
  },
  RW6206: {
    severity: 'error',
    meaning: 'The Pulumi project or the settings of the stack cannot be used.',
    message: (p: { reason: string }) => `the Pulumi project cannot be used: ${p.reason}`,
    exitCode: 2,
  },
  RW6301: {
    severity: 'error',
    meaning: 'The tenant cannot be reached.',
    message: (p: { domain: string; reason: string }) => `cannot reach ${p.domain}: ${p.reason}`,
    exitCode: 4,
  },
  RW6302: {
    severity: 'error',
    meaning: "The tenant's certificate is not trusted.",
    message: (p: { domain: string; reason: string }) => `the certificate of ${p.domain} is not trusted: ${p.reason}`,
    exitCode: 4,
  },
  RW6303: {
    severity: 'error',
    meaning: 'The tenant refused the credentials.',
    message: (p: { domain: string; reason: string }) => `${p.domain} refused the credentials: ${p.reason}`,
    exitCode: 3,
  },
  RW6304: {
    severity: 'error',
    meaning: 'The credentials are valid, but do not allow what is to be done.',
    message: (p: { domain: string; reason: string; doing: string }) =>
      `${p.domain} does not allow to ${p.doing}: ${p.reason}`,
    exitCode: 3,
  },
  RW6305: {
    severity: 'error',
    meaning: 'The tenant limits the rate of calls, for longer than the run would wait.',
    message: (p: { domain: string; seconds: number | null }) =>
      `${p.domain} limits the rate of calls${p.seconds === null ? '' : `, for more than ${p.seconds} s`}; the run was stopped`,
    exitCode: 4,
  },
  RW6306: {
    severity: 'error',
    meaning:
      'The tenant fails: it answers with a server error, cuts the connection, or does not show what it has made.',
    message: (p: { domain: string; reason: string; doing: string }) => `${p.domain} failed to ${p.doing}: ${p.reason}`,
    exitCode: 4,
  },
  RW6307: {
    severity: 'error',
    meaning: 'The tenant refused a change.',
    message: (p: { domain: string; reason: string; doing: string }) => `${p.domain} refused to ${p.doing}: ${p.reason}`,
    exitCode: 4,
  },
  RW6308: {
    severity: 'error',
    meaning: 'The tenant does not answer.',
    message: (p: { domain: string; seconds: number }) =>
      `${p.domain} has not answered for ${p.seconds} s; the run was stopped`,
    exitCode: 4,
  },
  RW6401: {
    severity: 'error',
    meaning: 'The plan takes away a larger share of all grants than the environment allows in one run.',
    message: (p: { removed: number; held: number; limit: number }) =>
      `the plan takes away ${p.removed} of ${p.held} grants, more than the ${Math.round(p.limit * 100)} % that are allowed`,
    exitCode: 5,
  },
  RW6402: {
    severity: 'error',
    meaning: 'A role that the environment requires is not declared, or is removed.',
    message: (p: { role: string }) => `the plan has no role ${p.role}, which the environment requires`,
    exitCode: 5,
  },
  RW6403: {
    severity: 'error',
    meaning: 'The plan takes the last grant away from a role that the environment requires.',
    message: (p: { role: string }) => `the plan empties role ${p.role}, which the environment requires`,
    exitCode: 5,
  },
  RW6404: {
    severity: 'error',
    meaning: 'The plan deletes a protected role or application.',
    message: (p: { what: string }) => `the plan deletes ${p.what}, which is protected`,
    exitCode: 5,
  },
  RW6405: {
    severity: 'error',
    meaning: 'The plan touches a role that fewer people hold, or would hold, than the environment requires.',
    message: (p: { role: string; holders: number; minimum: number; changes: boolean }) => {
      const holders = `${p.holders} ${p.holders === 1 ? 'holder' : 'holders'}`;
      return `role ${p.role} ${p.changes ? 'would have' : 'has'} ${holders}, fewer than the ${p.minimum} that the environment requires`;
    },
    exitCode: 5,
  },
  RW6406: {
    severity: 'error',
    meaning: 'The tenant has a role of this title already, and it is not ours.',
    message: (p: { role: string; title: string; id: string }) =>
      `role ${p.role} cannot be created: the tenant has a role titled "${p.title}" that this stack did not create (${p.id})`,
    exitCode: 5,
  },
  RW6407: {
    severity: 'error',
    meaning: 'The tenant has an API with this audience already, and it is not ours.',
    message: (p: { application: string; audience: string; id: string }) =>
      `application ${p.application} cannot be created: the tenant has an API ${p.audience} that this stack did not create (${p.id})`,
    exitCode: 5,
  },
  RW6408: {
    severity: 'error',
    meaning: 'The audience of an application changes, which would delete its API and lock everybody out.',
    message: (p: { application: string; from: string; to: string }) =>
      `the audience of ${p.application} would change from ${p.from} to ${p.to}`,
    exitCode: 5,
  },
  RW6409: {
    severity: 'error',
    meaning: 'An override names no guard.',
    message: (p: { override: string }) => `there is no guard "${p.override}"`,
    exitCode: 2,
  },
  RW6410: {
    severity: 'warning',
    meaning: 'An interrupted run has left something at the tenant that is no longer declared.',
    message: (p: { what: string; id: string }) => `an interrupted run has left ${p.what} at the tenant (${p.id})`,
  },
  RW6411: {
    severity: 'error',
    meaning: 'The tenant has an action of this name already, and it is not ours.',
    message: (p: { name: string; id: string }) =>
      `the sign-in action cannot be created: the tenant has an action "${p.name}" that this stack did not create (${p.id})`,
    exitCode: 5,
  },
  RW6412: {
    severity: 'error',
    meaning:
      'An environment moves to another realm, which would make all that is in it anew and delete what everybody has.',
    message: (p: { application: string; from: string; to: string }) =>
      `${p.application} would move from the realm ${p.from} to ${p.to}`,
    exitCode: 5,
  },
  RW6501: {
    severity: 'error',
    meaning: 'The run was cancelled.',
    message: (p: { done: number; total: number | null }) =>
      p.total === null
        ? 'cancelled before anything was changed'
        : `cancelled: ${p.done} of ${p.total} changes are done`,
    exitCode: 8,
  },
  RW6502: {
    severity: 'error',
    meaning: 'The engine failed in a way that is not known.',
    message: (p: { reason: string }) => `the Pulumi engine failed: ${p.reason}`,
    exitCode: 4,
  },
} as const satisfies Record<string, Entry>;
