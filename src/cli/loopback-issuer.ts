import type { Environment } from '../model/definitions.ts';
import { isOwnMachine } from '../model/link/tenant-form.ts';

/** Who issues the tokens of a loopback tenant, by the variables: its port is in no file. Null where they say nothing of it. */
export function loopbackIssuer(
  { target, tenant }: Pick<Environment, 'target' | 'tenant'>,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  if (target === 'auth0') return env.AUTH0_DOMAIN ? `https://${env.AUTH0_DOMAIN}/` : null;
  const server = URL.parse(env.KEYCLOAK_URL ?? '');
  if (server === null || !isOwnMachine(server.hostname)) return null;
  // Keycloak names itself as it is asked; what its paths begin with stands in the tenant too.
  return `${server.origin}${tenant.slice('loopback'.length)}`;
}
