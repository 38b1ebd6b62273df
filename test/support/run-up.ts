import type { DesiredState } from '../../src/model/desired-state.ts';
import { up } from '../../src/reconcile/up.ts';

/** An `up` in a process of its own, for tests that kill it. What is to be done comes in TEST_DESIRED, as JSON. */
const { TEST_DESIRED = '', TEST_WORK_DIR = '' } = process.env;
const [, problems] = await up({
  desired: JSON.parse(TEST_DESIRED) as DesiredState,
  workDir: TEST_WORK_DIR,
  env: process.env,
  refresh: false,
  signal: new AbortController().signal,
  onProgress: () => {},
  onEngineOutput: null,
  confirm: async () => true,
  overrides: [],
});
process.exitCode = problems.length === 0 ? 0 : 1;
