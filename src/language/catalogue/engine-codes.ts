import type { Entry } from './entry.ts';

/** RW6…: the engine, the stack, the tenant and its credentials. */
export const engineCodes = {
  RW6001: {
    severity: 'error',
    meaning: 'The Pulumi engine was not found, or is too old.',
    message: (p: { found: string }) => `the Pulumi engine was not found (${p.found})`,
    exitCode: 2,
  },
} as const satisfies Record<string, Entry>;
