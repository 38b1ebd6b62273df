import type { Context } from 'hono';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { authenticate } from './authentication.ts';
import type { CallLog } from './calls.ts';
import { apiError } from './errors.ts';
import type { FaultQueue } from './faults.ts';
import type { RateLimiter } from './rate-limit.ts';
import { limitRate } from './rate-limit.ts';
import { recordAndDisturb } from './record-and-disturb.ts';
import { actionsRoutes } from './routes/actions.ts';
import { authorizeRoutes } from './routes/authorize.ts';
import { clientGrantsRoutes } from './routes/client-grants.ts';
import { clientsRoutes } from './routes/clients.ts';
import { organizationMembersRoutes } from './routes/organization-members.ts';
import { organizationsRoutes } from './routes/organizations.ts';
import { resourceServersRoutes } from './routes/resource-servers.ts';
import { rolePermissionsRoutes } from './routes/role-permissions.ts';
import { roleUsersRoutes } from './routes/role-users.ts';
import { rolesRoutes } from './routes/roles.ts';
import { tenantSettingsRoutes } from './routes/tenant-settings.ts';
import { tokenRoutes } from './routes/token.ts';
import { triggerBindingsRoutes } from './routes/trigger-bindings.ts';
import { userEffectiveRoutes } from './routes/user-effective.ts';
import { userPermissionsRoutes } from './routes/user-permissions.ts';
import { userRolesRoutes } from './routes/user-roles.ts';
import { usersRoutes } from './routes/users.ts';
import { wellKnownRoutes } from './routes/well-known.ts';
import type { Store } from './store.ts';
import type { EmulatorEnv, Tenant } from './tenant.ts';

/** One function per resource of the Management API; another resource is another line. */
const managementRoutes: readonly ((tenant: Tenant) => Hono<EmulatorEnv>)[] = [
  rolesRoutes,
  rolePermissionsRoutes,
  roleUsersRoutes,
  resourceServersRoutes,
  usersRoutes,
  userRolesRoutes,
  userPermissionsRoutes,
  userEffectiveRoutes,
  actionsRoutes,
  triggerBindingsRoutes,
  organizationsRoutes,
  organizationMembersRoutes,
  clientsRoutes,
  clientGrantsRoutes,
  tenantSettingsRoutes,
];

export interface AppParts {
  readonly tenant: Tenant;
  /** The tenant's store without its last writes. */
  readonly storeBefore: (writes: number) => Store;
  readonly callLog: CallLog;
  readonly faults: FaultQueue;
  readonly takeToken: RateLimiter;
  /** Aborted by `stop()`: delays end, and nothing is done any more. */
  readonly stopped: AbortSignal;
}

/**
 * The whole service. Each call passes, from the outside in: the call log and its fault, the rate limit, authentication, the
 * scope of its route, the validation of its body.
 */
export function createApp({ tenant, storeBefore, callLog, faults, takeToken, stopped }: AppParts): Hono<EmulatorEnv> {
  const answerStale = (context: Context<EmulatorEnv>, writes: number): Promise<Response> =>
    Promise.resolve(managementApi({ ...tenant, store: storeBefore(writes) }).fetch(context.req.raw, context.env));
  return plainApp()
    .use('*', recordAndDisturb({ callLog, faults, answerStale, stopped }))
    .use('/api/v2/*', limitRate(takeToken))
    .use('/oauth/token', limitRate(takeToken))
    .route('/', managementApi(tenant))
    .route('/', authorizeRoutes(tenant))
    .route('/', tokenRoutes(tenant))
    .route('/', wellKnownRoutes(tenant));
}

/** The Management API of a tenant, without its limits and faults. */
function managementApi(tenant: Tenant): Hono<EmulatorEnv> {
  const api = plainApp().use('/api/v2/*', authenticate(tenant.tokens));
  for (const routes of managementRoutes) {
    api.route('/api/v2', routes(tenant));
  }
  return api;
}

function plainApp(): Hono<EmulatorEnv> {
  // The raw path, so that an encoded slash in an identifier does not split it; parameters are decoded one by one.
  const app = new Hono<EmulatorEnv>({ getPath: (request) => new URL(request.url).pathname });
  app.onError((error) => {
    if (error instanceof HTTPException) {
      return error.getResponse();
    }
    console.error(error);
    return apiError(500, 'Internal error').getResponse();
  });
  app.notFound(() => apiError(404, 'Not Found').getResponse());
  return app;
}
