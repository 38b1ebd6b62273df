/**
 * Rolewright as a library: read a repository, check it, and say what an environment should hold. Needs no Pulumi;
 * `rolewright/pulumi` registers the result in a Pulumi program, and `rolewright/authorize` decides by it in a service.
 */
export type {
  Matrix,
  MatrixApplication,
  MatrixDenial,
  MatrixGrant,
  MatrixLevel,
  MatrixPermission,
  MatrixRole,
  MatrixSection,
} from './analysis/matrix/matrix.ts';
export { matrix } from './analysis/matrix/matrix.ts';
export type { Code } from './language/catalogue.ts';
export type { Diagnostic, Related, Result, Severity } from './language/diagnostic.ts';
export { hasErrors, sortDiagnostics } from './language/diagnostic.ts';
export { formatSource } from './language/format.ts';
export { decodeSource, loadSources } from './language/load.ts';
export type { Repository } from './language/load-repository.ts';
export { loadRepository } from './language/load-repository.ts';
export { migrateSource } from './language/migrate/migrate.ts';
export type { JsonSchema } from './language/published-schema.ts';
export { publishedSchema, schemaId } from './language/published-schema.ts';
export type { LintLevel, LintLevels, Settings, WantedCoverage } from './language/settings.ts';
export type { Place, SourceFile } from './language/source.ts';
export { formatPlace } from './language/source.ts';
export { apiVersions } from './language/validate/validate.ts';
export type { PolicyOptions } from './model/compile/compile-policy.ts';
export { compilePolicy } from './model/compile/compile-policy.ts';
export type {
  Account,
  App,
  Application,
  AssignedUser,
  Assignment,
  Constraint,
  Coverage,
  CustomRole,
  DenialEffects,
  EmailDomainRule,
  Environment,
  EnvironmentApplication,
  Exception,
  Expectation,
  Guards,
  Identity,
  Level,
  Named,
  Permission,
  ProvisioningPolicy,
  Purpose,
  Qualified,
  Reference,
  RequiredRole,
  Role,
  RoleTest,
  Rule,
  Section,
  Silence,
  TargetName,
  Vendor,
} from './model/definitions.ts';
export type {
  DesiredApplication,
  DesiredEnvironment,
  DesiredHolder,
  DesiredProvisioning,
  DesiredRole,
  DesiredScope,
  DesiredState,
} from './model/desired-state.ts';
export type {
  EffectiveApplication,
  EffectiveAssignment,
  EffectiveCustomRole,
  EffectiveModel,
  EffectiveRole,
  HeldPermission,
  Step,
} from './model/effective-model.ts';
export type { Policy, PolicyEffects, PolicyLevel, PolicyPermission, PolicyScope } from './model/policy.ts';
export type { CheckOptions } from './pipeline.ts';
export { build, buildRepository, check, checkRepository } from './pipeline.ts';
