import type { EnvironmentDraft } from '../../adopt/documents.ts';
import type { Environment, Purpose, TargetName } from '../../model/definitions.ts';
import { isLoopback, isOwnMachine, tenantProblem } from '../../model/link/tenant-form.ts';
import { domainOf } from '../../targets/auth0/tenant-domain.ts';
import type { Host } from '../host.ts';
import type { Outcome } from '../outcome.ts';
import { failure } from '../outcome.ts';

interface SaidOfEnvironment {
  readonly purpose?: Purpose | undefined;
  readonly target?: TargetName | undefined;
  readonly tenant?: string | undefined;
}

/**
 * The environment that a tenant is adopted into: the declared one, or what is said of a new one. The target and the domain are
 * those of the variables; which realm of a server is meant, and what a tenant is for, nobody can see from outside.
 */
export function environmentDraft(
  { env }: Pick<Host, 'env'>,
  name: string,
  declared: Environment | null,
  said: SaidOfEnvironment,
): EnvironmentDraft | Outcome {
  if (declared !== null) {
    const { purpose, target, tenant } = declared;
    return { name, purpose, target, tenant };
  }
  const target = said.target ?? targetOfTenant(said.tenant) ?? targetOfVariables(env);
  if (target === null) {
    const help = 'say it with --target auth0 or keycloak';
    return failure(`AUTH0_DOMAIN and KEYCLOAK_URL are both set, and nothing says which is meant for ${name}`, help);
  }
  const written = said.tenant ?? (target === 'auth0' ? domainOf(env) : null);
  if (written === null) {
    const undeclared = `environment ${name} is not declared, and nothing says which`;
    return target === 'auth0'
      ? failure(`${undeclared} tenant it belongs to`, 'set AUTH0_DOMAIN, or name it with --tenant')
      : failure(`${undeclared} realm it belongs to`, `name it with --tenant ${serverOf(env)}/realms/REALM`);
  }
  const problem = tenantProblem(target, written);
  // An address as it is pasted says what is meant.
  const tenant = problem === null ? written : problem.suggestion;
  if (tenant === null) {
    const form =
      target === 'auth0' ? 'a domain, acme.eu.auth0.com' : 'a server and a realm, sso.example.com/realms/acme';
    return failure(`"${written}" is no tenant with --target ${target}`, `name it as ${form}, or loopback likewise`);
  }
  const purpose = said.purpose ?? (isLoopback(tenant) ? 'development' : null);
  if (purpose !== null) return { name, purpose, target, tenant };
  const help = 'say it with --purpose development, staging or production';
  return failure(`environment ${name} is not declared, and nothing says what it is for`, help);
}

/** Whether there is an environment, or a reason why not. */
export function isDraft(draft: EnvironmentDraft | Outcome): draft is EnvironmentDraft {
  return 'tenant' in draft;
}

function targetOfTenant(tenant: string | undefined): TargetName | null {
  if (tenant === undefined) return null;
  return tenant.includes('/realms/') ? 'keycloak' : 'auth0';
}

/** Null where there are variables of both. */
function targetOfVariables(env: Host['env']): TargetName | null {
  if (!env.KEYCLOAK_URL) return 'auth0';
  return env.AUTH0_DOMAIN ? null : 'keycloak';
}

/** The server of KEYCLOAK_URL as a tenant says it. */
function serverOf({ KEYCLOAK_URL = '' }: Host['env']): string {
  const server = URL.parse(KEYCLOAK_URL);
  if (server === null) return 'SERVER';
  const host = isOwnMachine(server.hostname) ? 'loopback' : server.host;
  return `${host}${server.pathname.replace(/\/+$/u, '')}`;
}
