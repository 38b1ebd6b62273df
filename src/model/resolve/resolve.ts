import type { Result } from '../../language/diagnostic.ts';
import { byCodePoint } from '../../language/source.ts';
import type { Application, CustomRole, Definitions, Permission } from '../definitions.ts';
import type {
  EffectiveApplication,
  EffectiveCustomRole,
  EffectiveModel,
  EffectiveRole,
  Step,
} from '../effective-model.ts';
import type { Collector } from '../link/collector.ts';
import { collector as newCollector } from '../link/collector.ts';
import { checkProvisioning } from './check-provisioning.ts';
import { checkCoverage, checkPurposes, checkRequirements } from './check-role.ts';
import type { Holdings } from './hold.ts';
import { holdingsOf, sortedHoldings } from './hold.ts';
import { parentsFirst } from './inheritance.ts';
import { sellersOf, through } from './narrow.ts';
import { checkPeople, resolveAssignment } from './resolve-assignment.ts';

/**
 * Resolves definitions: each role flat, with every permission that it holds at its highest level and the chains of lines
 * that give it. Additive: a role always contains its parents, and a custom role has exactly its base's permissions.
 *
 * @param asOf the day that counts as today, `YYYY-MM-DD` in UTC
 */
export function resolve(definitions: Definitions, asOf: string): Result<EffectiveModel> {
  const collector = newCollector();
  const applications = definitions.applications.map((application) => resolveApplication(application, asOf, collector));
  const { constraints, environments } = definitions;
  return [{ applications, constraints, environments }, collector.diagnostics];
}

function resolveApplication(application: Application, asOf: string, collector: Collector): EffectiveApplication {
  const permissions = permissionsOf(application);
  const holdings = new Map<string, Holdings>();
  const roles: EffectiveRole[] = [];
  const whole = new Set<string>();
  const byName = new Map(application.roles.map((role) => [role.name, role]));
  for (const role of parentsFirst(application.roles, collector)) {
    const held = holdingsOf(role, holdings, permissions);
    holdings.set(role.name, held);
    // What a misspelt line would have given is not missed a second time.
    if (role.isWhole && role.inherits.every(({ name }) => whole.has(name))) {
      whole.add(role.name);
      checkCoverage(role, held, application, collector);
      checkRequirements(role, held, permissions, collector);
    }
    const parents = role.inherits.flatMap(({ name, place }) => {
      const parent = byName.get(name);
      return parent === undefined ? [] : [{ role: parent, place }];
    });
    checkPurposes(role, parents, collector);
    roles.push({ kind: 'role', definition: role, permissions: sortedHoldings(held) });
  }
  const customRoles = application.customRoles.flatMap((custom) => {
    const base = roles.find(({ definition }) => definition.name === custom.base.name);
    if (base === undefined) return [];
    checkPurposes(custom, [{ role: base.definition, place: custom.base.place }], collector);
    return [resolveCustomRole(custom, base, application)];
  });
  const assignments = application.assignments.flatMap((assignment) => {
    const held = [...roles, ...customRoles].find(({ definition }) => definition.name === assignment.role.name);
    return held === undefined ? [] : [resolveAssignment(assignment, held, application, asOf, collector)];
  });
  checkPeople(assignments, application.name, collector);
  const effective: EffectiveApplication = {
    definition: application,
    roles: roles.toSorted((a, b) => byCodePoint(a.definition.name, b.definition.name)),
    customRoles,
    assignments,
    restrictable: application.roles.some(({ restrictable }) => restrictable),
  };
  checkProvisioning(effective, permissions, collector);
  return effective;
}

function resolveCustomRole(custom: CustomRole, base: EffectiveRole, application: Application): EffectiveCustomRole {
  const step: Step = { kind: 'base', role: custom.name, names: custom.base.name, place: custom.base.place };
  return {
    kind: 'custom-role',
    definition: custom,
    permissions: through(step, base.permissions),
    apps: custom.apps,
    ...sellersOf(custom.apps, application),
    restriction: custom.formerly[0] ?? custom.name,
  };
}

/** The permissions of an application by `section/permission`. */
export function permissionsOf(application: Application): ReadonlyMap<string, Permission> {
  return new Map(
    application.sections
      .flatMap((section) => section.permissions)
      .map((permission) => [permission.reference, permission]),
  );
}
