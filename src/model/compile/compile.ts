import type { Result } from '../../language/diagnostic.ts';
import { diagnostic, hasErrors } from '../../language/diagnostic.ts';
import { nearestName } from '../../language/nearest-name.ts';
import { byCodePoint } from '../../language/source.ts';
import type { Environment, EnvironmentApplication, ProvisioningPolicy, Purpose } from '../definitions.ts';
import type { DesiredApplication, DesiredHolder, DesiredProvisioning, DesiredState } from '../desired-state.ts';
import type { EffectiveApplication, EffectiveAssignment, EffectiveModel } from '../effective-model.ts';
import type { Collector } from '../link/collector.ts';
import { collector as newCollector } from '../link/collector.ts';
import { accountKey } from '../link/link-assignment.ts';
import { knownNames } from '../link/names.ts';
import { permissionsOf } from '../resolve/resolve.ts';
import { compileRole } from './compile-role.ts';
import { compileScopes } from './compile-scopes.ts';
import { digestOf } from './digest.ts';

/** Facts of the files that the identity provider never sees: a comment that moves a line changes no digest. */
const notInDigest = new Set(['declaredAt', 'digest']);

/** The desired state of one environment, or null where there is no such environment or it cannot be built. */
export function compile(model: EffectiveModel, environmentName: string): Result<DesiredState | null> {
  const [state, diagnostics] = compileUndigested(model, environmentName);
  return [state === null ? null : { ...state, digest: digestOf(state, notInDigest) }, diagnostics];
}

/** A desired state whose digest nobody has asked for: it takes longer than all the rest. */
export type UndigestedState = Omit<DesiredState, 'digest'>;

/** As `compile`, without the digest: enough to see whether an environment can be built. */
export function compileUndigested(model: EffectiveModel, environmentName: string): Result<UndigestedState | null> {
  const environment = model.environments.find(({ name }) => name === environmentName);
  if (environment === undefined) {
    const names = model.environments.map(({ name }) => name);
    const details = { suggestion: nearestName(environmentName, names), expected: knownNames(names) };
    return [null, [diagnostic('RW4101', null, { name: environmentName }, details)]];
  }
  const collector = newCollector();
  const applications = environment.applications
    .flatMap((placed) => {
      const application = model.applications.find(({ definition }) => definition.name === placed.name);
      return application === undefined ? [] : [compileApplication(application, placed, environment, collector)];
    })
    .toSorted((a, b) => byCodePoint(a.name, b.name));
  checkRequiredRoles(environment, applications, collector);
  if (hasErrors(collector.diagnostics)) return [null, collector.diagnostics];
  const state = {
    schemaVersion: 1,
    environment: {
      name: environment.name,
      purpose: environment.purpose,
      target: environment.target,
      tenant: environment.tenant,
      protect: environment.protect,
      guards: {
        maximumRemoval: environment.guards.maximumRemoval,
        requiredRoles: environment.guards.requiredRoles
          .map(({ application, name, minimumHolders }) => ({ application, role: name, minimumHolders }))
          .toSorted((a, b) => byCodePoint(a.application, b.application) || byCodePoint(a.role, b.role)),
      },
    },
    applications,
  } as const;
  return [state, collector.diagnostics];
}

function compileApplication(
  application: EffectiveApplication,
  placed: EnvironmentApplication,
  environment: Environment,
  collector: Collector,
): DesiredApplication {
  const { definition } = application;
  const permissions = permissionsOf(definition);
  const here = ({ definition: role }: { readonly definition: { readonly onlyIn: readonly Purpose[] | null } }) =>
    role.onlyIn === null || role.onlyIn.includes(environment.purpose);
  const plain = application.roles.filter((role) => here(role) && role.definition.assignable);
  const customRoles = application.customRoles.filter(here);
  const assignments = application.assignments.filter((assignment) =>
    [...plain, ...customRoles].some((role) => role.definition.name === assignment.definition.role.name),
  );
  const narrowings = [...customRoles, ...assignments.filter(({ narrows }) => narrows)];
  const held = [...plain, ...narrowings];
  const policy = definition.provisioning;
  for (const used of policy === null ? [] : [policy.default, ...policy.byEmailDomain.map(({ role }) => role)]) {
    if (held.some(({ definition: role }) => role.name === used.name)) continue;
    const details = { related: [{ message: 'this environment', place: placed.place }] };
    collector.report('RW4106', used.place, { role: used.name, purpose: environment.purpose }, details);
  }
  return {
    name: definition.name,
    title: definition.title,
    formerly: definition.formerly,
    audience: placed.audience,
    tokenLifetimeSeconds: placed.tokenLifetimeSeconds,
    scopes: compileScopes(application, narrowings),
    roles: held
      .map((role) => compileRole(role, application, permissions))
      .toSorted((a, b) => byCodePoint(a.name, b.name)),
    holders: compileHolders(assignments),
    ...(policy?.enabled === true ? { provisioning: compileProvisioning(policy) } : {}),
  };
}

function compileProvisioning({ default: usual, byEmailDomain }: ProvisioningPolicy): DesiredProvisioning {
  return {
    default: usual.name,
    byEmailDomain: byEmailDomain
      .map(({ domain, connection, role }) => ({ domain, connection, role: role.name }))
      .toSorted((a, b) => byCodePoint(a.domain, b.domain) || byCodePoint(a.connection, b.connection)),
  };
}

/** One entry for each person and role; who is in two assignments of one role is told once. */
function compileHolders(assignments: readonly EffectiveAssignment[]): readonly DesiredHolder[] {
  const holders = new Map<string, DesiredHolder>();
  for (const { heldRole, definition, users } of assignments) {
    for (const { account } of users) {
      const key = `${heldRole} ${accountKey(account)}`;
      if (!holders.has(key)) holders.set(key, { role: heldRole, assignment: definition.name, account });
    }
  }
  return [...holders].toSorted(([a], [b]) => byCodePoint(a, b)).map(([, holder]) => holder);
}

function checkRequiredRoles(
  environment: Environment,
  applications: readonly DesiredApplication[],
  collector: Collector,
): void {
  for (const required of environment.guards.requiredRoles) {
    const application = applications.find(({ name }) => name === required.application);
    if (application?.roles.some(({ name }) => name === required.name)) continue;
    collector.report('RW4106', required.place, { role: required.role, purpose: environment.purpose });
  }
}
