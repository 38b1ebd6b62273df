import type { StepEventMetadata } from '@pulumi/pulumi/automation/events.js';
import type { Diagnostic } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import { TenantError } from '../stack/tenant-error.ts';
import type { Circumstances } from './classify.ts';
import { classifyEngineFailure, classifyTenantFailure, doingOf } from './classify.ts';
import type { UpdateOutcome } from './run-update.ts';
import { isAtTenant } from './state.ts';
import type { TenantAccess } from './tenant-access.ts';
import { tenantOf } from './tenant-access.ts';

/** How far an update came, for a run that was cancelled; null for a preview, which changes nothing. */
export interface Extent {
  readonly done: number;
  readonly total: number;
}

/** What of a session says how its tenant is asked, and how failures are told. */
type Told = TenantAccess & { readonly circumstances: Circumstances };

/** What an update that was cancelled, given up or failed comes to; nothing for one that went well. */
export async function problemsOf(
  outcome: UpdateOutcome,
  session: Told,
  extent: Extent | null,
): Promise<readonly Diagnostic[]> {
  if (session.signal.aborted) return [cancelled(extent, underWay(outcome))];
  if (outcome.lost) return [await whyLost(session)];
  return outcome.ok ? [] : failuresOf(outcome, session.circumstances);
}

/** @param cutOff changes that had begun, and were not waited for */
export function cancelled(extent: Extent | null, cutOff = 0): Diagnostic {
  if (extent === null) return diagnostic('RW6501', null, { done: 0, total: null });
  const unknown = cutOff === 0 ? '' : `; of ${cutOff} more nobody knows, and it asks the tenant first`;
  const help = `what is done is kept in the state, and the next run goes on${unknown}`;
  return diagnostic('RW6501', null, { ...extent }, { help });
}

/** Changes at the tenant that have begun and not ended well: a step that is cut off may count as failed, or not at all. */
function underWay({ steps, done }: UpdateOutcome): number {
  const ended = new Set(done.map(({ urn }) => urn));
  return steps.filter(({ urn, type, op }) => isAtTenant(type) && op !== 'same' && !ended.has(urn)).length;
}

/** Asks the tenant once why it was silent for so long: the provider keeps it to itself. */
async function whyLost(session: Told): Promise<Diagnostic> {
  const { circumstances, patience: seconds } = session;
  const { domain } = circumstances;
  const help = 'what is done is kept in the state; run it again later';
  try {
    await tenantOf({ ...session, patience: 0 }, probeTimeout).probe();
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    if (error instanceof TenantError && error.limitEndedAgo !== null) {
      const ended = `the limit that it names has ended ${error.limitEndedAgo} s ago by the clock of this machine`;
      return diagnostic('RW6305', null, { domain, seconds: null }, { help: `${ended}: is that right? ${help}` });
    }
    if (/^429\b/.test(text)) return diagnostic('RW6305', null, { domain, seconds }, { help });
    if (!text.includes('i/o timeout')) return failureOfClient(error, 'answer', circumstances);
  }
  return diagnostic('RW6308', null, { domain, seconds }, { help });
}

const probeTimeout = 5_000;

/**
 * What a failed update comes to: one line for each kind of failure, not for each of the resources that met it. The
 * tenant's own words come first; only where there are none is the engine's last line told.
 */
function failuresOf(outcome: UpdateOutcome, circumstances: Circumstances): readonly Diagnostic[] {
  const steps = new Map([...outcome.steps, ...outcome.failed].map((step) => [step.urn, step]));
  const found = new Map<string, Diagnostic>();
  const add = (problem: Diagnostic) => {
    if (!found.has(problem.code)) found.set(problem.code, problem);
  };
  for (const { urn, message } of outcome.errors) {
    const problem = classifyTenantFailure(
      { text: message, doing: doing(urn === null ? undefined : steps.get(urn)) },
      circumstances,
    );
    if (problem !== null && (urn !== null || found.size === 0)) add(problem);
  }
  if (found.size > 0) return [...found.values()];
  const texts = outcome.errors
    .map(({ message }) => message)
    .filter((message) => !/^(preview|update) failed$/.test(message.trim()));
  return [
    classifyEngineFailure(
      [...texts, outcome.stderr].filter((text) => text !== '').join('\n') || 'no reason given',
      circumstances,
    ),
  ];
}

/** The same of our own client, which words its failures as the provider does. */
export function failureOfClient(error: unknown, doing: string, circumstances: Circumstances): Diagnostic {
  const text = error instanceof Error ? error.message : String(error);
  return (
    classifyTenantFailure({ text, doing }, circumstances) ??
    diagnostic('RW6307', null, { domain: circumstances.domain, reason: text, doing })
  );
}

function doing(step: StepEventMetadata | undefined): string {
  return step === undefined ? 'do what was asked' : doingOf(step.op, step.type, step.urn);
}
