import { byCodePoint } from '../language/source.ts';
import { reservedPrefixes } from '../model/link/scopes.ts';
import type { LoweredApplication, LoweredRole } from '../stack/lowered-state.ts';
import type { Situation } from './stages.ts';

/**
 * A role as it may be when a stage is over, so that nobody misses anything meanwhile, and nobody has too much:
 *
 * - Who leaves it has left before it gains anything; the engine takes people out last. Until then it stays as it is.
 * - What it loses it keeps until its successor is there: the same permission under another scope, in this role, or the same
 *   scope in another role that has it not yet. People hold several roles, and the two change one after the other.
 * - While it keeps something it gains no app, which would be for that too; unless it has the very same afterwards.
 * - Who joins it comes when it has let go of everything; where it is emptied, the engine does that last as well.
 *
 * @param leaving scopes of the application that are held still and are to go
 */
export function holdingNow(
  role: LoweredRole,
  application: LoweredApplication,
  situation: Situation,
  leaving: LoweredApplication['scopes'],
): LoweredRole {
  const { logicalName, scopes } = role;
  const before = situation.held.get(logicalName) ?? [];
  const people = situation.holders.get(logicalName) ?? [];
  const gained = scopes.filter((scope) => !before.includes(scope));
  const lost = before.filter((scope) => !scopes.includes(scope));
  const staying = role.holders.filter(({ userId }) => people.includes(userId));
  if (gained.length > 0 && staying.length < people.length) {
    const offered = new Set([...application.scopes, ...leaving].map(({ name }) => name));
    const now = before.filter((scope) => offered.has(scope));
    return { ...role, scopes: now, holders: lost.length > 0 ? staying : role.holders };
  }
  const kept = lost.flatMap((scope): readonly Kept[] => {
    const { successors, areCertain } = successorsOf(scope, application, leaving);
    if (successors.some((one) => gained.includes(one))) return [{ scope, isRenamed: areCertain }];
    if (successors.some((one) => scopes.includes(one))) return [];
    const isMoving = successors.some((one) => isAwaited(one, role, application, situation));
    return isMoving ? [{ scope, isRenamed: false }] : [];
  });
  const letsGoLater = kept.length > 0 || (scopes.length === 0 && lost.length > 0);
  const mustWait = letsGoLater && staying.length < role.holders.length;
  if (kept.length === 0 && !mustWait) return role;
  const mayReachMore = kept.every(({ isRenamed }) => isRenamed);
  const now = scopes.filter((scope) => mayReachMore || before.includes(scope) || !isNarrowing(scope));
  return {
    ...role,
    scopes: [...now, ...kept.map(({ scope }) => scope)].sort(byCodePoint),
    holders: letsGoLater ? staying : role.holders,
  };
}

/** What a role loses and keeps for a stage. */
interface Kept {
  readonly scope: string;
  /** Whether the role has surely the same permission afterwards, by another scope. */
  readonly isRenamed: boolean;
}

/** Whether a scope says for what a role may do things, and not what it may do. */
function isNarrowing(scope: string): boolean {
  return reservedPrefixes.some((prefix) => scope.startsWith(prefix));
}

interface Successors {
  readonly successors: readonly string[];
  readonly areCertain: boolean;
}

/**
 * The scopes that stand for what a scope stood for: itself while it is offered, else those of which it is a former name. If
 * only the scope changes, by `scope` or `scopePrefix`, no name tells that, and the state knows no more than what the old one
 * said of itself: so those that say the same are taken for its successors, and without certainty. Where that is mere chance, a
 * role has for one stage what it had and what it is to have, for apps that it has at both ends, and nobody joins it meanwhile;
 * so nobody may do what they may do neither before nor after. Two markers would deny everything, so what narrows has none.
 */
function successorsOf(
  scope: string,
  { scopes, formerScopes }: LoweredApplication,
  leaving: LoweredApplication['scopes'],
): Successors {
  if (isNarrowing(scope)) return { successors: [], areCertain: true };
  const names = scopes.map(({ name }) => name);
  const certain = names.includes(scope) ? [scope] : names.filter((name) => formerScopes[name]?.includes(scope));
  if (certain.length > 0) return { successors: certain, areCertain: true };
  const description = leaving.find(({ name }) => name === scope)?.description;
  const alike = scopes.filter((one) => one.description === description && !isNarrowing(one.name));
  return { successors: alike.map(({ name }) => name), areCertain: false };
}

/** Whether another role of the application, which people may hold, is to get a scope and has it not yet. */
function isAwaited(
  scope: string,
  { logicalName }: LoweredRole,
  { roles }: LoweredApplication,
  { titles, held }: Situation,
): boolean {
  return roles.some(
    (other) =>
      other.logicalName !== logicalName &&
      titles.has(other.logicalName) &&
      other.scopes.includes(scope) &&
      !held.get(other.logicalName)?.includes(scope),
  );
}
