import { rm } from 'node:fs/promises';
import type { Emulator, EmulatorOptions } from '../../src/emulator/start-emulator.ts';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import type { Diagnostic } from '../../src/language/diagnostic.ts';
import type { DesiredState } from '../../src/model/desired-state.ts';
import type { Plan } from '../../src/model/plan.ts';
import { findEngine } from '../../src/reconcile/engine.ts';
import { preview } from '../../src/reconcile/preview.ts';
import type { ReconcileRequest, UpRequest } from '../../src/reconcile/request.ts';
import { up } from '../../src/reconcile/up.ts';
import { auth0 } from '../../src/targets/auth0/target.ts';

import type { Run } from './up-requests.ts';
import { projectFolder, requestFor, runOf } from './up-requests.ts';

/** A stack on a file backend of its own, and a loopback tenant of its own. */
export interface TestStack {
  readonly emulator: Emulator;
  readonly workDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What was told on the way, in order, over all runs. */
  readonly progress: readonly string[];
  readonly preview: (desired: DesiredState, more?: Partial<ReconcileRequest>) => Promise<Run<Plan>>;
  /** Confirms everything. */
  readonly up: (desired: DesiredState, more?: Partial<UpRequest>) => Promise<Run<{ plan: Plan; applied: boolean }>>;
  readonly stop: () => Promise<void>;
}

// Asked once for each file of tests: asking a built engine's home starts a process.
const found = findEngine(process.env, auth0.plugin);

/** Starts both. The stack does not exist yet. */
export async function startStack(options: EmulatorOptions = {}): Promise<TestStack> {
  const emulator = await startEmulator(options);
  const workDir = await projectFolder();
  const [engine] = await found;
  const env = {
    ...process.env,
    ...engine?.environment,
    ...emulator.environment,
    PULUMI_BACKEND_URL: `file://${workDir}`,
    PULUMI_CONFIG_PASSPHRASE: 'test',
  };
  const progress: string[] = [];
  const request = (desired: DesiredState) => requestFor(desired, { workDir, env, progress });
  const run = async <T>(work: () => Promise<readonly [T | null, readonly Diagnostic[]]>): Promise<Run<T>> => {
    const before = emulator.calls().length;
    const outcome = await work();
    const calls = emulator.calls().slice(before);
    return runOf(
      outcome,
      calls.map(({ method, path, status }) => `${method} ${path.replace('/api/v2', '')} ${status}`),
    );
  };
  return {
    emulator,
    workDir,
    env,
    progress,
    preview: (desired, more = {}) => run(() => preview({ ...request(desired), ...more })),
    up: (desired, more = {}) => run(() => up({ ...request(desired), ...more })),
    stop: async () => {
      await emulator.stop();
      await rm(workDir, { recursive: true, force: true });
    },
  };
}
