/**
 * Which room of `src/` may import which, besides itself; a name with `/*` means each folder below it is a room of its own,
 * ignorant of its neighbours. The test beside it executes this table, and `CONTRIBUTING.md` explains it.
 */
export const importTable: Readonly<Record<string, readonly string[]>> = {
  language: [],
  model: ['language'],
  'analysis/*': ['language', 'model'],
  // What every target puts into a stack, and what a target is to all others.
  stack: ['language', 'model'],
  'targets/*': ['language', 'model', 'stack'],
  // What a tenant holds as documents, whatever the identity provider.
  adopt: ['language', 'model'],
  // Of the targets it knows by name the sign-in action alone, which Auth0 only has: see the test.
  reconcile: ['language', 'model', 'stack', 'target-of.ts', 'targets/*'],
  report: ['language', 'model', 'analysis/*'],
  // Reads git's object store, and knows nothing of what the documents mean.
  revisions: ['language'],
  emulator: [],
  // For consuming services: it imports nothing at all, packages included (test/authorize).
  authorize: [],
  // Verifies a token, and asks: it imports `authorize` and `jose`, and nothing else.
  'authorize-jwt': ['authorize'],
  // Loads the one target that is asked for.
  'target-of.ts': ['model', 'stack', 'targets/*'],
  // The limits of a target are pure, and a part of what check says.
  'pipeline.ts': ['analysis/*', 'language', 'model', 'targets/*'],
  'program.ts': ['pulumi.ts'],
  // The entries of the package: `rolewright`, which needs no Pulumi, `rolewright/pulumi`, and `rolewright/keycloak`.
  'index.ts': ['analysis/*', 'language', 'model', 'pipeline.ts'],
  'pulumi.ts': ['language', 'model', 'pipeline.ts', 'stack', 'target-of.ts', 'targets/*'],
  'keycloak.ts': ['targets/*'],
  cli: [
    'adopt',
    'analysis/*',
    'emulator',
    'language',
    'model',
    'pipeline.ts',
    'reconcile',
    'report',
    'revisions',
    'stack',
    'target-of.ts',
    'targets/*',
  ],
};

/** Packages that one room alone may load, so that what is heavy or specific stays where it belongs. */
export const packageRooms: Readonly<Record<string, readonly string[]>> = {
  '@pulumi/auth0': ['targets/*'],
  '@pulumi/pulumi': ['reconcile', 'stack', 'targets/*', 'pulumi.ts'],
  ajv: ['language'],
  // Targets read what other tools have exported.
  yaml: ['language', 'targets/*'],
  zod: ['language', 'emulator'],
  hono: ['emulator'],
  jose: ['authorize-jwt', 'emulator'],
  commander: ['cli'],
};

/** Files of more than 300 lines, each with its reason; none may have more than 500. */
export const longFiles: Readonly<Record<string, string>> = {};
