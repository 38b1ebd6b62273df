import type { Entry } from './entry.ts';

/** RW680…: the audit of a tenant, and the sign-offs that it is compared with. What it finds in the tenant has no code of these. */
export const auditCodes = {
  RW6801: {
    severity: 'error',
    meaning:
      'The sign-off of an earlier audit cannot be read, is not one of this version, or was changed after it was signed.',
    message: (p: { file: string; reason: string }) => `the sign-off ${p.file} cannot be used: ${p.reason}`,
    exitCode: 2,
  },
  RW6802: {
    severity: 'error',
    meaning: 'The sign-off is of another stack or another tenant than the one that is audited.',
    message: (p: { file: string; what: 'stack' | 'tenant'; signed: string; here: string }) =>
      `the sign-off ${p.file} is for ${p.what} ${p.signed}, and this audit is of ${p.here}`,
    exitCode: 2,
  },
} as const satisfies Record<string, Entry>;
