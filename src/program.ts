import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getRootDirectory, getStack, RunError } from '@pulumi/pulumi';
import type { Diagnostic } from './language/diagnostic.ts';
import { hasErrors } from './language/diagnostic.ts';
import { loadRepository } from './language/load-repository.ts';
import { formatPlace } from './language/source.ts';
import { buildRepository } from './pipeline.ts';
import { lower } from './targets/auth0/lower.ts';
import { register } from './targets/auth0/register.ts';
import { checkTenant } from './targets/auth0/tenant-domain.ts';

/**
 * The program of plain `pulumi preview` and `pulumi up`: YAML → desired state of the environment named like the stack →
 * Auth0. Nothing is registered unless all of it is right. What plain Pulumi does not do, `rolewright up` does: guards,
 * scopes that go in two steps, and adoption after a crash.
 */
const root = getRootDirectory() || findRoot(process.cwd());
const [desired, building] = buildRepository(await loadRepository(root), getStack());
const diagnostics = desired === null ? building : [...building, ...checkTenant(desired.environment, process.env)];
if (desired === null || hasErrors(diagnostics)) {
  throw new RunError(
    diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(format)
      .join('\n'),
  );
}

export const { roleIds, audiences, modelDigest } = register(lower(desired));

/** For language hosts that do not say where the project is: they start the program in the folder of its main file. */
function findRoot(folder: string): string {
  if (existsSync(join(folder, 'Pulumi.yaml')) || dirname(folder) === folder) return folder;
  return findRoot(dirname(folder));
}

function format({ code, place, message, help }: Diagnostic): string {
  const where = place === null ? '' : `${formatPlace(place)}  `;
  return `${where}${code}  ${message}${help === null ? '' : `\n  help: ${help}`}`;
}
