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
    meaning: 'Auth0 issues access tokens for at most thirty days, and longer is too long elsewhere.',
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
  RW4108: {
    severity: 'error',
    meaning: 'A tenant of Auth0 is a domain; a tenant of Keycloak is a realm on a server.',
    message: (p: { tenant: string; other: string; target: string }) =>
      `"${p.tenant}" is a tenant of ${p.other}, and the target is ${p.target}`,
  },
  RW4109: {
    severity: 'error',
    meaning: 'A tenant is named without the scheme of its address: it is always https, on loopback aside.',
    message: (p: { tenant: string }) => `the tenant "${p.tenant}" has a scheme in front`,
  },
  RW4110: {
    severity: 'error',
    meaning: 'A server of Keycloak has several realms, and the tenant is one of them.',
    message: (p: { tenant: string }) => `"${p.tenant}" names no realm`,
  },
  RW4111: {
    severity: 'error',
    meaning:
      'Keycloak refuses some characters in the name of a realm; others would be written differently in the address of its tokens.',
    message: (p: { realm: string; character: string }) =>
      `the realm "${p.realm}" has "${p.character}" in its name, which cannot be there`,
  },
  RW4112: {
    severity: 'error',
    meaning: 'What is said of the tenant has not the form that tenants of this target have.',
    message: (p: { tenant: string; form: string }) => `"${p.tenant}" is no ${p.form}`,
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
  RW4210: {
    severity: 'error',
    meaning:
      'The default role of Keycloak reaches everybody in the realm. Beside a restricted role it puts two restriction markers into one token, which denies all that is restricted.',
    message: (p: { role: string; environment: string; restricted: string }) =>
      `on Keycloak everybody in ${p.environment} would hold the default role ${p.role}, and whoever holds ${p.restricted} besides would be denied all that is restricted`,
  },
  RW4211: {
    severity: 'error',
    meaning:
      'Keycloak has one default for everybody in a realm; only Auth0 gives other roles by the domain of an address.',
    message: (p: { application: string; environment: string; domains: readonly string[] }) =>
      `Keycloak has no rules by e-mail domain, and ${p.application} in ${p.environment} has them for ${p.domains.join(', ')}`,
  },
  RW4212: {
    severity: 'error',
    meaning: 'Every realm of Keycloak has roles of its own, and no other can have their names.',
    message: (p: { role: string; title: string; realm: string }) =>
      `${p.role} is titled "${p.title}", and the realm ${p.realm} has a role of its own of that name`,
  },
  RW4213: {
    severity: 'error',
    meaning: 'Every realm of Keycloak has clients of its own, and their roles are power over the realm.',
    message: (p: { application: string; audience: string }) =>
      `the audience of ${p.application} is ${p.audience}, which is one of the clients that every realm has`,
  },
} as const satisfies Record<string, Entry>;
