import { byCodePoint } from '../../language/source.ts';
import type { ObservedApi, ObservedGrant } from '../../model/observed-state.ts';
import type { TenantClient } from './tenant-client.ts';
import { TenantError } from './tenant-client.ts';

export interface TenantRole {
  readonly id: string;
  readonly name: string;
  readonly description: string;
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

/** The APIs that the tenant has of these identifiers, sorted by them: one call for each ten. */
export async function readApis(client: TenantClient, identifiers: readonly string[]): Promise<readonly ObservedApi[]> {
  const apis: ObservedApi[] = [];
  for (let start = 0; start < identifiers.length; start += identifiersPerCall) {
    const wanted = identifiers.slice(start, start + identifiersPerCall);
    const query = wanted.map((identifier) => `identifiers=${encodeURIComponent(identifier)}`).join('&');
    const path = `/resource-servers?${query}&per_page=${pageSize}&include_totals=true`;
    const { resource_servers: found } = (await client.get(path)) as ApisAnswer;
    // A server that does not know the filter lists all.
    apis.push(...found.map(apiIn).filter(({ audience }) => wanted.includes(audience)));
  }
  return apis.toSorted((a, b) => byCodePoint(a.audience, b.audience));
}

/** All APIs of the tenant, sorted by identifier: one call for each hundred. */
export async function readAllApis(client: TenantClient): Promise<readonly ObservedApi[]> {
  const apis: ObservedApi[] = [];
  for (let page = 0; ; page += 1) {
    const path = `/resource-servers?page=${page}&per_page=${pageSize}&include_totals=true`;
    const { resource_servers: found, total } = (await client.get(path)) as ApisAnswer;
    apis.push(...found.map(apiIn));
    if (found.length === 0 || apis.length >= total) return apis.toSorted((a, b) => byCodePoint(a.audience, b.audience));
  }
}

/** What a role may do, on all APIs, sorted by audience and scope: one call for each hundred, and one where there is nothing. */
export async function readGrants(client: TenantClient, roleId: string): Promise<readonly ObservedGrant[]> {
  const grants: ObservedGrant[] = [];
  for (let page = 0; ; page += 1) {
    const path = `/roles/${encodeURIComponent(roleId)}/permissions?page=${page}&per_page=${pageSize}&include_totals=true`;
    const { permissions, total } = (await client.get(path)) as {
      permissions: readonly { permission_name: string; resource_server_identifier: string }[];
      total: number;
    };
    grants.push(
      ...permissions.map((one) => ({ audience: one.resource_server_identifier, scope: one.permission_name })),
    );
    if (permissions.length === 0 || grants.length >= total) {
      return grants.toSorted((a, b) => byCodePoint(a.audience, b.audience) || byCodePoint(a.scope, b.scope));
    }
  }
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

interface ApisAnswer {
  readonly resource_servers: readonly {
    readonly id: string;
    readonly identifier: string;
    readonly name?: string;
    readonly is_system?: boolean;
    readonly enforce_policies?: boolean;
    readonly token_dialect?: string;
    readonly token_lifetime?: number;
    readonly scopes?: readonly { readonly value: string; readonly description?: string | null }[];
  }[];
  readonly total: number;
}

function apiIn(answer: ApisAnswer['resource_servers'][number]): ObservedApi {
  const scopes = (answer.scopes ?? []).map(({ value, description }) => ({ value, description: description ?? '' }));
  return {
    id: answer.id,
    audience: answer.identifier,
    title: answer.name ?? '',
    system: answer.is_system === true,
    enforced: answer.enforce_policies === true && answer.token_dialect?.endsWith('_authz') === true,
    tokenLifetimeSeconds: answer.token_lifetime ?? null,
    scopes: scopes.toSorted((a, b) => byCodePoint(a.value, b.value)),
  };
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
