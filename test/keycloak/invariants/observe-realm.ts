import { isDeepStrictEqual } from 'node:util';
import type { Observation, Run } from '../../invariants/observation.ts';
import { keycloakPrices } from '../../invariants/rules/prices.ts';
import type { RealmBase } from './base-in-realm.ts';
import { readRealm } from './read-realm.ts';
import type { RealmState } from './realm-state.ts';
import { stateOf } from './realm-state.ts';
import type { Strike } from './strikes.ts';
import { interferenceOf } from './strikes.ts';

/**
 * Takes a realm through a change, by `up` confirmed, watched from the first write to the last: a run, one more if the first was
 * struck, and one that has nothing to do any more.
 *
 * @throws Error if something was written that the watch did not see
 */
export async function observeRealm(base: RealmBase, strike: Strike | null): Promise<Observation<RealmState>> {
  const { pair } = base;
  const { stack, watch } = await base.open();
  const first = stateOf(await readRealm(stack.realm));
  let last = first;
  const watched = async (kind: Run['kind']): Promise<Run<RealmState>> => {
    watch.disturb(kind === 'disturbed' && strike !== null ? (...call) => interferenceOf(strike, ...call) : null);
    const { problems } = await stack.up(pair.after.desired, { overrides: pair.overrides });
    const instants = watch.take();
    last = instants.at(-1)?.snapshot ?? last;
    const now = stateOf(await readRealm(stack.realm));
    if (!isDeepStrictEqual(now, last)) throw new Error(`${pair.name}: the realm was written past the watch`);
    return { kind, instants, problems };
  };
  const kinds: readonly Run['kind'][] = strike === null ? ['undisturbed', 'again'] : ['disturbed', 'next', 'again'];
  const runs: Run<RealmState>[] = [];
  for (const kind of kinds) runs.push(await watched(kind));
  return { pair, prices: keycloakPrices, first, runs };
}
