/**
 * Which room of `src/` may import which, besides itself; a name with `/*` means each folder below it is a room of its own,
 * ignorant of its neighbours. The test beside it executes this table, and `CONTRIBUTING.md` explains it.
 */
export const importTable: Readonly<Record<string, readonly string[]>> = {
  language: [],
  model: ['language'],
  'analysis/*': ['language', 'model'],
  'targets/*': ['language', 'model'],
  reconcile: ['language', 'model', 'targets/*'],
  report: ['language', 'model', 'analysis/*'],
  emulator: [],
  // The limits of a target are pure, and a part of what check says.
  'pipeline.ts': ['language', 'model', 'targets/*'],
  'program.ts': ['pipeline.ts', 'language', 'model', 'targets/*'],
  cli: ['analysis/*', 'emulator', 'language', 'model', 'pipeline.ts', 'reconcile', 'report', 'targets/*'],
};

/** Packages that one room alone may load, so that what is heavy or specific stays where it belongs. */
export const packageRooms: Readonly<Record<string, readonly string[]>> = {
  '@pulumi/auth0': ['targets/*'],
  '@pulumi/pulumi': ['reconcile', 'targets/*', 'program.ts'],
  yaml: ['language'],
  zod: ['language', 'emulator'],
  hono: ['emulator'],
  commander: ['cli'],
  '@clack/prompts': ['cli'],
};

/** Files of more than 300 lines, each with its reason; none may have more than 500. */
export const longFiles: Readonly<Record<string, string>> = {};
