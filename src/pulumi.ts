import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getRootDirectory, getStack, RunError } from '@pulumi/pulumi';
import type { Diagnostic } from './language/diagnostic.ts';
import { hasErrors } from './language/diagnostic.ts';
import { loadRepository } from './language/load-repository.ts';
import { formatPlace } from './language/source.ts';
import { buildRepository } from './pipeline.ts';
import { lower } from './targets/auth0/lower.ts';
import type { StackOutputs } from './targets/auth0/register.ts';
import { register } from './targets/auth0/register.ts';
import { checkTenant } from './targets/auth0/tenant-domain.ts';

export type {
  DesiredApplication,
  DesiredEnvironment,
  DesiredHolder,
  DesiredRole,
  DesiredScope,
  DesiredState,
} from './model/desired-state.ts';
export type { Adoption } from './targets/auth0/components.ts';
export { Application, noAdoption, Role } from './targets/auth0/components.ts';
export type { LoweredApplication, LoweredRole, LoweredState } from './targets/auth0/lower.ts';
export { logicalName, lower } from './targets/auth0/lower.ts';
export type { StackOutputs } from './targets/auth0/register.ts';
export { register } from './targets/auth0/register.ts';

export interface StackOptions {
  /** The root of the repository; the folder of Pulumi.yaml, unless given. */
  readonly root?: string;
}

/**
 * The whole of a stack, for a Pulumi program of one's own: YAML → desired state of the environment named like the
 * stack → Auth0. Nothing is registered unless all of it is right. What plain Pulumi does not do, `rolewright up` does:
 * guards, scopes that go in two steps, and adoption after a crash.
 *
 * @throws RunError with every error in the documents, or if the AUTH0_* variables are not those of the tenant
 */
export async function registerStack({ root }: StackOptions = {}): Promise<StackOutputs> {
  // Language hosts that do not say where the project is start the program in the folder of its main file.
  const repository = await loadRepository(root ?? (getRootDirectory() || findRoot(process.cwd())));
  const [desired, building] = buildRepository(repository, getStack());
  const diagnostics = desired === null ? building : [...building, ...checkTenant(desired.environment, process.env)];
  if (desired === null || hasErrors(diagnostics)) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    throw new RunError(errors.map(errorText).join('\n'));
  }
  return register(lower(desired));
}

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'Pulumi.yaml')) || dirname(folder) === folder) return folder;
  return findRoot(dirname(folder));
}

function errorText({ code, place, message, help }: Diagnostic): string {
  const where = place === null ? '' : `${formatPlace(place)}  `;
  return `${where}${code}  ${message}${help === null ? '' : `\n  help: ${help}`}`;
}
