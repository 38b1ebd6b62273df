import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { getRootDirectory, getStack, RunError } from '@pulumi/pulumi';
import type { Diagnostic } from './language/diagnostic.ts';
import { hasErrors } from './language/diagnostic.ts';
import { loadRepository } from './language/load-repository.ts';
import { formatPlace } from './language/source.ts';
import { buildRepository } from './pipeline.ts';
import { accountsOfProgram } from './stack/accounts-of-program.ts';
import type { StackOutputs } from './stack/target.ts';
import { tellOfRemovals } from './stack/told-of-removal.ts';
import { targetOf } from './target-of.ts';

export type {
  DesiredApplication,
  DesiredEnvironment,
  DesiredHolder,
  DesiredProvisioning,
  DesiredRole,
  DesiredScope,
  DesiredState,
} from './model/desired-state.ts';
export type { Pins } from './stack/accounts.ts';
export type { Adoption } from './stack/adoption.ts';
export { noAdoption } from './stack/adoption.ts';
export { logicalName } from './stack/logical-name.ts';
export type { LoweredApplication, LoweredHolder, LoweredRole, LoweredState } from './stack/lowered-state.ts';
export type { StackOutputs } from './stack/target.ts';
export { Application, Role } from './targets/auth0/components.ts';
export { lower } from './targets/auth0/lower.ts';
export { register } from './targets/auth0/register.ts';

export interface StackOptions {
  /** The root of the repository; the folder of Pulumi.yaml, unless given. */
  readonly root?: string;
}

/**
 * The whole of a stack, for a Pulumi program of one's own: YAML → desired state of the environment named like the
 * stack → identity provider. Nothing is registered unless all of it is right. What plain Pulumi does not do, `rolewright up` does:
 * guards, scopes that go in two steps, and adoption after a crash; where a scope goes that a role holds, this warns. People
 * who are declared by address are looked up at each start.
 *
 * @throws RunError with every error in the documents, or if the variables are not those of the tenant, or it does not have
 *   the people
 */
export async function registerStack({ root }: StackOptions = {}): Promise<StackOutputs> {
  const repository = await loadRepository(root ?? findRoot(resolve(getRootDirectory())));
  const [desired, building] = buildRepository(repository, getStack());
  if (desired === null) throw refused(building);
  const target = await targetOf(desired.environment);
  const diagnostics = [...building, ...target.checkTenant(desired.environment, process.env)];
  if (hasErrors(diagnostics)) throw refused(diagnostics);
  const [accounts, unknownPeople] = await accountsOfProgram(target, desired, process.env);
  if (accounts === null) throw refused(unknownPeople);
  const lowered = target.lower(desired, accounts, process.env);
  await tellOfRemovals(target, lowered);
  return target.register(lowered, {});
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
