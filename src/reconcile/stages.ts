import { byCodePoint } from '../language/source.ts';
import type { LoweredApplication, LoweredRole, LoweredState } from '../targets/auth0/lower.ts';
import type { StackState } from './state.ts';
import { scopeList, scopeNames, types } from './state.ts';

type Scopes = LoweredApplication['scopes'];

/** What the tenant holds of ours before a stage, by the logical names that the target gives, old names otherwise. */
interface Situation {
  readonly titles: ReadonlyMap<string, string>;
  /** Scopes of roles. */
  readonly held: ReadonlyMap<string, readonly string[]>;
  /** Scopes that APIs offer. */
  readonly offered: ReadonlyMap<string, Scopes>;
}

/**
 * Splits a change into updates that are safe one after the other; most changes are one.
 *
 * - A scope is offered as long as a role of ours holds it: the engine updates the scopes of an API before it updates or
 *   deletes roles, so the roles let go of it in an earlier update. Otherwise the tenant may refuse, or take it away too soon.
 * - A permission whose scope is another one is granted under the new scope before the old one is taken away. The two are
 *   known by their equal descriptions; where that is mere chance, a grant goes one update later, and nobody gains by it.
 * - A title is free before it is taken: whoever takes it from a role that is deleted or retitled waits for the next
 *   update, a new role by not being there, an old one by its old title. Roles that swap titles need a passing one, because
 *   the tenant lets no two roles have the same.
 */
export function stages(target: LoweredState, state: StackState): readonly LoweredState[] {
  let situation = situationIn(target, state);
  const result: LoweredState[] = [];
  for (;;) {
    const stage = nextStage(target, situation);
    result.push(stage);
    if (stage === target) return result;
    const roles = stage.applications.flatMap((application) => application.roles);
    situation = {
      titles: new Map(roles.map(({ logicalName, name }) => [logicalName, name])),
      held: new Map(roles.map(({ logicalName, scopes }) => [logicalName, scopes])),
      offered: new Map(stage.applications.map(({ name, scopes }) => [name, scopes])),
    };
  }
}

/** The target itself if it is safe as it is, else what can be done of it now. */
function nextStage(target: LoweredState, situation: Situation): LoweredState {
  const passing = swapBreaker(target, situation.titles);
  const heldByAny = new Set([...situation.held.values()].flat());
  const applications = target.applications.map((application) => {
    const names = new Set(application.scopes.map(({ name }) => name));
    const before = situation.offered.get(application.name) ?? [];
    const leaving = before.filter(({ name }) => !names.has(name) && heldByAny.has(name));
    const roles = application.roles.flatMap((role) => {
      const titled = titledNow(role, situation.titles, passing);
      return titled === null ? [] : [holdingNow(titled, situation.held, application.scopes, leaving)];
    });
    const isWhole = leaving.length === 0 && roles.length === application.roles.length;
    if (isWhole && roles.every((role, index) => role === application.roles[index])) return application;
    return { ...application, scopes: sorted([...application.scopes, ...leaving]), roles };
  });
  const isTarget = applications.every((application, index) => application === target.applications[index]);
  return isTarget ? target : { ...target, applications };
}

/** The role with the title that it may have now; null for a new role that must wait for its title. */
function titledNow(role: LoweredRole, titles: Situation['titles'], passing: string | null): LoweredRole | null {
  const title = titles.get(role.logicalName);
  if (title === role.name || !isTaken(role, titles)) return role;
  if (title === undefined) return null;
  return { ...role, name: role.logicalName === passing ? `${role.name} (being retitled)` : title };
}

/** The role with the leaving scopes that it keeps until it holds the arriving ones of the same permissions. */
function holdingNow(role: LoweredRole, held: Situation['held'], scopes: Scopes, leaving: Scopes): LoweredRole {
  const before = held.get(role.logicalName) ?? [];
  const arriving = scopes.filter(({ name }) => role.scopes.includes(name) && !before.includes(name));
  const kept = leaving.filter(
    ({ name, description }) => before.includes(name) && arriving.some((scope) => scope.description === description),
  );
  if (kept.length === 0) return role;
  return { ...role, scopes: [...role.scopes, ...kept.map(({ name }) => name)].sort(byCodePoint) };
}

function isTaken(role: LoweredRole, titles: Situation['titles']): boolean {
  return [...titles].some(([name, title]) => title === role.name && name !== role.logicalName);
}

/** The role that steps aside when every role that changes its title waits for another one of them, or null. */
function swapBreaker(target: LoweredState, titles: Situation['titles']): string | null {
  const roles = target.applications.flatMap((application) => application.roles);
  const declared = new Set(roles.map(({ logicalName }) => logicalName));
  const leaves = [...titles.keys()].some((name) => !declared.has(name));
  const changing = roles.filter((role) => titles.has(role.logicalName) && titles.get(role.logicalName) !== role.name);
  const moves = changing.some((role) => !isTaken(role, titles));
  return leaves || moves ? null : (changing[0]?.logicalName ?? null);
}

function situationIn(target: LoweredState, state: StackState): Situation {
  const newNames = new Map(
    target.applications.flatMap((application) => [
      ...[application.name, ...application.formerly].map((name) => [name, application.name] as const),
      ...application.roles.flatMap((role) =>
        [role.logicalName, ...role.formerly].map((name) => [name, role.logicalName] as const),
      ),
    ]),
  );
  const byName = <T>(type: string, read: (holds: Readonly<Record<string, unknown>>) => T) =>
    new Map(
      state.resources
        .filter((resource) => resource.type === type)
        .map(({ name, holds }) => [newNames.get(name) ?? name, read(holds)]),
    );
  return {
    titles: byName(types.role, ({ name }) => String(name)),
    held: byName(types.rolePermissions, (holds) => scopeNames(holds) ?? []),
    offered: byName(types.scopes, scopeList),
  };
}

function sorted(scopes: Scopes): Scopes {
  return [...scopes].sort((a, b) => byCodePoint(a.name, b.name));
}
