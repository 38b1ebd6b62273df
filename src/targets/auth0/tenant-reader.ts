import type { TenantClient } from './tenant-client.ts';

export interface TenantRole {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface TenantApi {
  readonly id: string;
  readonly identifier: string;
  readonly name: string;
  /** Names of the scopes that it offers. */
  readonly scopes: readonly string[];
}

const pageSize = 100;
/** The API's own limit on identifiers in one list. */
const identifiersPerCall = 10;

/** All roles of the tenant: one call for each hundred, and one where there are none. */
export async function readRoles(client: TenantClient): Promise<readonly TenantRole[]> {
  const roles: TenantRole[] = [];
  for (let page = 0; ; page += 1) {
    const answer = (await client.get(`/roles?page=${page}&per_page=${pageSize}&include_totals=true`)) as {
      roles: readonly { id: string; name: string; description?: string | null }[];
      total: number;
    };
    roles.push(...answer.roles.map(({ id, name, description }) => ({ id, name, description: description ?? '' })));
    if (answer.roles.length === 0 || roles.length >= answer.total) return roles;
  }
}

/** The APIs that the tenant has of these identifiers: one call for each ten. */
export async function readApis(client: TenantClient, identifiers: readonly string[]): Promise<readonly TenantApi[]> {
  const apis: TenantApi[] = [];
  for (let start = 0; start < identifiers.length; start += identifiersPerCall) {
    const wanted = identifiers.slice(start, start + identifiersPerCall);
    const query = wanted.map((identifier) => `identifiers=${encodeURIComponent(identifier)}`).join('&');
    const answer = (await client.get(`/resource-servers?${query}&per_page=${pageSize}&include_totals=true`)) as {
      resource_servers: readonly { id: string; identifier: string; name?: string; scopes?: { value: string }[] }[];
    };
    apis.push(
      ...answer.resource_servers
        // A server that does not know the filter lists all.
        .filter(({ identifier }) => wanted.includes(identifier))
        .map(({ id, identifier, name = '', scopes = [] }) => ({
          id,
          identifier,
          name,
          scopes: scopes.map(({ value }) => value),
        })),
    );
  }
  return apis;
}

/** How many people hold a role. One call. */
export async function countHolders(client: TenantClient, roleId: string): Promise<number> {
  const path = `/roles/${encodeURIComponent(roleId)}/users?page=0&per_page=1&include_totals=true`;
  const { total } = (await client.get(path)) as { total: number };
  return total;
}
