import { isDeepStrictEqual } from 'node:util';
import type { Call, Snapshot } from '../../src/emulator/start-emulator.ts';
import { stages } from '../../src/reconcile/stages.ts';
import type { StackState, StateResource } from '../../src/reconcile/state.ts';
import { emptyState } from '../../src/reconcile/state.ts';
import type { LoweredApplication, LoweredRole, LoweredState } from '../../src/stack/lowered-state.ts';
import { kinds } from '../../src/stack/resource-kinds.ts';
import type { Instant, Observation } from './observation.ts';
import type { Pair } from './pair.ts';
import type { PaperTarget } from './paper-targets.ts';

/** A tenant on paper: what of it the invariants look at, and by which logical names the stack knows it. */
interface PaperTenant {
  readonly apis: Map<string, LoweredApplication['scopes']>;
  readonly roles: Map<string, PaperRole>;
  /** Ids of roles by person. */
  readonly people: Map<string, Set<string>>;
}

interface PaperRole {
  readonly id: string;
  readonly audience: string;
  name: string;
  description: string;
  scopes: readonly string[];
  /** Who holds it by declaration; others hold it by hand. */
  declared: ReadonlySet<string>;
  /** Whether the state has it alone: what goes with a role is out of the state before the call that deletes it. */
  isBare: boolean;
}

export interface Course {
  /** Decides what comes first of what the engine may do in any order. */
  readonly seed: number;
  /** After how many writes the first run is cut off; null: it is not. */
  readonly cutAfter: number | null;
}

/**
 * Carries a change out without an engine, stage by stage, as the engine would: scopes before roles, a role before what it may
 * do, that before the people who join it, and all deletions at the end of a stage; whatever does not depend on each other in
 * any order. So thousands of changes can be tried in a second. What the engine and the provider make of failures is not in it.
 */
export function carryOutOnPaper(pair: Pair, target: PaperTarget, { seed, cutAfter }: Course): Observation {
  const pick = randomOrder(seed);
  const { prices, lower } = target;
  const [before, after] = [lower(pair.before.desired), lower(pair.after.desired)];
  const tenant: PaperTenant = { apis: new Map(), roles: new Map(), people: new Map() };
  const instants: Instant[] = [];
  const write = (method: string, path: string, change: () => void) => {
    if (instants.length === cutAfter) throw cutOff;
    change();
    instants.push({ call: paperCall(instants.length + 1, method, path), snapshot: snapshotOf(tenant) });
  };
  for (const { holders } of [before, after].flatMap(rolesIn)) {
    for (const { userId } of holders) tenant.people.set(userId, new Set());
  }
  carryOutStage(before, tenant, target, (_, __, change) => change(), pick);
  for (const { id } of tenant.roles.values()) tenant.people.set(`by-hand-${id}`, new Set([id]));
  const first = snapshotOf(tenant);
  const run = () => {
    for (const stage of stages(after, stateOf(tenant))) carryOutStage(stage, tenant, target, write, pick);
  };
  try {
    run();
  } catch (error) {
    if (error !== cutOff) throw error;
    const disturbed = instants.splice(0);
    cutAfter = null;
    run();
    return { pair, prices, first, runs: [observed('disturbed', disturbed), observed('next', instants)] };
  }
  return { pair, prices, first, runs: [observed('undisturbed', instants)] };
}

const cutOff = new Error('cut off');
const observed = (kind: Observation['runs'][number]['kind'], instants: readonly Instant[]) => ({
  ...{ kind, instants },
  problems: [],
});

type Write = (method: string, path: string, change: () => void) => void;
type Work = () => void;

function carryOutStage(stage: LoweredState, tenant: PaperTenant, target: PaperTarget, write: Write, pick: Pick): void {
  const last: Work[][] = [];
  for (const application of stage.applications) offer(application, tenant, target, write);
  const queues = stage.applications.flatMap((application) =>
    application.roles.map((role) => workOf(role, application.api.identifier, tenant, write, last)),
  );
  inAnyOrder(queues, pick);
  const declared = new Set(rolesIn(stage).map(({ logicalName }) => logicalName));
  for (const [logical, { id }] of tenant.roles) {
    if (declared.has(logical)) continue;
    const forget = () => Object.assign(tenant.roles.get(logical) ?? {}, { isBare: true });
    last.push([forget, () => write('DELETE', `/roles/${id}`, () => removeRole(logical, tenant))]);
  }
  inAnyOrder(last, pick);
  const audiences = new Set(stage.applications.map(({ api }) => api.identifier));
  for (const audience of [...tenant.apis.keys()].filter((one) => !audiences.has(one))) {
    write('DELETE', '/resource-servers/x', () => tenant.apis.delete(audience));
  }
}

/** Cascades, as the tenant may: a grant of a scope that goes is gone. */
function offer({ api, scopes }: LoweredApplication, tenant: PaperTenant, target: PaperTarget, write: Write): void {
  const { identifier } = api;
  const has = tenant.apis.get(identifier);
  if (has === undefined) write('POST', '/resource-servers', () => tenant.apis.set(identifier, []));
  if (isDeepStrictEqual(has ?? [], scopes)) return;
  for (const offered of target.offers(has ?? [], scopes)) {
    write('PATCH', '/resource-servers/x', () => {
      tenant.apis.set(identifier, offered);
      const names = namesOf(offered);
      for (const role of tenant.roles.values()) {
        if (role.audience === identifier) role.scopes = role.scopes.filter((scope) => names.includes(scope));
      }
    });
  }
}

function namesOf(scopes: LoweredApplication['scopes']): string[] {
  return scopes.map(({ name }) => name);
}

/** What is to be done about a role, in its order. What only goes, goes to `last`. */
function workOf(role: LoweredRole, audience: string, tenant: PaperTenant, write: Write, last: Work[][]): Work[] {
  const { logicalName, name, description, scopes } = role;
  const former = [...tenant.roles].find(([logical]) => logical === logicalName || role.formerly.includes(logical));
  const now: PaperRole = former?.[1] ?? {
    ...{ id: `rol_${[...tenant.people.values(), ...tenant.roles].length}_${logicalName}`, audience },
    ...{ name: '', description: '', scopes: [], declared: new Set(), isBare: false },
  };
  if (former !== undefined) tenant.roles.delete(former[0]);
  const permissions = `/roles/${now.id}/permissions`;
  const people = new Set(role.holders.map(({ userId }) => userId));
  const letGo = () => {
    const kept = now.scopes.filter((scope) => scopes.includes(scope));
    if (kept.length < now.scopes.length) write('DELETE', permissions, () => Object.assign(now, { scopes: kept }));
  };
  for (const person of [...now.declared].filter((one) => !people.has(one))) {
    last.push([() => write('DELETE', personPath(person), () => leave(person, now, tenant))]);
  }
  // The engine deletes the whole resource then.
  if (scopes.length === 0) last.push([letGo]);
  if (former !== undefined) tenant.roles.set(logicalName, now);
  return [
    () => {
      if (now.name === name && now.description === description) return;
      write(former === undefined ? 'POST' : 'PATCH', '/roles', () => {
        const taken = [...tenant.roles.values()].some((other) => other !== now && other.name === name);
        if (taken) throw new Error(`409: there is a role "${name}" already`);
        tenant.roles.set(logicalName, Object.assign(now, { name, description }));
      });
    },
    ...(scopes.length === 0 ? [] : [letGo]),
    () => {
      if (scopes.every((scope) => now.scopes.includes(scope))) return;
      const offered = namesOf(tenant.apis.get(audience) ?? []);
      const unknown = scopes.filter((scope) => !offered.includes(scope));
      if (unknown.length > 0) throw new Error(`404: the API does not offer ${unknown.join(', ')}`);
      write('POST', permissions, () => Object.assign(now, { scopes: [...new Set([...now.scopes, ...scopes])] }));
    },
    ...[...people].map((person) => () => {
      if (!now.declared.has(person)) write('POST', personPath(person), () => join(person, now, tenant));
    }),
  ];
}

const personPath = (person: string) => `/users/${encodeURIComponent(person)}/roles`;

function join(person: string, role: PaperRole, { people }: PaperTenant): void {
  role.declared = new Set([...role.declared, person]);
  people.get(person)?.add(role.id);
}

function leave(person: string, role: PaperRole, { people }: PaperTenant): void {
  role.declared = new Set([...role.declared].filter((one) => one !== person));
  people.get(person)?.delete(role.id);
}

function removeRole(logical: string, { roles, people }: PaperTenant): void {
  for (const held of people.values()) held.delete(roles.get(logical)?.id ?? '');
  roles.delete(logical);
}

/** What a stack has in its state when a refresh has found all of it. */
function stateOf({ apis, roles }: PaperTenant): StackState {
  const resource = (type: string, name: string, holds: object): StateResource => ({
    ...{ urn: `urn:pulumi:dev::p::${type}::${name}`, type, name, id: name, protect: false },
    holds: { ...holds },
  });
  const names = new Map([...roles].map(([logical, { audience }]) => [audience, logical.split('.')[0] ?? '']));
  const resources = [
    ...[...apis].map(([audience, scopes]) => resource(kinds.scopes, names.get(audience) ?? audience, { scopes })),
    ...[...roles].flatMap(([logical, { audience, name, description, scopes, declared, isBare }]) => [
      resource(kinds.role, logical, { name, description }),
      ...(scopes.length === 0 || isBare
        ? []
        : [
            resource(kinds.grants, logical, {
              permissions: scopes.map((scope) => ({ name: scope, resourceServerIdentifier: audience })),
            }),
          ]),
      ...(isBare ? [] : [...declared]).map((userId) => resource(kinds.holder, `${logical}.${userId}`, { userId })),
    ]),
  ];
  return { ...emptyState, resources };
}

function snapshotOf({ apis, roles, people }: PaperTenant): Snapshot {
  return {
    resourceServers: [...apis].map(([identifier, scopes]) => ({ id: identifier, identifier, scopes: namesOf(scopes) })),
    roles: [...roles.values()]
      .filter(({ name }) => name !== '')
      .map(({ id, name, description, audience, scopes }) => ({
        ...{ id, name, description },
        permissions: scopes.map((scope) => ({ audience, scope })),
      })),
    users: [...people].map(([id, held]) => ({ id, roleIds: [...held].sort(), permissions: [] })),
  };
}

function paperCall(number: number, method: string, path: string): Call {
  return {
    ...{ number, method, path: `/api/v2${path}`, query: '', requestBody: null },
    ...{ status: 200, isWrite: true, milliseconds: 0 },
  };
}

function rolesIn({ applications }: LoweredState): readonly LoweredRole[] {
  return applications.flatMap(({ roles }) => roles);
}

/** A number below `count`. */
type Pick = (count: number) => number;

/** The numbers of a linear congruential generator: the same for the same seed. */
function randomOrder(seed: number): Pick {
  let state = seed >>> 0;
  return (count) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
}

/** Empties all queues, each in its own order. */
function inAnyOrder(queues: readonly Work[][], pick: Pick): void {
  for (;;) {
    const waiting = queues.filter((queue) => queue.length > 0);
    if (waiting.length === 0) return;
    waiting[pick(waiting.length)]?.shift()?.();
  }
}
