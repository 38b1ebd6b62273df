import { byCodePoint } from '../language/source.ts';
import type { LoweredApplication, LoweredRole } from '../targets/auth0/lower.ts';
import type { Situation } from './stages.ts';

/**
 * A role as it may be when a stage is over, so that nobody misses anything meanwhile, and nobody has too much:
 *
 * - Who leaves it has left before it gains anything; the engine takes people out last. Until then it stays as it is.
 * - What it loses it keeps until its successor is there: the same permission under another scope, in this role, or the same
 *   scope in another role that has it not yet. People hold several roles, and the two change one after the other.
 * - While it keeps something it gains no app, which would be for that too.
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
  const successors = new Map(lost.map((scope) => [scope, successorsOf(scope, application, leaving)]));
  const renamed = lost.filter((scope) => successors.get(scope)?.some((one) => gained.includes(one)));
  const moving = lost.filter((scope) => {
    const wanted = successors.get(scope)?.filter((one) => !isNarrowing(one)) ?? [];
    return (
      !wanted.some((one) => scopes.includes(one)) && wanted.some((one) => isAwaited(one, role, application, situation))
    );
  });
  const kept = new Set([...renamed, ...moving]);
  const letsGoLater = kept.size > 0 || (scopes.length === 0 && lost.length > 0);
  const mustWait = letsGoLater && staying.length < role.holders.length;
  if (kept.size === 0 && !mustWait) return role;
  const now = scopes.filter((scope) => moving.length === 0 || before.includes(scope) || !isNarrowing(scope));
  return { ...role, scopes: [...now, ...kept].sort(byCodePoint), holders: letsGoLater ? staying : role.holders };
}

/** Whether a scope says for what a role may do things, and not what it may do. */
function isNarrowing(scope: string): boolean {
  return /^(app|vendor|reseller|restriction):/u.test(scope);
}

/**
 * The scopes that stand for what a scope stood for: itself while it is offered, else those of which it is a former name, or
 * that say the same of themselves. Where that is mere chance, a grant goes one update later, and nobody gains by it.
 */
function successorsOf(
  scope: string,
  { scopes, formerScopes }: LoweredApplication,
  leaving: LoweredApplication['scopes'],
): readonly string[] {
  if (scopes.some(({ name }) => name === scope)) return [scope];
  const description = leaving.find(({ name }) => name === scope)?.description;
  return scopes
    .filter((one) => one.description === description || formerScopes[one.name]?.includes(scope))
    .map(({ name }) => name);
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
