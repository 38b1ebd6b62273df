import { defineConfig } from 'vitest/config';

/** The tests that say what people get from what is mutated, and no others: a mutant runs through all that reach it. */
// biome-ignore lint/style/noDefaultExport: Vitest reads it by default.
export default defineConfig({
  test: {
    include: ['test/language/cases.test.ts', 'test/model/**/*.test.ts', 'test/analysis/constraints/**/*.test.ts'],
    testTimeout: 20_000,
  },
});
