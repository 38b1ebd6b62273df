import type { TenantClient } from './tenant-client.ts';
import { TenantError } from './tenant-client.ts';

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

export interface TenantAccount {
  readonly id: string;
  /** The accounts behind it, each with the address that its own connection knows; several where accounts are linked. */
  readonly identities: readonly { readonly connection: string; readonly email: string; readonly verified: boolean }[];
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

/** Who holds a role: how many people, and the ids of a hundred of them at most. */
export interface RoleHolders {
  readonly total: number;
  readonly ids: readonly string[];
}

/** Who holds a role. One call, however many they are. */
export async function readHolders(client: TenantClient, roleId: string): Promise<RoleHolders> {
  const path = `/roles/${encodeURIComponent(roleId)}/users?page=0&per_page=${pageSize}&include_totals=true`;
  const { total, users } = (await client.get(path)) as { total: number; users: readonly { user_id: string }[] };
  return { total, ids: users.map((user) => user.user_id) };
}

/** The accounts with one of these addresses, each once; the tenant tells capitals apart. One call for each address. */
export async function readAccounts(
  client: TenantClient,
  addresses: readonly string[],
): Promise<readonly TenantAccount[]> {
  const accounts = new Map<string, TenantAccount>();
  for (const address of addresses) {
    const fields = 'fields=user_id%2Cemail%2Cemail_verified%2Cidentities&include_fields=true';
    const found = await client.get(`/users-by-email?email=${encodeURIComponent(address)}&${fields}`);
    for (const user of found as readonly UserAnswer[]) accounts.set(user.user_id, accountIn(user));
  }
  return [...accounts.values()];
}

/** Whether there is an account of this id. One call. */
export async function hasAccount(client: TenantClient, id: string): Promise<boolean> {
  try {
    await client.get(`/users/${encodeURIComponent(id)}?fields=user_id&include_fields=true`);
    return true;
  } catch (error) {
    if (error instanceof TenantError && error.message.startsWith('404 ')) return false;
    throw error;
  }
}

interface AddressAnswer {
  readonly email?: string;
  readonly email_verified?: boolean;
}

interface UserAnswer extends AddressAnswer {
  readonly user_id: string;
  readonly identities?: readonly { readonly connection: string; readonly profileData?: AddressAnswer }[];
}

/** The address of the user is the one of its first identity; those that were linked to it have their own. */
function accountIn(user: UserAnswer): TenantAccount {
  const identities = (user.identities ?? []).map(({ connection, profileData = {} }, index) => {
    const { email = '', email_verified: verified } = index === 0 ? user : profileData;
    return { connection, email, verified: verified === true };
  });
  return { id: user.user_id, identities };
}
