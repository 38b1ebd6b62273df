import type { Diagnostic } from '../../language/diagnostic.ts';
import { diagnostic } from '../../language/diagnostic.ts';
import type { DesiredEnvironment } from '../../model/desired-state.ts';
import { isOwnMachine } from '../../model/link/tenant-form.ts';

/**
 * Refuses a run whose AUTH0_* variables do not belong to the environment's tenant, or hold no credentials. The tenant
 * `loopback` is 127.0.0.1 or localhost at any port, and nothing else is.
 */
export function checkTenant(
  environment: Pick<DesiredEnvironment, 'name' | 'tenant'>,
  env: Readonly<Record<string, string | undefined>>,
): readonly Diagnostic[] {
  const { name, tenant } = environment;
  const domain = domainOf(env);
  if (domain === null) {
    const help =
      tenant === 'loopback'
        ? 'start one with `rolewright emulator` and paste what it prints'
        : `set AUTH0_DOMAIN=${tenant}`;
    return [diagnostic('RW6101', null, { variable: 'AUTH0_DOMAIN', tenant }, { help })];
  }
  const matches = tenant === 'loopback' ? isOwnMachine(domain) : domain === tenant.toLowerCase();
  if (!matches) {
    const help = 'use the credentials of that tenant, or another --stack';
    return [diagnostic('RW6102', null, { variable: 'AUTH0_DOMAIN', domain, environment: name, tenant }, { help })];
  }
  const machine = env.AUTH0_CLIENT_ID && (env.AUTH0_CLIENT_SECRET || env.AUTH0_CLIENT_ASSERTION_PRIVATE_KEY);
  if (env.AUTH0_API_TOKEN || machine) return [];
  const help = 'set AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_API_TOKEN';
  return [diagnostic('RW6103', null, { domain }, { help })];
}

/** The domain that the provider will call, as it reads it: without a scheme, in lower case; null if there is none. */
export function domainOf(env: Readonly<Record<string, string | undefined>>): string | null {
  const domain = (env.AUTH0_DOMAIN ?? '').trim().toLowerCase();
  return domain === '' ? null : domain.replace(/^https?:\/\//, '').replace(/\/+$/, '');
}
