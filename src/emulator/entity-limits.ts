import type { HTTPException } from 'hono/http-exception';
import { apiError } from './errors.ts';

/** How many of a thing a tenant may hold (management-api.md 4.1). */
export interface EntityLimits {
  readonly roles: number;
  readonly resourceServers: number;
  readonly scopesPerResourceServer: number;
  readonly permissionsPerRole: number;
  readonly permissionsPerUser: number;
  readonly rolesPerUser: number;
  readonly rolesPerMember: number;
  readonly actions: number;
  readonly actionsPerTrigger: number;
  readonly versionsPerAction: number;
  readonly secretsPerAction: number;
  readonly dependenciesPerAction: number;
  readonly organizations: number;
  readonly membersPerOrganization: number;
}

/** Those of an enterprise tenant, the widest there are. */
export const enterpriseLimits: EntityLimits = {
  roles: 1000,
  resourceServers: 100_000,
  scopesPerResourceServer: 1000,
  permissionsPerRole: 1000,
  permissionsPerUser: 1000,
  rolesPerUser: 50,
  rolesPerMember: 50,
  actions: 100,
  actionsPerTrigger: 20,
  versionsPerAction: 50,
  secretsPerAction: 30,
  dependenciesPerAction: 10,
  organizations: 100_000,
  membersPerOrganization: 100_000,
};

/** 403 for a limit of the whole tenant; the text is Auth0's own (OpenAPI, POST /resource-servers), the code is unknown. */
export function entityLimitError(): HTTPException {
  return apiError(403, 'You reached the limit of entities of this type for this tenant.');
}
