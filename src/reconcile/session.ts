import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnostic, Result } from '../language/diagnostic.ts';
import type { Target } from '../stack/target.ts';
import { targetOf } from '../target-of.ts';
import { withoutAttributeFiles } from './backend-url.ts';
import type { Circumstances } from './classify.ts';
import { classifyEngineFailure } from './classify.ts';
import type { Engine, Environment } from './engine.ts';
import { findEngine } from './engine.ts';
import { cancelled } from './failures.ts';
import type { CommandOptions } from './pulumi-command.ts';
import { runPulumi } from './pulumi-command.ts';
import type { ReconcileRequest } from './request.ts';
import { defaultPatience } from './request.ts';
import type { StackState } from './state.ts';
import { emptyState, parseState } from './state.ts';

/** Where and how the engine runs; the same for all commands of a run. */
export interface Session {
  readonly identityProvider: Target;
  /** The environment's. */
  readonly tenant: string;
  readonly engine: Engine;
  readonly stack: string;
  readonly workDir: string;
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly onEngineOutput: ((text: string) => void) | null;
  readonly onProgress: (message: string) => void;
  /** Told at once, whatever becomes of the run: a sentence. */
  readonly onNotice: (sentence: string) => void;
  /** Seconds. */
  readonly patience: number;
  readonly circumstances: Circumstances;
}

/** A session and the state that it begins with. */
export interface Opened {
  readonly session: Session;
  readonly state: StackState;
  /** Removes what the session alone needed. */
  readonly close: () => Promise<void>;
}

/**
 * Finds the engine and reads the stack's state. A stack that does not exist yet is created for `up`; a preview then
 * runs on an empty stack of its own in the temporary folder, so that it writes nothing to the backend.
 */
export async function openSession(request: ReconcileRequest, intent: 'preview' | 'up'): Promise<Result<Opened | null>> {
  const { desired, env, workDir, signal, onEngineOutput, onProgress, patience = defaultPatience } = request;
  const onNotice = request.onNotice ?? onProgress;
  const identityProvider = await targetOf(desired.environment);
  const problems = identityProvider.checkTenant(desired.environment, env);
  if (problems.length > 0) return [null, problems];
  const [engine, missing] = await findEngine(env, identityProvider.plugin);
  if (engine === null) return [null, missing];

  const stack = desired.environment.name;
  const circumstances = {
    ...{ stack, domain: identityProvider.addressOf(desired.environment, env) ?? '' },
    ...{ backend: env.PULUMI_BACKEND_URL || 'the backend', advice: identityProvider.advice },
    command: engine.source === 'path' ? 'pulumi' : engine.command,
  };
  const shared = { workDir, env: withoutAttributeFiles(env), signal, onEngineOutput, onProgress, onNotice, patience };
  const { tenant } = desired.environment;
  const session: Session = { identityProvider, tenant, engine, stack, circumstances, ...shared };
  onProgress(`reading the state of stack ${stack}`);
  const [state, [problem]] = await readState(session);
  if (state !== null) return [{ session, state, close: async () => {} }, []];
  if (problem?.code !== 'RW6204') return [null, problem === undefined ? [] : [problem]];
  if (intent === 'preview') return openThrowaway(session);
  onProgress(`creating stack ${stack}`);
  const failed = await createStack(session);
  return failed === null ? [{ session, state: emptyState, close: async () => {} }, []] : [null, [failed]];
}

/** What the state of a stack is read with. */
export type StateSource = Pick<
  Session,
  'identityProvider' | 'engine' | 'stack' | 'workDir' | 'env' | 'signal' | 'circumstances'
>;

/** Reads the state as it stands now. */
export async function readState(session: StateSource): Promise<Result<StackState | null>> {
  const { identityProvider, engine, stack, signal, circumstances } = session;
  const { ok, stdout, stderr } = await runPulumi(
    engine,
    ['stack', 'export', '--stack', stack],
    commandOptions(session),
  );
  if (signal.aborted) return [null, [cancelled(null)]];
  return ok ? [parseState(stdout, identityProvider), []] : [null, [classifyEngineFailure(stderr, circumstances)]];
}

/** The options that every command of a session shares. What commands print is for us; only updates talk to people. */
export function commandOptions({ workDir, env, signal }: Pick<Session, 'workDir' | 'env' | 'signal'>): CommandOptions {
  return { cwd: workDir, env, signal };
}

async function openThrowaway(session: Session): Promise<Result<Opened | null>> {
  session.onProgress(`stack ${session.stack} does not exist yet; up creates it`);
  const folder = await mkdtemp(join(tmpdir(), 'rolewright-preview-'));
  const close = () => rm(folder, { recursive: true, force: true });
  // The engine wants the project's main to be there, although an inline program takes its place.
  await writeFile(join(folder, 'main.js'), '');
  await writeFile(join(folder, 'Pulumi.yaml'), throwawayProject);
  const env = { ...session.env, PULUMI_BACKEND_URL: `file://${folder}`, PULUMI_CONFIG_PASSPHRASE: 'none' };
  const throwaway = { ...session, workDir: folder, env: { ...env, PULUMI_CONFIG_PASSPHRASE_FILE: undefined } };
  const failed = await createStack(throwaway);
  if (failed === null) return [{ session: throwaway, state: emptyState, close }, []];
  await close();
  return [null, [failed]];
}

/** The stack's own configuration cannot be read before there is a stack; a preview needs nothing of it but that it is there. */
const throwawayProject = `\
name: rolewright
runtime: nodejs
main: main.js
config:
  rolewright:justInTimeClientId: unknown
  rolewright:justInTimeClientSecret: unknown
`;

async function createStack(session: Session): Promise<Diagnostic | null> {
  const args = ['stack', 'init', session.stack, '--no-select'];
  const created = await runPulumi(session.engine, args, commandOptions(session));
  return created.ok ? null : classifyEngineFailure(created.stderr, session.circumstances);
}
