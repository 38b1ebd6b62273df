import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { getRootDirectory, getStack, RunError } from '@pulumi/pulumi';
import type { Diagnostic } from './language/diagnostic.ts';
import { hasErrors } from './language/diagnostic.ts';
import { loadRepository } from './language/load-repository.ts';
import { formatPlace } from './language/source.ts';
import { buildRepository } from './pipeline.ts';
import { accountsOfProgram } from './targets/auth0/accounts-of-program.ts';
import { lower } from './targets/auth0/lower.ts';
import type { StackOutputs } from './targets/auth0/register.ts';
import { register } from './targets/auth0/register.ts';
import { checkTenant } from './targets/auth0/tenant-domain.ts';
import { tellOfRemovals } from './targets/auth0/told-of-removal.ts';

export type {
  DesiredApplication,
  DesiredEnvironment,
  DesiredHolder,
  DesiredProvisioning,
  DesiredRole,
  DesiredScope,
  DesiredState,
} from './model/desired-state.ts';
export type { Pins } from './targets/auth0/accounts.ts';
export type { Adoption } from './targets/auth0/components.ts';
export { Application, noAdoption, Role } from './targets/auth0/components.ts';
export type { LoweredApplication, LoweredRole, LoweredState } from './targets/auth0/lower.ts';
export { logicalName, lower } from './targets/auth0/lower.ts';
export type { LoweredHolder } from './targets/auth0/lower-holders.ts';
export type { StackOutputs } from './targets/auth0/register.ts';
export { register } from './targets/auth0/register.ts';

export interface StackOptions {
  /** The root of the repository; the folder of Pulumi.yaml, unless given. */
  readonly root?: string;
}

/**
 * The whole of a stack, for a Pulumi program of one's own: YAML → desired state of the environment named like the
 * stack → Auth0. Nothing is registered unless all of it is right. What plain Pulumi does not do, `rolewright up` does:
 * guards, scopes that go in two steps, and adoption after a crash; where a scope goes that a role holds, this warns. People
 * who are declared by address are looked up at each start.
 *
 * @throws RunError with every error in the documents, or if the AUTH0_* variables are not those of the tenant, or it does not have
 *   the people
 */
export async function registerStack({ root }: StackOptions = {}): Promise<StackOutputs> {
  const repository = await loadRepository(root ?? findRoot(resolve(getRootDirectory())));
  const [desired, building] = buildRepository(repository, getStack());
  const diagnostics = desired === null ? building : [...building, ...checkTenant(desired.environment, process.env)];
  if (desired === null || hasErrors(diagnostics)) {
    throw refused(diagnostics);
  }
  const [accounts, unknownPeople] = await accountsOfProgram(desired, process.env);
  if (accounts === null) throw refused(unknownPeople);
  const lowered = lower(desired, accounts, process.env);
  await tellOfRemovals(lowered);
  return register(lowered);
}

/** Old language hosts do not say where the project is, and start the program in the folder of its main file. */
function findRoot(folder: string): string {
  if (existsSync(join(folder, 'Pulumi.yaml')) || dirname(folder) === folder) return folder;
  return findRoot(dirname(folder));
}

function refused(problems: readonly Diagnostic[]): RunError {
  const errors = problems.filter(({ severity }) => severity === 'error');
  return new RunError(errors.map(errorText).join('\n'));
}

function errorText({ code, place, message, help }: Diagnostic): string {
  const where = place === null ? '' : `${formatPlace(place)}  `;
  return `${where}${code}  ${message}${help === null ? '' : `\n  help: ${help}`}`;
}
