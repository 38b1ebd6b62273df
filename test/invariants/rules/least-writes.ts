import { isDeepStrictEqual } from 'node:util';
import type { Observation } from '../observation.ts';
import { callText } from '../observation.ts';
import type { ApplicationChange, Pair, RoleChange } from '../pair.ts';
import { applicationChanges, roleChanges, successorOf } from '../pair.ts';
import { isDeclaredHolder } from '../subjects.ts';
import { scopeChanges } from './changes.ts';
import type { Prices } from './prices.ts';

/**
 * 5. A run that nothing disturbs writes no more than the change needs, and one that finds nothing to do writes nothing. In
 * whatever runs, no grant comes twice and none goes twice.
 */
export function needlessWrites(observation: Observation): readonly string[] {
  const { pair, prices, runs } = observation;
  const needed = writesNeeded(pair, prices);
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

/** How many writes a change needs that keeps the other invariants, at what they cost at a tenant. */
export function writesNeeded(pair: Pair, prices: Prices): number {
  const roles = roleChanges(pair);
  const applications = applicationChanges(pair).map((change) => writesOfApplication(change, roles, prices));
  const each = roles.map((role) => writesOfRole(role, roles, pair) + writesOfPeople(role, pair));
  const rest = titleCycles(roles) + prices.signIn(pair);
  return [...applications, ...each].reduce((sum, count) => sum + count, rest);
}

/** Who holds a role that goes loses it with that. */
function writesOfPeople(role: RoleChange, pair: Pair): number {
  if (role.after === null) return 0;
  const { joining, leaving } = movesOf(role, pair);
  return joining + leaving;
}

/** How many people are declared to hold a role afterwards only, and before only. */
function movesOf({ audience, before, after }: RoleChange, pair: Pair) {
  const holds = (model: Pair['before'], role: RoleChange['before'], id: string) =>
    isDeclaredHolder(model, audience, role, id);
  const accounts = [pair.before, pair.after].flatMap(({ desired }) =>
    desired.applications.flatMap(({ holders }) =>
      holders.flatMap(({ account }) => (account.by === 'id' ? account.id : [])),
    ),
  );
  const people = [...new Set(accounts)].map((id) => [holds(pair.before, before, id), holds(pair.after, after, id)]);
  return {
    joining: people.filter(([then, now]) => !then && now).length,
    leaving: people.filter(([then, now]) => then && !now).length,
  };
}

function writesOfApplication(
  { audience, before, after }: ApplicationChange,
  roles: readonly RoleChange[],
  prices: Prices,
): number {
  if (after === null) return 1;
  if (before === null) return 1 + prices.offer({ come: after.scopes.length, reworded: 0, gone: 0 });
  const settings = before.title !== after.title || before.tokenLifetimeSeconds !== after.tokenLifetimeSeconds;
  const described = ({ scopes }: typeof after) => new Map(scopes.map(({ value, description }) => [value, description]));
  const [old, now] = [described(before), described(after)];
  const gone = [...old.keys()].filter((scope) => !now.has(scope));
  // Of a role that goes nobody knows whether it holds nothing, or only its deletion has failed.
  const mayHold = ({ before: held, after: still }: RoleChange, scope: string) =>
    held?.scopes.includes(scope) || (still === null && held?.scopes.length === 0);
  const isHeld = (scope: string) => roles.some((role) => role.audience === audience && mayHold(role, scope));
  const last = gone.filter(isHeld).length;
  const come = [...now.keys()].filter((scope) => !old.has(scope)).length;
  const reworded = [...now].filter(([scope, text]) => old.has(scope) && old.get(scope) !== text).length;
  const atOnce = prices.offer({ come, reworded, gone: gone.length - last });
  return Number(settings) + atOnce + prices.offer({ come: 0, reworded: 0, gone: last });
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
  const kept = gone.flatMap((scope) => keeping(scope, role, roles, pair) ?? []);
  // What came meanwhile where it is awaited need not be kept as long as the rest.
  const isStaggered = kept.includes('elsewhere') && new Set(kept).size > 1 && movesOf(role, pair).leaving > 0;
  const deletes = Number(kept.length > 0) + Number(gone.length > kept.length || isStaggered);
  // What is kept must not be there for a new app.
  const isSplit = kept.some((why) => why !== 'renamed') && new Set(come.map(isNarrowing)).size === 2;
  return patches + Number(come.length > 0) + Number(isSplit) + deletes;
}

/**
 * Why a grant stays until its successor is there: it comes under a new scope in the same role, of which the old one is a
 * former name or not, or in another role that was there before. Null: it goes at once.
 */
function keeping(
  scope: string,
  { audience, before, after }: RoleChange,
  roles: readonly RoleChange[],
  pair: Pair,
): 'renamed' | 'rescoped' | 'elsewhere' | null {
  const successor = successorOf(scope, audience, pair);
  if (successor === undefined) return null;
  const gains = (role: Pick<RoleChange, 'before' | 'after'>) =>
    role.before !== null && role.after?.scopes.includes(successor) && !role.before.scopes.includes(successor);
  if (gains({ before, after })) {
    const offered = pair.after.desired.applications.find((application) => application.audience === audience);
    const isKnown = offered?.scopes.find(({ value }) => value === successor)?.formerly?.includes(scope) ?? false;
    return isKnown ? 'renamed' : 'rescoped';
  }
  return roles.some((role) => role.audience === audience && gains(role)) ? 'elsewhere' : null;
}

function isNarrowing(scope: string): boolean {
  return /^(app|vendor|reseller|restriction):/u.test(scope);
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
