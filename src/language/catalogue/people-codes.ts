import type { Entry } from './entry.ts';

/** People whom assignments name, and whom the tenant does not have as they are named: RW651… */
export const peopleCodes = {
  RW6511: {
    severity: 'error',
    meaning: 'An assignment names an address that no account of that connection has.',
    message: (p: { assignments: string; account: string; ids: readonly string[] }) =>
      `${p.assignments} names ${p.account}, and the tenant has no such account`,
  },
  RW6512: {
    severity: 'error',
    meaning: 'An assignment names an address that its account has not verified: anybody could have written it there.',
    message: (p: { assignments: string; account: string; ids: readonly string[] }) =>
      `${p.assignments} names ${p.account}, which is not verified (${p.ids.join(', ')})`,
  },
  RW6513: {
    severity: 'error',
    meaning: 'An assignment names an address that several accounts of that connection have.',
    message: (p: { assignments: string; account: string; ids: readonly string[] }) =>
      `${p.assignments} names ${p.account}, which is ${p.ids.length} accounts: ${p.ids.join(', ')}`,
  },
  RW6514: {
    severity: 'error',
    meaning: 'An assignment names an account by an id that the tenant does not have.',
    message: (p: { assignments: string; id: string }) =>
      `${p.assignments} names the account ${p.id}, and the tenant has no such account`,
  },
  RW6515: {
    severity: 'warning',
    meaning: 'An interrupted run may have given a role to somebody, or everybody, and that is not declared any more.',
    message: (p: { role: string; id: string }) =>
      `an interrupted run may have left ${p.id} with ${p.role}, which is not declared any more`,
  },
} as const satisfies Record<string, Entry>;
