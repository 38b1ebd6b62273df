import type { Observation } from '../observation.ts';
import { callText } from '../observation.ts';
import { successorOf } from '../pair.ts';
import type { ScopeChange } from './changes.ts';
import { scopeChanges } from './changes.ts';

/**
 * 7. Scopes are offered before any grant of their API changes; a role lets go of what it loses before it is granted more,
 * unless somebody would miss that meanwhile; a scope is withdrawn when no role of ours holds it any more.
 */
export function disorders(observation: Observation): readonly string[] {
  const changes = scopeChanges(observation);
  return [
    ...changes.flatMap((change, index) => late(change, changes.slice(0, index))),
    ...changes.flatMap((change, index) => overdue(change, changes.slice(0, index), observation)),
    ...changes.flatMap((change) => tooSoon(change, changes)),
  ];
}

function late({ change, audience, scope, call }: ScopeChange, earlier: readonly ScopeChange[]): readonly string[] {
  if (change !== 'offered') return [];
  const grant = earlier.find((one) => one.audience === audience && one.role !== null && one.call !== call);
  if (grant === undefined) return [];
  return [
    `${callText(call)} offers ${scope} only after ${callText(grant.call)} changed what ${grant.role?.name} holds`,
  ];
}

function overdue(
  { change, audience, scope, role, call }: ScopeChange,
  earlier: readonly ScopeChange[],
  { pair }: Observation,
): readonly string[] {
  if (change !== 'taken' || role?.after === null) return [];
  const grant = earlier.find(
    (one) => one.change === 'granted' && one.role?.id === role?.id && one.role?.name === role?.name,
  );
  if (grant === undefined || isMissedMeanwhile(scope, audience, role, earlier, pair)) return [];
  return [
    `${callText(call)} takes ${scope} from ${role?.name} only after ${callText(grant.call)} gave it ${grant.scope}`,
  ];
}

/** A permission that the role has under its new scope, or that another role has been given in its place. */
function isMissedMeanwhile(
  scope: string,
  audience: string,
  role: ScopeChange['role'],
  earlier: readonly ScopeChange[],
  pair: Observation['pair'],
): boolean {
  const successor = successorOf(scope, audience, pair);
  return earlier.some(
    (one) =>
      one.change === 'granted' &&
      one.audience === audience &&
      one.scope === successor &&
      (one.role !== role || successor !== scope),
  );
}

/** Withdrawn and so taken from a role by one and the same call. */
function tooSoon({ change, audience, scope, role, call }: ScopeChange, all: readonly ScopeChange[]): readonly string[] {
  const isWithdrawal = (one: ScopeChange) =>
    one.change === 'withdrawn' && one.call === call && one.audience === audience && one.scope === scope;
  if (change !== 'taken' || !all.some(isWithdrawal)) return [];
  return [`${callText(call)} withdraws ${scope}, which ${role?.name} still holds`];
}
