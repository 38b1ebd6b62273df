import { policyIn } from '../targets/auth0/action/sign-in-policy.ts';
import type { LoweredRole, LoweredState } from '../targets/auth0/lower.ts';
import type { SignInRules } from '../targets/auth0/lower-just-in-time.ts';
import { stages } from './stages.ts';
import type { StackState, StateResource } from './state.ts';
import { signInAction, types } from './state.ts';

/**
 * As `stages`, with those for whom a rule of a policy is meant counted among the people of the role that it gives: at any
 * moment one of them may sign in, and then holds what the role may do at that moment, and goes on holding it. So a rule has
 * left a role before the role gains anything, and comes to it when it has let go of what it is to lose.
 */
export function stagesWithNewcomers(target: LoweredState, seen: StackState): readonly LoweredState[] {
  const after = rulesOf(target.justInTime?.applications ?? [], ({ logicalName }) => logicalName);
  const before = rulesOf(policyIn(signInAction(seen.resources)?.holds.code)?.applications ?? [], ({ id }) =>
    roleWithId(id, seen),
  );
  if (before.length === 0) return stages(target, seen);
  const joined = mapRoles(target, (role) => {
    const rules = after.filter((rule) => rule.role === role.logicalName).map(({ key }) => key);
    const newcomers = rules.map((userId) => ({ logicalName: `${role.logicalName}.${userId}`, userId }));
    return newcomers.length === 0 ? role : { ...role, holders: [...role.holders, ...newcomers] };
  });
  const newcomers = before.map(({ key, role }) => holder(`${role}.${key}`, key));
  const staged = stages(joined, { ...seen, resources: [...seen.resources, ...newcomers] });
  return staged.map((stage) => (stage === joined ? target : mapRoles(stage, withoutNewcomers)));
}

interface Rule {
  /** In place of the id of a person. */
  readonly key: string;
  /** The logical name of the role. */
  readonly role: string;
}

const marker = 'newcomer ';

function rulesOf<T>(applications: readonly SignInRules<T>[], roleOf: (given: T) => string | null): readonly Rule[] {
  return applications.flatMap(({ audience, default: usual, byEmailDomain }) => {
    const rules = byEmailDomain.map((rule) => [`${rule.domain} ${rule.connection}`, roleOf(rule)] as const);
    return [['', roleOf(usual)] as const, ...rules].flatMap(([whom, role]) =>
      role === null ? [] : [{ key: `${marker}${audience} ${whom}`, role }],
    );
  });
}

function roleWithId(id: string, { resources }: StackState): string | null {
  return resources.find((resource) => resource.type === types.role && resource.id === id)?.name ?? null;
}

function holder(name: string, userId: string): StateResource {
  return {
    urn: `urn:pulumi:newcomers::${name}`,
    type: types.userRole,
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
