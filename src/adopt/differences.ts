import type { DesiredApplication, DesiredRole } from '../model/desired-state.ts';
import type { ObservedApi, ObservedRole } from '../model/observed-state.ts';

/** What is declared of an application and is not so at the tenant, a few words each; its roles are not looked at. */
export function differencesOfApplication(desired: DesiredApplication, api: ObservedApi): readonly string[] {
  const observed = new Map(api.scopes.map(({ value, description }) => [value, description]));
  const declared = new Map(desired.scopes.map(({ value, description }) => [value, description]));
  const lifetime = api.tokenLifetimeSeconds;
  return [
    ...(desired.title === api.title ? [] : [`its title is "${api.title}" at the tenant`]),
    ...(lifetime === null || lifetime === desired.tokenLifetimeSeconds
      ? []
      : [`its tokens live ${lifetime} s at the tenant`]),
    ...[...observed.keys()]
      .filter((scope) => !declared.has(scope))
      .map((scope) => `only the tenant has scope ${scope}`),
    ...[...declared.keys()].filter((scope) => !observed.has(scope)).map((scope) => `the tenant lacks scope ${scope}`),
    ...[...declared].flatMap(([scope, description]) => {
      const there = observed.get(scope);
      return there === undefined || there === description
        ? []
        : [`scope ${scope} is described otherwise at the tenant`];
    }),
  ];
}

/** What is declared of a role and is not so at the tenant, a few words each. */
export function differencesOfRole(desired: DesiredRole, audience: string, role: ObservedRole): readonly string[] {
  const own = role.grants.filter((grant) => grant.audience === audience).map(({ scope }) => scope);
  const others = role.grants.filter((grant) => grant.audience !== audience);
  return [
    ...(desired.description === role.description ? [] : ['it is described otherwise at the tenant']),
    ...own.filter((scope) => !desired.scopes.includes(scope)).map((scope) => `only at the tenant it holds ${scope}`),
    ...desired.scopes.filter((scope) => !own.includes(scope)).map((scope) => `at the tenant it does not hold ${scope}`),
    ...others.map((grant) => `at the tenant it holds ${grant.scope} of ${grant.audience}`),
  ];
}
