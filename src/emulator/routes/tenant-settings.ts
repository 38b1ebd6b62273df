import { Hono } from 'hono';
import { anyScope } from '../authentication.ts';
import { defaultDirectory } from '../password-sign-in.ts';
import { answer } from '../request.ts';
import type { EmulatorEnv, Tenant } from '../tenant.ts';

/** `/tenants/settings`, to be read only: enough to tell one tenant from another. */
export function tenantSettingsRoutes({ domain }: Tenant): Hono<EmulatorEnv> {
  return new Hono<EmulatorEnv>().get('/tenants/settings', anyScope('read:tenant_settings'), (context) =>
    answer(context, {
      friendly_name: `Loopback tenant ${domain}`,
      enabled_locales: ['en'],
      flags: {},
      sandbox_version: '22',
      default_directory: defaultDirectory,
    }),
  );
}
