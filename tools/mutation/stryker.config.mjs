/**
 * How Stryker looks for what no test would notice. Read in the copy of the repository that `run.ts` makes.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
const options = {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'tools/mutation/vitest.config.ts', related: true },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  timeoutMS: 20_000,
  // What runs once, when a module is loaded, is mutated too.
  ignoreStatic: false,
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  disableTypeChecks: false,
};

// biome-ignore lint/style/noDefaultExport: Stryker reads it by default.
export default options;
