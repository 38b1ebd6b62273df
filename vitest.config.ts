import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: './test/support/temporary-folder.ts',
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/engine/**', 'test/package/**', 'test/keycloak/**'],
          testTimeout: 20_000,
        },
      },
      {
        // The real engine and the real provider against the loopback tenant: seconds a test, so a group of its own. The
        // package is tried here too: packed, installed into an empty folder by npm, and run on the engine, in a minute or two.
        test: {
          name: 'engine',
          include: ['test/engine/**/*.test.ts', 'test/package/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
        },
      },
      {
        // A Keycloak server that we did not write, one for the whole group; skipped where there is no Java to run it.
        test: {
          name: 'keycloak',
          include: ['test/keycloak/**/*.test.ts'],
          globalSetup: './test/keycloak/one-server.ts',
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
