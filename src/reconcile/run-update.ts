import type { EngineEvent, StepEventMetadata } from '@pulumi/pulumi/automation/events.js';
import type { PulumiFn } from '@pulumi/pulumi/automation/workspace.js';
import { journalType } from '../stack/journal.ts';
import type { Target } from '../stack/target.ts';
import { openEventLog } from './event-log.ts';
import { serveProgram } from './inline-program.ts';
import { inAllTargetsWords } from './neutral-step.ts';
import { limitEndedAgo } from './past-limit.ts';
import { watchSteps } from './patience.ts';
import { runPulumi } from './pulumi-command.ts';
import type { Session } from './session.ts';
import { commandOptions } from './session.ts';

export interface UpdateRequest {
  readonly verb: 'preview' | 'up';
  readonly refresh: boolean;
  readonly program: PulumiFn;
  /** Whether the state is saved at every step; if not said, it is. */
  readonly checkpoints?: boolean;
  /** URNs; when given, nothing else is touched. */
  readonly targets?: readonly string[];
  /** Called for each step that starts (`pre`), has ended (`done`) or failed. */
  readonly onStep?: (phase: 'pre' | 'done' | 'failed', step: StepEventMetadata) => void;
}

/** What an update came to, from the engine's own events. */
export interface UpdateOutcome {
  readonly ok: boolean;
  /** The tenant has not answered for as long as the run would wait, and the update was given up. */
  readonly lost: boolean;
  /** Every step as it started, in order; for a preview these are the steps that would be taken. */
  readonly steps: readonly StepEventMetadata[];
  /** Every step as it ended, with its outputs. */
  readonly done: readonly StepEventMetadata[];
  readonly failed: readonly StepEventMetadata[];
  /** Messages of severity `error`, each once. */
  readonly errors: readonly { readonly urn: string | null; readonly message: string }[];
  /** What the engine wrote when it failed outside of any step. */
  readonly stderr: string;
}

/** Runs an inline program through `pulumi preview` or `pulumi up`. Failures are in the outcome; nothing is thrown. */
export async function runUpdate(session: Session, request: UpdateRequest): Promise<UpdateOutcome> {
  const { circumstances, onProgress, patience } = session;
  const watch = watchSteps(patience, {
    tell: (silent) =>
      onProgress(`waiting for ${circumstances.domain} for ${silent} s; it may be limiting the rate of calls`),
    isVain: async () => (await limitEndedAgo(session)) !== null,
  });
  const collected = collector(session.identityProvider, (phase, step) => {
    watch.onStep(phase, step);
    request.onStep?.(phase, step);
  });
  const served = await serveProgram(request.program);
  const log = openEventLog(collected.onEvent);
  const verb = request.verb === 'up' ? ['up', '--yes', '--skip-preview'] : ['preview'];
  const refresh = request.refresh ? ['--refresh'] : [];
  const targets = (request.targets ?? []).flatMap((urn) => ['--target', urn]);
  let ok = false;
  let stderr = '';
  try {
    const outcome = await runPulumi(
      session.engine,
      [
        ...[...verb, ...refresh, ...targets, '--stack', session.stack, '--exec-kind', 'auto.inline'],
        ...['--client', served.address, '--event-log', log.path],
      ],
      {
        ...commandOptions(session),
        env: request.checkpoints === false ? { ...session.env, PULUMI_SKIP_CHECKPOINTS: 'true' } : session.env,
        onOutput: session.onEngineOutput,
        descriptor: log.descriptor,
        lost: watch.lost,
      },
    );
    ({ ok, stderr } = outcome);
  } finally {
    log.close();
    watch.stop();
    served.stop();
  }
  const result = collected.result();
  // The journal is declared by every program, so that where it is missing the program was not heard to its end.
  const isWhole = request.targets !== undefined || result.steps.some(isJournal);
  if (ok && !isWhole) {
    const message = 'the engine did not hear all that is declared; run it again';
    return { ...result, ok: false, lost: false, stderr, errors: [{ urn: null, message }] };
  }
  return { ...result, ok, lost: watch.lost.aborted, stderr };
}

function isJournal({ op, type }: StepEventMetadata): boolean {
  return type === journalType && op !== 'delete';
}

function collector(identityProvider: Target, onStep: NonNullable<UpdateRequest['onStep']>) {
  const steps: StepEventMetadata[] = [];
  const done: StepEventMetadata[] = [];
  const failed: StepEventMetadata[] = [];
  const errors = new Map<string, { urn: string | null; message: string }>();
  const add = (phase: 'pre' | 'done' | 'failed', to: StepEventMetadata[], raw: StepEventMetadata) => {
    const step = inAllTargetsWords(raw, identityProvider);
    to.push(step);
    onStep(phase, step);
  };
  return {
    onEvent: (event: EngineEvent) => {
      if (event.resourcePreEvent) add('pre', steps, event.resourcePreEvent.metadata);
      else if (event.resOutputsEvent) add('done', done, event.resOutputsEvent.metadata);
      else if (event.resOpFailedEvent) add('failed', failed, event.resOpFailedEvent.metadata);
      else if (event.diagnosticEvent?.severity === 'error') {
        const { urn = null, message } = event.diagnosticEvent;
        errors.set(`${urn}\n${message}`, { urn, message });
      }
    },
    result: () => ({ steps, done, failed, errors: [...errors.values()] }),
  };
}
