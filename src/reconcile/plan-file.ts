import type { Result } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import { digestOf } from '../model/compile/digest.ts';
import type { Plan } from '../model/plan.ts';
import { gateText } from './gates.ts';
import type { Prepared } from './prepare.ts';
import type { ReconcileRequest } from './request.ts';
import { tenantDigest } from './tenant-digest.ts';
import { updatesOf } from './updates.ts';

/**
 * A plan that is to be carried out later, exactly as it is: what it does, in words' data, and what it stands on. Plain
 * JSON, sorted, the same bytes for the same plan. It holds names, titles and addresses of people, and no secret.
 */
export interface PlanFile {
  readonly kind: 'rolewright-plan';
  readonly schemaVersion: 1;
  /** The version of Rolewright that made it. */
  readonly product: string;
  readonly stack: string;
  /** The domain of the tenant. */
  readonly tenant: string;
  /** What must be the same when it is carried out. */
  readonly standsOn: {
    /** Of the declaration: what the stack was made from before, null for a new stack, and what it will be made from. */
    readonly modelBefore: string | null;
    readonly modelAfter: string;
    /** Of the state of the stack. */
    readonly state: string;
    /** Of what the tenant held of ours, read when the plan was made. */
    readonly held: string;
  };
  readonly plan: Plan;
  /** What each update does, one after the other. */
  readonly updates: readonly (readonly string[])[];
  /** Gates that were asked for: they hold for the `up` as well. */
  readonly gates: readonly string[];
  /** Refusals that stood when it was made; null: nothing overrides it. */
  readonly refusals: readonly { readonly override: string | null; readonly code: string; readonly message: string }[];
  /** Over all the rest: a file that was changed by hand or cut short is refused. It is no signature. */
  readonly digest: string;
}

/** Makes the file of a plan that was prepared with a refresh. */
export function planFileOf(
  prepared: Prepared,
  { desired, gates = [] }: Pick<ReconcileRequest, 'desired' | 'gates'>,
  product: string,
): PlanFile {
  const { plan, undertaking, refused } = prepared;
  const { state } = undertaking;
  return sealed({
    kind: 'rolewright-plan',
    schemaVersion: 1,
    product,
    stack: plan.stack,
    tenant: plan.tenant,
    standsOn: {
      modelBefore: typeof state.outputs.modelDigest === 'string' ? state.outputs.modelDigest : null,
      modelAfter: desired.digest,
      state: state.digest,
      held: tenantDigest(undertaking),
    },
    plan,
    updates: updatesOf(undertaking).map(({ effects }) => effects),
    gates: [...new Set(gates.map(gateText))].sort(),
    refusals: refused.map(({ override, diagnostic: { code, message } }) => ({ override, code, message })),
  });
}

/**
 * Reads a plan file.
 *
 * @param file its name, for messages
 */
export function readPlanFile(text: string, file: string): Result<PlanFile | null> {
  const unusable = (reason: string): Result<null> => {
    const help = 'make it anew with `rolewright preview --plan`';
    return [null, [diagnostic('RW6430', null, { file, reason }, { help })]];
  };
  const value = parsed(text);
  if (value?.kind !== 'rolewright-plan') return unusable('it is no plan of Rolewright');
  if (value.schemaVersion !== 1) return unusable(`its version ${String(value.schemaVersion)} is not known here`);
  if (!isWhole(value) || value.digest !== sealed(value).digest) {
    return unusable('it was changed after it was written, or is not whole');
  }
  return [value, []];
}

function sealed(file: Omit<PlanFile, 'digest'>): PlanFile {
  return { ...file, digest: digestOf(file, new Set(['digest'])) };
}

function parsed(text: string): Partial<Record<keyof PlanFile, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

function isWhole(value: Partial<Record<keyof PlanFile, unknown>>): value is PlanFile {
  const { product, stack, tenant, standsOn, plan, updates, gates, refusals, digest } = value;
  return (
    [product, stack, tenant, digest].every((text) => typeof text === 'string') &&
    [standsOn, plan].every((item) => item !== null && typeof item === 'object') &&
    [updates, gates, refusals].every(Array.isArray)
  );
}
