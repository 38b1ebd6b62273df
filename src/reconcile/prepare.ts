import type { Diagnostic, Result } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import { digestOf } from '../model/compile/digest.ts';
import type { Plan } from '../model/plan.ts';
import { noAdoption } from '../stack/adoption.ts';
import type { LoweredState } from '../stack/lowered-state.ts';
import { kinds } from '../stack/resource-kinds.ts';
import type { Tenant } from '../stack/tenant.ts';
import type { Settlement } from './adoption.ts';
import { createsIn, settleCreates } from './adoption.ts';
import type { Strays } from './disagreement.ts';
import { disagreements, straysOf } from './disagreement.ts';
import { effectsOf } from './effects.ts';
import { expectedSteps } from './expected-steps.ts';
import { cancelled, failureOfClient, problemsOf } from './failures.ts';
import { closedGates, widensAgainst } from './gates.ts';
import type { HolderCount } from './guards.ts';
import { refusals, rolesToCount } from './guards.ts';
import { holdersAfter } from './holders-after.ts';
import { accountsOf, isPinned, leftBehind } from './people.ts';
import type { Step } from './plan-from-steps.ts';
import { planFromSteps, seenBy } from './plan-from-steps.ts';
import type { ReconcileRequest } from './request.ts';
import { protectedLeavers, withDeletions, withRetained } from './retained.ts';
import { runUpdate } from './run-update.ts';
import type { Opened } from './session.ts';
import { actionToLookFor, settleAction } from './settle-action.ts';
import type { StackState, StateResource } from './state.ts';
import { isAtTenant, isWrite, nameOfUrn } from './state.ts';
import { tenantOf } from './tenant-access.ts';
import type { Undertaking } from './updates.ts';

/** A plan, and all that is needed to carry it out. */
export interface Prepared {
  readonly plan: Plan;
  readonly undertaking: Undertaking;
  /** Protected resources that the plan deletes. */
  readonly leavers: readonly StateResource[];
  /** Nothing at all would be done, not even in the state. */
  readonly settled: boolean;
  /** Guards that refuse; null stands for refusals that cannot be overridden. */
  readonly refused: readonly { readonly override: string | null; readonly diagnostic: Diagnostic }[];
}

/**
 * Previews the whole change and says what it comes to. Reads the tenant only where something is to be created, or a
 * guard must know who holds a role.
 */
export async function prepare(request: ReconcileRequest, opened: Opened): Promise<Result<Prepared | null>> {
  const { desired, onProgress } = request;
  const { session, state } = opened;
  const { identityProvider } = session;
  const tenant = tenantOf(session);
  const [pins, nobody] = await accountsOf(request, opened, tenant);
  if (pins === null) return [null, nobody];
  const target = identityProvider.lower(desired, pins, request.env);
  const moved = movedApis(target, state);
  if (moved.length > 0) return [null, moved];

  const refresh = request.refresh || state.doubtful;
  const leavers = protectedLeavers(target, state);
  const previewed = withRetained(target, leavers, state, identityProvider.apiSettings);
  const run = async (adoption: Settlement['adoption']): Promise<Result<Previewed | null>> => {
    onProgress(refresh ? 'comparing with the tenant' : 'working out the plan');
    const program = () => identityProvider.register(previewed, { adoption, owedAfterwards: [] });
    const outcome = await runUpdate(session, { verb: 'preview', refresh, program });
    const problems = await problemsOf(outcome, session, null);
    if (problems.length > 0) return [null, problems];
    const read = outcome.done.filter(({ op, type }) => op === 'refresh' && isAtTenant(type));
    const gone = new Set(read.filter((step) => !step.new).map(({ urn }) => urn));
    const drifted = read.some((step) => digestOf(step.old?.outputs ?? null) !== digestOf(step.new?.outputs ?? null));
    return [{ steps: withDeletions(outcome.steps, leavers), gone, drifted }, []];
  };

  let [preview, problems] = await run(noAdoption);
  if (preview === null) return [null, problems];
  const [settlement, settling] = await settle(request, {
    target,
    state,
    steps: preview.steps,
    tenant,
    circumstances: session.circumstances,
  });
  if (settlement === null) return [null, settling];
  if (Object.values(settlement.adoption).some((ids) => Object.keys(ids).length > 0)) {
    [preview, problems] = await run(settlement.adoption);
    if (preview === null) return [null, problems];
  }

  const { steps, gone, drifted } = preview;
  // What the preview has just found to be as the state has it need not be read again by the update.
  const mustRefresh = state.doubtful || drifted;
  const { domain } = session.circumstances;
  const accounts = { before: state.pins, now: pins };
  const plan = planFromSteps(steps, desired, domain, accounts);
  const seen = seenBy(steps, state);
  const [holders, counting] = await count(request, { plan, seen, steps, target, tenant, session });
  if (holders === null) return [null, counting];
  const expected = expectedSteps(target, withUnmentioned(seen, state, gone), settlement.adoption);
  const strays = straysOf(effectsOf(plan, steps), effectsOf(planFromSteps(expected, desired, domain, accounts)));
  const written = steps.filter(isWrite);
  const undertaking = {
    ...{ identityProvider, desired, target, state, seen, settlement, accounts, strays, refresh: mustRefresh },
    writes: written.length,
    createsOnly: written.every(({ op }) => op === 'create' || op === 'import'),
  };
  const unmoved = steps.every((step) => step.op === 'same' && step.urn === step.old?.urn);
  return [
    {
      plan,
      undertaking,
      leavers,
      settled:
        unmoved &&
        isPinned(target, state) &&
        !mustRefresh &&
        state.owed.length === 0 &&
        state.outputs.modelDigest === desired.digest,
      refused: refusedIn(request, { plan, seen, leavers, holders, strays, settling }),
    },
    [...settling.filter(({ severity }) => severity !== 'error'), ...leftBehind(target, state)],
  ];
}

interface Judged {
  readonly plan: Plan;
  readonly seen: StackState;
  readonly leavers: readonly StateResource[];
  readonly holders: ReadonlyMap<string, HolderCount>;
  readonly strays: Strays;
  readonly settling: readonly Diagnostic[];
}

/** Everything that stands against a plan, what nothing overrides first. */
function refusedIn(request: ReconcileRequest, judged: Judged): Prepared['refused'] {
  const { desired, gates = [], mayOnlyNarrow = false } = request;
  const { plan, seen, leavers, holders, strays, settling } = judged;
  const absolute = [
    ...settling.filter(({ severity }) => severity === 'error'),
    ...(mayOnlyNarrow ? widensAgainst(plan) : []),
  ];
  const shares = gates.flatMap((gate) => (gate.kind === 'max-removal' ? [gate.share] : []));
  const removalGate = shares.length === 0 ? null : Math.min(...shares);
  return [
    ...absolute.map((problem) => ({ override: null, diagnostic: problem })),
    ...disagreements(strays),
    ...refusals({ desired, plan, state: seen, leavers, holders, removalGate }),
    ...closedGates(gates, plan, desired),
  ];
}

interface Previewed {
  readonly steps: readonly Step[];
  /** Resources of the state that a refresh has not found at the tenant. */
  readonly gone: ReadonlySet<string>;
  /** Whether a refresh has found anything that is not as the state has it. */
  readonly drifted: boolean;
}

/** What the preview has seen, and what the state has besides: a resource of which the engine says nothing. */
function withUnmentioned(seen: StackState, state: StackState, gone: ReadonlySet<string>): readonly StateResource[] {
  const mentioned = new Set(seen.resources.map(({ urn }) => urn));
  return [...seen.resources, ...state.resources.filter(({ urn }) => !mentioned.has(urn) && !gone.has(urn))];
}

interface Situation {
  readonly target: LoweredState;
  readonly state: StackState;
  readonly steps: readonly Step[];
  readonly tenant: Tenant;
  readonly circumstances: Opened['session']['circumstances'];
}

/** Reads the tenant if anything is to be created or is still owed, and decides what becomes of it. */
async function settle(request: ReconcileRequest, situation: Situation): Promise<Result<Settlement | null>> {
  const { target, state, steps, tenant, circumstances } = situation;
  const created = (type: string) =>
    new Set(steps.filter((step) => step.op === 'create' && step.type === type).map(({ urn }) => nameOfUrn(urn)));
  const creates = createsIn(target, {
    roles: created(kinds.role),
    apis: created(kinds.api),
    scopes: created(kinds.scopes),
  });
  const { owed } = state;
  const identifiers = new Set([
    ...[...creates.applications, ...creates.scopesOnly].map(({ api }) => api.identifier),
    ...owed.flatMap((entry) => (entry.kind === 'application' ? [entry.audience] : [])),
  ]);
  const needsRoles = creates.roles.length > 0 || owed.some(({ kind }) => kind === 'role');
  const needsApis = identifiers.size > 0;
  if (needsRoles || needsApis) request.onProgress('reading the tenant');
  const actionName = actionToLookFor(target, state, steps);
  try {
    const roles = needsRoles ? await tenant.readRoles() : [];
    const apis = needsApis ? await tenant.readApis([...identifiers]) : [];
    const ourIds = new Set(state.resources.flatMap(({ type, id }) => (type === kinds.role && id !== null ? [id] : [])));
    const action = actionName === null ? null : await tenant.readAction(actionName);
    const [settlement, problems] = settleCreates(creates, owed, { roles, apis }, ourIds);
    const [whole, more] = settleAction(settlement, target, state, steps, action);
    return [whole, [...problems, ...more]];
  } catch (error) {
    if (request.signal.aborted) return [null, [cancelled(null)]];
    return [null, [failureOfClient(error, 'read roles and APIs', circumstances)]];
  }
}

interface Counted {
  readonly plan: Plan;
  readonly seen: StackState;
  readonly steps: readonly Step[];
  readonly target: LoweredState;
  readonly tenant: Tenant;
  readonly session: Opened['session'];
}

async function count(
  request: ReconcileRequest,
  { plan, seen, steps, target, tenant, session }: Counted,
): Promise<Result<ReadonlyMap<string, HolderCount> | null>> {
  const roles = target.applications.flatMap((application) => application.roles);
  const holders = new Map<string, HolderCount>();
  try {
    for (const [name, id] of rolesToCount({ desired: request.desired, plan, state: seen })) {
      request.onProgress(`counting who holds ${name}`);
      const formerly = roles.find(({ logicalName }) => logicalName === name)?.formerly ?? [];
      holders.set(name, holdersAfter(await tenant.readHolders(id), [name, ...formerly], steps));
    }
    return [holders, []];
  } catch (error) {
    if (request.signal.aborted) return [null, [cancelled(null)]];
    return [null, [failureOfClient(error, 'read the holders of roles', session.circumstances)]];
  }
}

/**
 * An audience is not changed in place: the API would be made anew, and every token in use would name the old one. Neither is
 * the realm, whose people have nothing in common with those of another.
 */
function movedApis(target: LoweredState, state: StackState): readonly Diagnostic[] {
  const apis = new Map(
    state.resources.filter(({ type }) => type === kinds.api).map(({ name, holds }) => [name, holds]),
  );
  return target.applications.flatMap(({ name, formerly, api }) => {
    const held = [name, ...formerly].map((candidate) => apis.get(candidate)).find((found) => found !== undefined);
    const moves = (setting: string) => held?.[setting] !== undefined && held[setting] !== api[setting];
    const from = (setting: string) => ({ application: name, from: String(held?.[setting]), to: String(api[setting]) });
    if (moves('realm')) {
      const help = 'declare a second environment for the new realm, and move people over';
      return [diagnostic('RW6412', null, from('realm'), { help })];
    }
    if (!moves('identifier')) return [];
    const help = 'declare a second application with the new audience, and move people over';
    return [diagnostic('RW6408', null, from('identifier'), { help })];
  });
}
