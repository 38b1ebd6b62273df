import type { Result } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import { nearestName } from '../../language/nearest-name.ts';
import type { Constraint, Environment, Purpose } from '../../model/definitions.ts';
import type { EffectiveApplication, EffectiveModel } from '../../model/effective-model.ts';
import { knownNames } from '../../model/link/names.ts';

/** The environment of a name, or null with the nearest one. */
export function lookUpEnvironment({ environments }: EffectiveModel, name: string): Result<Environment | null> {
  const found = environments.find((environment) => environment.name === name);
  if (found !== undefined) return [found, []];
  const names = environments.map((environment) => environment.name);
  const details = { suggestion: nearestName(name, names), expected: knownNames(names) };
  return [null, [diagnostic('RW4101', null, { name }, details)]];
}

/**
 * A model as one environment has it: its applications, whoever is for its purpose, and itself. What is declared of an
 * application stays whole, for that is the same in every environment.
 */
export function inEnvironment(model: EffectiveModel, environment: Environment): EffectiveModel {
  const placed = new Set(environment.applications.map(({ name }) => name));
  const applications = model.applications.filter(({ definition }) => placed.has(definition.name));
  return {
    applications: applications.map((application) => forPurpose(application, environment.purpose)),
    constraints: model.constraints,
    environments: [environment],
  };
}

/** A model with those constraints alone that are only over applications of both environments: no rule is gone with one. */
export function withSharedConstraints(model: EffectiveModel, ...environments: readonly Environment[]): EffectiveModel {
  const isShared = (application: string) =>
    environments.every(({ applications }) => applications.some(({ name }) => name === application));
  return {
    ...model,
    constraints: model.constraints.filter((constraint) => applicationsOf(constraint).every(isShared)),
  };
}

function forPurpose(application: EffectiveApplication, purpose: Purpose): EffectiveApplication {
  const isHere = ({ definition }: { readonly definition: { readonly onlyIn: readonly Purpose[] | null } }) =>
    definition.onlyIn?.includes(purpose) ?? true;
  const roles = application.roles.filter(isHere);
  const customRoles = application.customRoles.filter(isHere);
  const names = new Set([...roles, ...customRoles].map(({ definition }) => definition.name));
  const assignments = application.assignments.filter(({ definition }) => names.has(definition.role.name));
  return { ...application, roles, customRoles, assignments };
}

function applicationsOf({ rule }: Constraint): readonly string[] {
  switch (rule.kind) {
    case 'supervises':
      return [rule.supervisor, ...rule.supervised].map(({ application }) => application);
    case 'holders':
      return [rule.role.application];
    case 'reserved':
      return [...rule.permissions, ...rule.roles].map(({ application }) => application);
    default:
      return rule.permissions.map(({ application }) => application);
  }
}
