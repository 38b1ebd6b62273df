import type { ObservedApi, ObservedRole } from '../model/observed-state.ts';
import type { Adoption } from '../stack/adoption.ts';
import { noAdoption } from '../stack/adoption.ts';
import { logicalName } from '../stack/logical-name.ts';
import type { LoweredApplication, LoweredRole, LoweredState } from '../stack/lowered-state.ts';
import { kinds } from '../stack/resource-kinds.ts';
import type { StackState } from './state.ts';

/** What the tenant has just as it is declared, and what it is there. */
export interface Found {
  readonly applications: readonly { readonly name: string; readonly api: ObservedApi }[];
  readonly roles: readonly { readonly application: string; readonly name: string; readonly observed: ObservedRole }[];
}

/** Logical names of what the tenant has as it is declared. */
export function namesFound({ applications, roles }: Found): readonly string[] {
  return [
    ...applications.map(({ name }) => name),
    ...roles.map(({ application, name }) => logicalName(application, name)),
  ];
}

/** Logical names of what is declared, and is not so at the tenant. */
export function otherwiseAtTenant({ applications }: LoweredState, found: Found): ReadonlySet<string> {
  const names = applications.flatMap(({ name, roles }) => [name, ...roles.map((role) => role.logicalName)]);
  const asDeclared = new Set(namesFound(found));
  return new Set(names.filter((name) => !asDeclared.has(name)));
}

/** What is to be imported: what the tenant has, and the state has not. */
export function adoptionOf(target: LoweredState, state: StackState, found: Found): Adoption {
  const apis: Record<string, string> = {};
  const scopes: Record<string, string> = {};
  const roles: Record<string, string> = {};
  const grants: Record<string, string> = {};
  for (const application of target.applications) {
    const api = found.applications.find(({ name }) => name === application.name)?.api;
    if (api !== undefined && !isHeld(state, kinds.api, application)) apis[application.name] = api.id;
    if (api !== undefined && !isHeld(state, kinds.scopes, application)) scopes[application.name] = api.id;
    for (const role of application.roles) {
      const own = { name: role.logicalName, formerly: role.formerly };
      const there = found.roles.find(
        ({ application: of, name }) => logicalName(of, name) === role.logicalName,
      )?.observed;
      if (there === undefined) continue;
      if (!isHeld(state, kinds.role, own)) roles[role.logicalName] = there.id;
      if (role.scopes.length > 0 && !isHeld(state, kinds.grants, own)) {
        grants[role.logicalName] = there.id;
      }
    }
  }
  return { ...noAdoption, apis, scopes, roles, grants };
}

/** The target without what would have to be created. */
export function whatIsThere(target: LoweredState, state: StackState, adoption: Adoption): LoweredState {
  const isThere = (type: string, own: Named, imported: Readonly<Record<string, string>>) =>
    isHeld(state, type, own) || imported[own.name] !== undefined;
  const withOwn = (role: LoweredRole) => ({ ...role, own: { name: role.logicalName, formerly: role.formerly } });
  const applications = target.applications
    .filter((application) => isThere(kinds.api, application, adoption.apis))
    .map(
      (application): LoweredApplication => ({
        ...application,
        roles: application.roles
          .map(withOwn)
          .filter(({ own }) => isThere(kinds.role, own, adoption.roles))
          .map(({ own, ...role }) => ({
            ...role,
            scopes: isThere(kinds.grants, own, adoption.grants) ? role.scopes : [],
            holders: role.holders.filter(({ logicalName: name }) =>
              isHeld(state, kinds.holder, { name, formerly: [] }),
            ),
          })),
        defaultRole: application.roles.some(
          ({ logicalName: name, formerly }) =>
            name === application.defaultRole && isHeld(state, kinds.defaultRole, { name, formerly }),
        )
          ? application.defaultRole
          : null,
      }),
    );
  const signsIn = state.resources.some(({ type }) => type === kinds.action);
  return { ...target, applications, justInTime: signsIn ? target.justInTime : null };
}

interface Named {
  readonly name: string;
  readonly formerly: readonly string[];
}

function isHeld({ resources }: StackState, type: string, { name, formerly }: Named): boolean {
  return resources.some((resource) => resource.type === type && [name, ...formerly].includes(resource.name));
}
