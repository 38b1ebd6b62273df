import type { Entry } from './entry.ts';

/** RW12…: the settings of the repository, and the JSON Schema for annotations that they name. */
export const settingsCodes = {
  RW1201: {
    severity: 'error',
    meaning: 'The settings are one document; of two, nobody could say which counts.',
    message: (_: Record<string, never>) => 'a second document of settings',
    exitCode: 2,
  },
  RW1202: {
    severity: 'error',
    meaning: 'The JSON Schema for annotations that the settings name cannot be read or used.',
    message: (p: { path: string; reason: string }) => `the JSON Schema ${p.path} cannot be used: ${p.reason}`,
    exitCode: 2,
  },
  RW1203: {
    severity: 'error',
    meaning: 'Annotations are not as the JSON Schema that the settings name wants them.',
    message: (p: { what: string }) => p.what,
  },
} as const satisfies Record<string, Entry>;
