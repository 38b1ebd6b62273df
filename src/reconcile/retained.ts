import { namesOf } from '../stack/logical-name.ts';
import type { LoweredApplication, LoweredRole, LoweredState } from '../stack/lowered-state.ts';
import { kinds } from '../stack/resource-kinds.ts';
import type { Step } from './plan-from-steps.ts';
import type { StackState, StateResource } from './state.ts';
import { scopeList, scopeNames } from './state.ts';

/**
 * Protected resources that the target no longer has. The engine refuses to preview their deletion and stops at the first
 * one, so a preview keeps them and their deletion is added to its steps; `up` unprotects them first.
 */
export function protectedLeavers(target: LoweredState, state: StackState): readonly StateResource[] {
  const roles = new Map(
    target.applications.flatMap((application) =>
      application.roles.flatMap((role) => [role.logicalName, ...role.formerly].map((name) => [name, role] as const)),
    ),
  );
  const applications = new Set(target.applications.flatMap(({ name, formerly }) => [name, ...formerly]));
  return state.resources.filter(({ type, name, protect }) => {
    if (!protect) return false;
    if (type === kinds.role) return !roles.has(name);
    if (type === kinds.grants) return (roles.get(name)?.scopes.length ?? 0) === 0;
    return (type === kinds.api || type === kinds.scopes) && !applications.has(name);
  });
}

/**
 * The target with the leavers still in it, as the state has them.
 *
 * @param apiSettings what an API of this identity provider is declared with
 */
export function withRetained(
  target: LoweredState,
  leavers: readonly StateResource[],
  state: StackState,
  apiSettings: readonly string[],
): LoweredState {
  if (leavers.length === 0) return target;
  const retainedRoles = leavers.filter(({ type }) => type === kinds.role).map(({ name }) => roleInState(name, state));
  const emptied = new Set(leavers.filter(({ type }) => type === kinds.grants).map(({ name }) => name));
  const rolesOf = (names: readonly string[]) =>
    retainedRoles.filter(({ logicalName }) => names.includes(namesOf(logicalName).application));
  const kept = target.applications.map((application) => ({
    ...application,
    roles: [
      ...application.roles.map((role) => {
        const old = [role.logicalName, ...role.formerly].find((name) => emptied.has(name));
        return old === undefined ? role : { ...role, scopes: roleInState(old, state).scopes };
      }),
      ...rolesOf([application.name, ...application.formerly]),
    ],
  }));
  const gone = leavers
    .filter(({ type }) => type === kinds.api)
    .map((resource) => applicationInState(resource, state, rolesOf([resource.name]), apiSettings));
  return { ...target, applications: [...kept, ...gone] };
}

/** The steps of a preview that kept the leavers, with their deletion in the place of whatever was said of them. */
export function withDeletions(steps: readonly Step[], leavers: readonly StateResource[]): readonly Step[] {
  const urns = new Set(leavers.map(({ urn }) => urn));
  const others = steps.filter(({ urn, old }) => !urns.has(urn) && !(old && urns.has(old.urn)));
  return [
    ...others,
    ...leavers.map(({ urn, type, holds }) => ({
      op: 'delete' as const,
      urn,
      type,
      old: { urn, inputs: holds },
      new: null,
    })),
  ];
}

function roleInState(logicalName: string, state: StackState): LoweredRole {
  const role = state.resources.find(({ type, name }) => type === kinds.role && name === logicalName);
  const permissions = state.resources.find(({ type, name }) => type === kinds.grants && name === logicalName);
  return {
    logicalName,
    formerly: [],
    name: String(role?.holds.name ?? ''),
    description: String(role?.holds.description ?? ''),
    scopes: scopeNames(permissions?.holds ?? {}) ?? [],
    // Its people are not protected, and lose it as the preview says.
    holders: [],
  };
}

function applicationInState(
  { name, holds }: StateResource,
  state: StackState,
  roles: readonly LoweredRole[],
  apiSettings: readonly string[],
): LoweredApplication {
  const api = Object.fromEntries(apiSettings.map((setting) => [setting, holds[setting]]));
  const scopes = state.resources.find((resource) => resource.type === kinds.scopes && resource.name === name);
  return {
    name,
    formerly: [],
    // As it stands, whatever it is: it is shown to the engine as unchanged and never written.
    api: api as LoweredApplication['api'],
    scopes: scopeList(scopes?.holds ?? {}),
    formerScopes: {},
    roles,
    defaultRole: null,
  };
}
