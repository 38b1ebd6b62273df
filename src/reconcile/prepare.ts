import type { Diagnostic, Result } from '../language/diagnostic.ts';
import { diagnostic } from '../language/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import type { LoweredState } from '../targets/auth0/lower.ts';
import { lower } from '../targets/auth0/lower.ts';
import { register } from '../targets/auth0/register.ts';
import type { TenantClient } from '../targets/auth0/tenant-client.ts';
import { countHolders, readApis, readRoles } from '../targets/auth0/tenant-reader.ts';
import type { Settlement } from './adoption.ts';
import { createsIn, settleCreates } from './adoption.ts';
import { cancelled, failureOfClient, problemsOf } from './failures.ts';
import { refusals, rolesToCount } from './guards.ts';
import { accountsOf, isPinned, leftBehind } from './people.ts';
import type { Step } from './plan-from-steps.ts';
import { planFromSteps, seenBy } from './plan-from-steps.ts';
import type { ReconcileRequest } from './request.ts';
import { protectedLeavers, withDeletions, withRetained } from './retained.ts';
import { runUpdate } from './run-update.ts';
import type { Opened } from './session.ts';
import type { StackState, StateResource } from './state.ts';
import { nameOfUrn, types } from './state.ts';
import { clientOf } from './tenant-access.ts';

/** A plan, and all that is needed to carry it out. */
export interface Prepared {
  readonly plan: Plan;
  readonly target: LoweredState;
  /** The state as the preview has seen it: after the refresh, where there was one. */
  readonly seen: StackState;
  readonly settlement: Settlement;
  /** Protected resources that the plan deletes. */
  readonly leavers: readonly StateResource[];
  /** Whether the state must be compared with the tenant first: asked for, or an update has failed before. */
  readonly refresh: boolean;
  /** How many resources at the tenant are written. */
  readonly writes: number;
  /** Whether nothing is updated or deleted. */
  readonly createsOnly: boolean;
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
  const client = clientOf(request);
  const [pins, nobody] = await accountsOf(request, opened, client);
  if (pins === null) return [null, nobody];
  const target = lower(desired, pins);
  const moved = movedAudiences(target, state);
  if (moved.length > 0) return [null, moved];

  const refresh = request.refresh || state.doubtful;
  const leavers = protectedLeavers(target, state);
  const previewed = withRetained(target, leavers, state);
  const run = async (adoption: Settlement['adoption']): Promise<Result<readonly Step[] | null>> => {
    onProgress(refresh ? 'comparing with the tenant' : 'working out the plan');
    const program = async () => register(previewed, { adoption, owedAfterwards: [] });
    const outcome = await runUpdate(session, { verb: 'preview', refresh, program });
    const problems = await problemsOf(outcome, request, session.circumstances, null);
    return problems.length > 0 ? [null, problems] : [withDeletions(outcome.steps, leavers), []];
  };

  let [steps, problems] = await run({ resourceServers: {}, scopes: {}, roles: {} });
  if (steps === null) return [null, problems];
  const [settlement, settling] = await settle(request, {
    target,
    state,
    steps,
    client,
    circumstances: session.circumstances,
  });
  if (settlement === null) return [null, settling];
  if (Object.values(settlement.adoption).some((ids) => Object.keys(ids).length > 0)) {
    [steps, problems] = await run(settlement.adoption);
    if (steps === null) return [null, problems];
  }

  const plan = planFromSteps(steps, desired, session.circumstances.domain, { before: state.pins, now: pins });
  const seen = seenBy(steps, state);
  const [holders, counting] = await count(request, plan, seen, client, session.circumstances);
  if (holders === null) return [null, counting];
  const written = steps.filter(
    ({ op, type }) => type.startsWith('auth0:') && !['same', 'refresh', 'read'].includes(op),
  );
  const unmoved = steps.every((step) => step.op === 'same' && step.urn === step.old?.urn);
  return [
    {
      plan,
      target,
      seen,
      settlement,
      leavers,
      refresh,
      writes: written.length,
      createsOnly: written.every(({ op }) => op === 'create' || op === 'import'),
      settled:
        unmoved &&
        isPinned(target, state) &&
        !refresh &&
        state.owed.length === 0 &&
        state.outputs.modelDigest === desired.digest,
      refused: [
        ...settling
          .filter(({ severity }) => severity === 'error')
          .map((problem) => ({ override: null, diagnostic: problem })),
        ...refusals({ desired, plan, state: seen, leavers, holders }),
      ],
    },
    [...settling.filter(({ severity }) => severity !== 'error'), ...leftBehind(target, state)],
  ];
}

interface Situation {
  readonly target: LoweredState;
  readonly state: StackState;
  readonly steps: readonly Step[];
  readonly client: TenantClient;
  readonly circumstances: Opened['session']['circumstances'];
}

/** Reads the tenant if anything is to be created or is still owed, and decides what becomes of it. */
async function settle(request: ReconcileRequest, situation: Situation): Promise<Result<Settlement | null>> {
  const { target, state, steps, client, circumstances } = situation;
  const created = (type: string) =>
    new Set(steps.filter((step) => step.op === 'create' && step.type === type).map(({ urn }) => nameOfUrn(urn)));
  const creates = createsIn(target, {
    roles: created(types.role),
    apis: created(types.resourceServer),
    scopes: created(types.scopes),
  });
  const { owed } = state;
  const identifiers = new Set([
    ...[...creates.applications, ...creates.scopesOnly].map(({ resourceServer }) => resourceServer.identifier),
    ...owed.flatMap((entry) => (entry.kind === 'application' ? [entry.audience] : [])),
  ]);
  const needsRoles = creates.roles.length > 0 || owed.some(({ kind }) => kind === 'role');
  const needsApis = identifiers.size > 0;
  if (needsRoles || needsApis) request.onProgress('reading the tenant');
  try {
    const roles = needsRoles ? await readRoles(client) : [];
    const apis = needsApis ? await readApis(client, [...identifiers]) : [];
    const ourIds = new Set(state.resources.flatMap(({ type, id }) => (type === types.role && id !== null ? [id] : [])));
    return settleCreates(creates, owed, { roles, apis }, ourIds);
  } catch (error) {
    if (request.signal.aborted) return [null, [cancelled(null)]];
    return [null, [failureOfClient(error, 'read roles and APIs', circumstances)]];
  }
}

async function count(
  request: ReconcileRequest,
  plan: Plan,
  state: StackState,
  client: TenantClient,
  circumstances: Opened['session']['circumstances'],
): Promise<Result<ReadonlyMap<string, number> | null>> {
  const holders = new Map<string, number>();
  try {
    for (const [name, id] of rolesToCount({ desired: request.desired, plan, state })) {
      request.onProgress(`counting who holds ${name}`);
      holders.set(name, await countHolders(client, id));
    }
    return [holders, []];
  } catch (error) {
    if (request.signal.aborted) return [null, [cancelled(null)]];
    return [null, [failureOfClient(error, 'read the holders of roles', circumstances)]];
  }
}

/** An audience is not changed in place: the API would be made anew, and every token in use would name the old one. */
function movedAudiences(target: LoweredState, state: StackState): readonly Diagnostic[] {
  const apis = new Map(
    state.resources
      .filter(({ type }) => type === types.resourceServer)
      .map(({ name, holds }) => [name, holds.identifier]),
  );
  return target.applications.flatMap(({ name, formerly, resourceServer }) => {
    const from = [name, ...formerly].map((candidate) => apis.get(candidate)).find((audience) => audience !== undefined);
    const to = resourceServer.identifier;
    if (from === undefined || from === to) return [];
    const help = 'declare a second application with the new audience, and move people over';
    return [diagnostic('RW6408', null, { application: name, from: String(from), to }, { help })];
  });
}
