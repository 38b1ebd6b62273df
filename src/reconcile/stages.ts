import { byCodePoint } from '../language/source.ts';
import { logicalName, namesOf } from '../stack/logical-name.ts';
import { partsOfHolder } from '../stack/lower-holders.ts';
import type { LoweredApplication, LoweredRole, LoweredState } from '../stack/lowered-state.ts';
import { kinds } from '../stack/resource-kinds.ts';
import { holdingNow } from './holding-now.ts';
import type { StackState } from './state.ts';
import { grantNames, scopeList } from './state.ts';

type Scopes = LoweredApplication['scopes'];

/** What the tenant holds of ours before a stage, by the logical names that the target gives, old names otherwise. */
export interface Situation {
  /** Of every role that is there. */
  readonly titles: ReadonlyMap<string, string>;
  /** Scopes of roles; one of another API has that in its name. */
  readonly held: ReadonlyMap<string, readonly string[]>;
  /** Ids of the people who hold a role by declaration. */
  readonly holders: ReadonlyMap<string, readonly string[]>;
  /** Scopes that APIs offer. */
  readonly offered: ReadonlyMap<string, Scopes>;
}

/**
 * Splits a change into updates that are safe one after the other; most changes are one.
 *
 * - A scope is offered as long as a role of ours holds it: the engine updates the scopes of an API before it updates or
 *   deletes roles, so the roles let go of it in an earlier update. Otherwise the tenant may refuse, or take it away too soon.
 * - A permission whose scope is another one is granted under the new scope before the old one is taken away. A grant that one
 *   role loses and another gets is there before it goes. Who leaves a role has left before it gains anything. See `holdingNow`.
 * - A title is free before it is taken: whoever takes it from a role that is deleted or retitled waits for the next
 *   update, a new role by not being there, an old one by its old title. Roles that swap titles need a passing one, because
 *   the tenant lets no two roles have the same.
 *
 * @throws Error if the change never comes to its end, which is a bug: nothing has been done then
 */
export function stages(target: LoweredState, state: StackState): readonly LoweredState[] {
  let situation = situationIn(target, state);
  const result: LoweredState[] = [];
  // At worst each role waits for one before it, and then for its people and for what it keeps.
  const most = 4 + 3 * target.applications.flatMap((application) => application.roles).length;
  for (;;) {
    const stage = nextStage(target, situation);
    result.push(stage);
    if (stage === target) return result;
    if (result.length > most) throw new Error('the stages of this change have no end');
    const roles = stage.applications.flatMap((application) => application.roles);
    situation = {
      titles: new Map(roles.map(({ logicalName, name }) => [logicalName, name])),
      held: new Map(roles.map(({ logicalName, scopes }) => [logicalName, scopes])),
      holders: new Map(roles.map(({ logicalName, holders }) => [logicalName, holders.map(({ userId }) => userId)])),
      offered: new Map(stage.applications.map(({ name, scopes }) => [name, scopes])),
    };
  }
}

/** The target itself if it is safe as it is, else what can be done of it now. */
function nextStage(target: LoweredState, situation: Situation): LoweredState {
  const passing = swapBreaker(target, situation.titles);
  const applications = target.applications.map((application) => {
    const names = new Set(application.scopes.map(({ name }) => name));
    const goes = (situation.offered.get(application.name) ?? []).filter(({ name }) => !names.has(name));
    const held = heldIn(application, situation);
    // All of them at the end, with one call.
    const leaving = goes.some(({ name }) => held.has(name)) ? goes : [];
    const roles = application.roles.flatMap((role) => {
      const titled = titledNow(role, situation.titles, passing);
      return titled === null ? [] : [holdingNow(titled, application, situation, leaving)];
    });
    const isWhole = leaving.length === 0 && roles.length === application.roles.length;
    if (isWhole && roles.every((role, index) => role === application.roles[index])) return application;
    return { ...application, scopes: sorted([...application.scopes, ...leaving]), roles };
  });
  const isTarget = applications.every((application, index) => application === target.applications[index]);
  return isTarget ? target : { ...target, applications };
}

/** What roles of one application hold; another one may have scopes of the same names, which stay. */
function heldIn({ name, formerly }: LoweredApplication, { held }: Situation): ReadonlySet<string> {
  const ours = [...held].filter(([role]) => [name, ...formerly].includes(namesOf(role).application));
  return new Set(ours.flatMap(([, scopes]) => scopes));
}

/** The role with the title that it may have now; null for a new role that must wait for its title. */
function titledNow(role: LoweredRole, titles: Situation['titles'], passing: string | null): LoweredRole | null {
  const title = titles.get(role.logicalName);
  if (title === role.name || !isTaken(role, titles)) return role;
  if (title === undefined) return null;
  return { ...role, name: role.logicalName === passing ? `${role.name} (being retitled)` : title };
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
  const current = (name: string) => newNames.get(name) ?? name;
  const ofType = (type: string) => state.resources.filter((resource) => resource.type === type);
  const byName = <T>(type: string, read: (holds: Readonly<Record<string, unknown>>, name: string) => T) =>
    new Map(ofType(type).map(({ name, holds }) => [current(name), read(holds, current(name))]));
  const audienceOf = (role: string) =>
    target.applications.find(({ name }) => name === namesOf(role).application)?.api.identifier ?? null;
  const people = Map.groupBy(ofType(kinds.holder), ({ name }) => {
    const { application, role } = partsOfHolder(name);
    return current(logicalName(application, role));
  });
  const offered = byName(kinds.scopes, scopeList);
  const known = byName(kinds.grants, (holds, role) => grantNames(holds, audienceOf(role)) ?? []);
  // What a role holds goes from the state before the call that deletes it: if that failed, it may hold anything.
  const bare = ofType(kinds.role).filter(({ name }) => !newNames.has(name) && !known.has(name));
  const anything = (role: string) => offered.get(current(namesOf(role).application))?.map(({ name }) => name) ?? [];
  return {
    titles: byName(kinds.role, ({ name }) => String(name)),
    held: new Map([...known, ...bare.map(({ name }) => [name, anything(name)] as const)]),
    holders: new Map([...people].map(([role, list]) => [role, list.map(({ holds }) => String(holds.userId))])),
    offered,
  };
}

function sorted(scopes: Scopes): Scopes {
  return [...scopes].sort((a, b) => byCodePoint(a.name, b.name));
}
