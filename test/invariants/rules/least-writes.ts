import { isDeepStrictEqual } from 'node:util';
import type { Observation } from '../observation.ts';
import { callText } from '../observation.ts';
import type { ApplicationChange, Pair, RoleChange } from '../pair.ts';
import { applicationChanges, roleChanges, successorOf } from '../pair.ts';
import { isDeclaredHolder } from '../subjects.ts';
import { scopeChanges } from './changes.ts';

/**
 * 5. A run that nothing disturbs writes no more than the change needs, and one that finds nothing to do writes nothing. In
 * whatever runs, no grant comes twice and none goes twice.
 */
export function needlessWrites(observation: Observation): readonly string[] {
  const { pair, runs } = observation;
  const needed = writesNeeded(pair);
  const excess = runs.flatMap(({ kind, instants }) => {
    if (kind === 'again' && instants[0] !== undefined) {
      return [`nothing has changed, and ${callText(instants[0].call)} writes`];
    }
    if (kind !== 'undisturbed' || instants.length <= needed) return [];
    const calls = instants.map(({ call }) => callText(call)).join(', ');
    return [`${instants.length} writes where ${needed} are enough: ${calls}`];
  });
  return [...excess, ...repeated(observation)];
}

function repeated(observation: Observation): readonly string[] {
  const changes = scopeChanges(observation).filter(({ role }) => role !== null);
  const keys = changes.map(({ change, role, audience, scope }) => `${change} ${role?.name} ${audience} ${scope}`);
  return changes.flatMap(({ call, scope, role, change }, index) =>
    keys.indexOf(keys[index] ?? '') === index
      ? []
      : [`${callText(call)}: ${scope} of ${role?.name} is ${change} a second time`],
  );
}

/** How many writes a change needs that keeps the other invariants. */
export function writesNeeded(pair: Pair): number {
  const roles = roleChanges(pair);
  const applications = applicationChanges(pair).map((change) => writesOfApplication(change, roles));
  const each = roles.map((role) => writesOfRole(role, roles, pair) + writesOfPeople(role, pair));
  return [...applications, ...each].reduce((sum, count) => sum + count, titleCycles(roles));
}

/** Who holds a role that goes loses it with that. */
function writesOfPeople({ audience, before, after }: RoleChange, pair: Pair): number {
  if (after === null) return 0;
  const accounts = [pair.before, pair.after].flatMap(({ desired }) =>
    desired.applications.flatMap(({ holders }) =>
      holders.flatMap(({ account }) => (account.by === 'id' ? account.id : [])),
    ),
  );
  return [...new Set(accounts)].filter(
    (id) => isDeclaredHolder(pair.before, audience, before, id) !== isDeclaredHolder(pair.after, audience, after, id),
  ).length;
}

function writesOfApplication({ audience, before, after }: ApplicationChange, roles: readonly RoleChange[]): number {
  if (after === null) return 1;
  if (before === null) return after.scopes.length === 0 ? 1 : 2;
  const settings = before.title !== after.title || before.tokenLifetimeSeconds !== after.tokenLifetimeSeconds;
  const described = ({ scopes }: typeof after) => new Map(scopes.map(({ value, description }) => [value, description]));
  const [old, now] = [described(before), described(after)];
  const gone = [...old.keys()].filter((scope) => !now.has(scope));
  const isHeld = (scope: string) =>
    roles.some((role) => role.audience === audience && role.before?.scopes.includes(scope));
  const last = gone.some(isHeld);
  const atOnce = [...now].some(([scope, text]) => old.get(scope) !== text) || gone.some((scope) => !isHeld(scope));
  return Number(settings) + Number(atOnce) + Number(last);
}

function writesOfRole(role: RoleChange, roles: readonly RoleChange[], pair: Pair): number {
  const { before, after } = role;
  if (after === null) return 1;
  const scopes = before?.scopes ?? [];
  const come = after.scopes.filter((scope) => !scopes.includes(scope));
  const gone = scopes.filter((scope) => !after.scopes.includes(scope));
  if (before === null) return come.length === 0 ? 1 : 2;
  const retitled = before.title !== after.title;
  const written = retitled || before.description !== after.description;
  // A role that waits for its title has its description already.
  const waits = retitled && roles.some((other) => other.before?.title === after.title);
  const patches = written ? 1 + Number(waits && before.description !== after.description) : 0;
  const keeps = gone.filter((scope) => isKept(scope, role, roles, pair)).length;
  const deletes = Number(keeps > 0) + Number(gone.length > keeps);
  return patches + Number(come.length > 0) + deletes;
}

/** A grant that stays until its successor is there: under a new scope, or in another role that was there before. */
function isKept(scope: string, role: RoleChange, roles: readonly RoleChange[], pair: Pair): boolean {
  const successor = successorOf(scope, role.audience, pair);
  return roles.some(
    ({ audience, before, after }) =>
      successor !== undefined &&
      before !== null &&
      audience === role.audience &&
      after?.scopes.includes(successor) &&
      !before.scopes.includes(successor),
  );
}

/** Roles that exchange their titles: one of them steps aside, which is a write of its own. */
function titleCycles(roles: readonly RoleChange[]): number {
  const next = (role: RoleChange) =>
    roles.find((other) => other.after !== null && other.before !== null && other.before.title === role.after?.title);
  const cycles = roles
    .filter(({ before, after }) => before !== null && after !== null && before.title !== after.title)
    .map((role) => {
      const chain: RoleChange[] = [];
      let current: RoleChange | undefined = role;
      while (current !== undefined && !chain.includes(current)) {
        chain.push(current);
        current = next(current);
      }
      return current === role ? chain.map(({ name }) => name).sort() : null;
    })
    .filter((chain) => chain !== null);
  return cycles.filter((chain, index) => cycles.findIndex((other) => isDeepStrictEqual(other, chain)) === index).length;
}
