import { namesOf } from '../stack/logical-name.ts';
import type { SignInRules } from '../stack/lowered-just-in-time.ts';
import type { LoweredApplication, LoweredRole, LoweredState } from '../stack/lowered-state.ts';
import { kinds } from '../stack/resource-kinds.ts';
import { policyIn } from '../targets/auth0/action/sign-in-policy.ts';
import { stages } from './stages.ts';
import type { StackState, StateResource } from './state.ts';
import { signInAction } from './state.ts';

/**
 * As `stages`, with those for whom a rule of a policy is meant counted among the people of the role that it gives: at any
 * moment one of them may sign in, and then holds what the role may do at that moment, and goes on holding it. So a rule has
 * left a role before the role gains anything, and comes to it when it has let go of what it is to lose. Where everybody holds
 * a default role, everybody counts as one more of its people.
 */
export function stagesWithNewcomers(target: LoweredState, seen: StackState): readonly LoweredState[] {
  const rules = rulesOf(target.justInTime?.applications ?? [], ({ logicalName }) => logicalName);
  const defaults = target.applications.flatMap(({ api, defaultRole }) =>
    defaultRole === null ? [] : [{ key: everybodyOf(api.identifier), role: defaultRole }],
  );
  const after = [...rules, ...defaults];
  const before = [
    ...rulesOf(policyIn(signInAction(seen.resources)?.holds.code)?.applications ?? [], ({ id }) =>
      roleWithId(id, seen),
    ),
    ...defaultsIn(seen),
  ];
  // What an action gives it gives once all is as declared; a default role is given by the engine among the rest.
  if (before.length === 0 && defaults.length === 0) return stages(target, seen);
  const joined = mapRoles(target, (role) => {
    const keys = after.filter((rule) => rule.role === role.logicalName).map(({ key }) => key);
    const newcomers = keys.map((userId) => ({ logicalName: `${role.logicalName}.${userId}`, userId }));
    return newcomers.length === 0 ? role : { ...role, holders: [...role.holders, ...newcomers] };
  });
  const newcomers = before.map(({ key, role }) => holder(`${role}.${key}`, key));
  const staged = stages(joined, { ...seen, resources: [...seen.resources, ...newcomers] });
  return staged.map((stage) => (stage === joined ? target : mapRoles(withDefaults(stage), withoutNewcomers)));
}

interface Rule {
  /** In place of the id of a person. */
  readonly key: string;
  /** The logical name of the role. */
  readonly role: string;
}

const marker = 'newcomer ';

/** Everybody, as far as an application's default role is concerned. */
function everybodyOf(audience: string): string {
  return `${marker}${audience} everybody`;
}

function defaultsIn({ resources }: StackState): readonly Rule[] {
  const audienceOf = (application: string) =>
    resources.find(({ type, name }) => type === kinds.api && name === application)?.holds.identifier;
  return resources
    .filter(({ type }) => type === kinds.defaultRole)
    .map(({ name }) => ({ key: everybodyOf(String(audienceOf(namesOf(name).application))), role: name }));
}

/** A stage whose default roles are those that everybody is among the people of. */
function withDefaults(stage: LoweredState): LoweredState {
  const defaultOf = ({ api, roles }: LoweredApplication) =>
    roles.find(({ holders }) => holders.some(({ userId }) => userId === everybodyOf(api.identifier)));
  const applications = stage.applications.map((application) => ({
    ...application,
    defaultRole: defaultOf(application)?.logicalName ?? null,
  }));
  return { ...stage, applications };
}

function rulesOf<T>(applications: readonly SignInRules<T>[], roleOf: (given: T) => string | null): readonly Rule[] {
  return applications.flatMap(({ audience, default: usual, byEmailDomain }) => {
    const rules = byEmailDomain.map((rule) => [`${rule.domain} ${rule.connection}`, roleOf(rule)] as const);
    return [['', roleOf(usual)] as const, ...rules].flatMap(([whom, role]) =>
      role === null ? [] : [{ key: `${marker}${audience} ${whom}`, role }],
    );
  });
}

function roleWithId(id: string, { resources }: StackState): string | null {
  return resources.find((resource) => resource.type === kinds.role && resource.id === id)?.name ?? null;
}

function holder(name: string, userId: string): StateResource {
  return {
    urn: `urn:pulumi:newcomers::${name}`,
    type: kinds.holder,
    name,
    id: null,
    holds: { userId },
    protect: false,
  };
}

function withoutNewcomers(role: LoweredRole): LoweredRole {
  const holders = role.holders.filter(({ userId }) => !userId.startsWith(marker));
  return holders.length === role.holders.length ? role : { ...role, holders };
}

function mapRoles(state: LoweredState, change: (role: LoweredRole) => LoweredRole): LoweredState {
  const applications = state.applications.map((application) => ({
    ...application,
    roles: application.roles.map(change),
  }));
  return { ...state, applications };
}
