import type { Entry } from './entry.ts';

/** Taking over a tenant: RW690… what is left out, RW691… what is told of what is taken, RW692… what is refused. */
export const adoptCodes = {
  RW6901: {
    severity: 'warning',
    meaning: 'An API of the tenant cannot be declared as it is, so it is left out, with its roles.',
    message: (p: { audience: string; reason: string }) => `API ${p.audience} is left out: ${p.reason}`,
  },
  RW6902: {
    severity: 'warning',
    meaning: 'A role of the tenant cannot be declared as it is, so it is left out.',
    message: (p: { role: string; reason: string }) => `role "${p.role}" is left out: ${p.reason}`,
  },
  RW6903: {
    severity: 'warning',
    meaning:
      "A role holds permissions of an API that is not adopted. A declared role's permissions are all it has, so it would lose them.",
    message: (p: { role: string; audiences: readonly string[] }) =>
      `role "${p.role}" is left out: it also holds permissions of ${p.audiences.join(', ')}, and would lose them`,
  },
  RW6904: {
    severity: 'warning',
    meaning: 'A role holds permissions of several APIs. A declared role belongs to one application.',
    message: (p: { role: string; audiences: readonly string[] }) =>
      `role "${p.role}" is left out: it holds permissions of ${p.audiences.length} APIs, ${p.audiences.join(', ')}`,
  },
  RW6905: {
    severity: 'warning',
    meaning: 'A role holds no permissions, so that nothing says to which application it belongs.',
    message: (p: { role: string }) =>
      `role "${p.role}" is left out: it holds no permissions, of which application is it?`,
  },
  RW6906: {
    severity: 'warning',
    meaning: 'Two roles of the tenant have titles that people cannot tell apart, so neither is declared.',
    message: (p: { role: string; other: string }) =>
      `role "${p.role}" is left out: its title looks like that of "${p.other}"`,
  },
  RW6911: {
    severity: 'advice',
    meaning: 'A name was made that nobody would have guessed. It may be changed before the first `up`.',
    message: (p: { title: string; name: string }) => `"${p.title}" is called ${p.name}`,
  },
  RW6912: {
    severity: 'warning',
    meaning: 'A setting of an API is not what Rolewright needs. Adopting leaves it; the next `up` changes it.',
    message: (p: { application: string; setting: string }) =>
      `${p.application}: ${p.setting}; adopt leaves it so, and the next up changes it`,
  },
  RW6913: {
    severity: 'warning',
    meaning: 'What is declared already is not what the tenant has, and adopting leaves the declaration as it is.',
    message: (p: { what: string; difference: string }) => `${p.what} is declared otherwise: ${p.difference}`,
  },
  RW6914: {
    severity: 'advice',
    meaning: "APIs of the identity provider's own are nobody's to declare.",
    message: (p: { audience: string }) => `API ${p.audience} is left out: it is one of the identity provider's own`,
  },
  RW6915: {
    severity: 'advice',
    meaning: 'The tenant does not say which permissions a restriction narrows; all are declared as narrowed.',
    message: (p: { application: string }) =>
      `${p.application}: every permission is declared as restrictedBy: apps, and nothing at the tenant says which are`,
  },
  RW6921: {
    severity: 'error',
    meaning: 'A pattern, a role or an API of the command line matches nothing at the tenant.',
    message: (p: { what: string; text: string }) => `the tenant has no ${p.what} "${p.text}"`,
    exitCode: 2,
  },
  RW6922: {
    severity: 'error',
    meaning: 'Taking something into the state would change the tenant, so nothing was taken.',
    message: (p: { doing: string }) => `nothing was taken into the state: the engine would ${p.doing}`,
    exitCode: 5,
  },
  RW6923: {
    severity: 'error',
    meaning: 'What an export of auth0-deploy-cli says cannot be read.',
    message: (p: { path: string; reason: string }) => `${p.path} cannot be read: ${p.reason}`,
    exitCode: 2,
  },
  RW6924: {
    severity: 'warning',
    meaning: 'An export of auth0-deploy-cli has a keyword that stands for something else. It is kept as it is written.',
    message: (p: { path: string; keyword: string }) => `${p.path} has the keyword ${p.keyword}, which is not replaced`,
  },
  RW6925: {
    severity: 'error',
    meaning: 'A role that is declared cannot be made what the tenant has by other grants of its own.',
    message: (p: { role: string; reason: string }) => `role "${p.role}" cannot be adopted again: ${p.reason}`,
    exitCode: 5,
  },
} as const satisfies Record<string, Entry>;
