import type { ObservedApi, ObservedRole } from '../model/observed-state.ts';
import type { Adoption } from '../targets/auth0/components.ts';
import type { LoweredApplication, LoweredRole, LoweredState } from '../targets/auth0/lower.ts';
import { logicalName } from '../targets/auth0/lower.ts';
import type { StackState } from './state.ts';
import { types } from './state.ts';

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
export function adoptionOf(
  target: LoweredState,
  state: StackState,
  found: Found,
): Adoption & Required<Pick<Adoption, 'rolePermissions'>> {
  const resourceServers: Record<string, string> = {};
  const scopes: Record<string, string> = {};
  const roles: Record<string, string> = {};
  const rolePermissions: Record<string, string> = {};
  for (const application of target.applications) {
    const api = found.applications.find(({ name }) => name === application.name)?.api;
    if (api !== undefined && !isHeld(state, types.resourceServer, application))
      resourceServers[application.name] = api.id;
    if (api !== undefined && !isHeld(state, types.scopes, application)) scopes[application.name] = api.audience;
    for (const role of application.roles) {
      const own = { name: role.logicalName, formerly: role.formerly };
      const there = found.roles.find(
        ({ application: of, name }) => logicalName(of, name) === role.logicalName,
      )?.observed;
      if (there === undefined) continue;
      if (!isHeld(state, types.role, own)) roles[role.logicalName] = there.id;
      if (role.scopes.length > 0 && !isHeld(state, types.rolePermissions, own)) {
        rolePermissions[role.logicalName] = there.id;
      }
    }
  }
  return { resourceServers, scopes, roles, rolePermissions };
}

/** The target without what would have to be created. */
export function whatIsThere(
  target: LoweredState,
  state: StackState,
  adoption: ReturnType<typeof adoptionOf>,
): LoweredState {
  const isThere = (type: string, own: Named, imported: Readonly<Record<string, string>>) =>
    isHeld(state, type, own) || imported[own.name] !== undefined;
  const withOwn = (role: LoweredRole) => ({ ...role, own: { name: role.logicalName, formerly: role.formerly } });
  const applications = target.applications
    .filter((application) => isThere(types.resourceServer, application, adoption.resourceServers))
    .map(
      (application): LoweredApplication => ({
        ...application,
        roles: application.roles
          .map(withOwn)
          .filter(({ own }) => isThere(types.role, own, adoption.roles))
          .map(({ own, ...role }) => ({
            ...role,
            scopes: isThere(types.rolePermissions, own, adoption.rolePermissions) ? role.scopes : [],
            holders: role.holders.filter(({ logicalName: name }) =>
              isHeld(state, types.userRole, { name, formerly: [] }),
            ),
          })),
      }),
    );
  const signsIn = state.resources.some(({ type }) => type === types.action);
  return { ...target, applications, justInTime: signsIn ? target.justInTime : null };
}

interface Named {
  readonly name: string;
  readonly formerly: readonly string[];
}

function isHeld({ resources }: StackState, type: string, { name, formerly }: Named): boolean {
  return resources.some((resource) => resource.type === type && [name, ...formerly].includes(resource.name));
}
