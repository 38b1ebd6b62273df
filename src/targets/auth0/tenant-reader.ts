import { byCodePoint } from '../../language/source.ts';
import type { ObservedIdentity } from '../../model/observed-people.ts';
import type { ObservedApi, ObservedGrant } from '../../model/observed-state.ts';
import type { RoleHolders, TenantAccount, TenantRole } from '../../stack/tenant.ts';
import type { TenantClient } from './tenant-client.ts';
import { pageSize, readNumbered, unlessGone } from './tenant-lists.ts';

/** The API's own limit on identifiers in one list. */
const identifiersPerCall = 10;

/** All roles of the tenant: one call for each hundred, and one where there are none. */
export async function readRoles(client: TenantClient): Promise<readonly TenantRole[]> {
  const { entries } = await readNumbered<RoleAnswer>(client, '/roles?', 'roles');
  return entries.map(({ id, name, description }) => ({ id, name, description: description ?? '' }));
}

/** The APIs that the tenant has of these identifiers, sorted by them: one call for each ten. */
export async function readApis(client: TenantClient, identifiers: readonly string[]): Promise<readonly ObservedApi[]> {
  const apis: ObservedApi[] = [];
  for (let start = 0; start < identifiers.length; start += identifiersPerCall) {
    const wanted = identifiers.slice(start, start + identifiersPerCall);
    const query = wanted.map((identifier) => `identifiers=${encodeURIComponent(identifier)}`).join('&');
    const path = `/resource-servers?${query}&per_page=${pageSize}&include_totals=true`;
    const { resource_servers: found } = (await client.get(path)) as { resource_servers: readonly ApiAnswer[] };
    // A server that does not know the filter lists all.
    apis.push(...found.map(apiIn).filter(({ audience }) => wanted.includes(audience)));
  }
  return apis.toSorted((a, b) => byCodePoint(a.audience, b.audience));
}

/** All APIs of the tenant, sorted by identifier: one call for each hundred. */
export async function readAllApis(client: TenantClient): Promise<readonly ObservedApi[]> {
  const { entries } = await readNumbered<ApiAnswer>(client, '/resource-servers?', 'resource_servers');
  return entries.map(apiIn).toSorted((a, b) => byCodePoint(a.audience, b.audience));
}

/** What a role may do, on all APIs, sorted by audience and scope: one call for each hundred, and one where there is nothing. */
export async function readGrants(client: TenantClient, roleId: string): Promise<readonly ObservedGrant[]> {
  const path = `/roles/${encodeURIComponent(roleId)}/permissions?`;
  return grantsIn((await readNumbered<PermissionAnswer>(client, path, 'permissions')).entries);
}

/** Permissions as lists show them. */
export interface PermissionAnswer {
  readonly permission_name: string;
  readonly resource_server_identifier: string;
}

/** Sorted by audience, then by scope. */
export function grantsIn(permissions: readonly PermissionAnswer[]): readonly ObservedGrant[] {
  return permissions
    .map((one) => ({ audience: one.resource_server_identifier, scope: one.permission_name }))
    .toSorted((a, b) => byCodePoint(a.audience, b.audience) || byCodePoint(a.scope, b.scope));
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
  const path = `/users/${encodeURIComponent(id)}?fields=user_id&include_fields=true`;
  return (await unlessGone(client.get(path))) !== null;
}

interface RoleAnswer {
  readonly id: string;
  readonly name: string;
  readonly description?: string | null;
}

interface ApiAnswer {
  readonly id: string;
  readonly identifier: string;
  readonly name?: string;
  readonly is_system?: boolean;
  readonly enforce_policies?: boolean;
  readonly token_dialect?: string;
  readonly token_lifetime?: number;
  readonly scopes?: readonly { readonly value: string; readonly description?: string | null }[];
}

function apiIn(answer: ApiAnswer): ObservedApi {
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
  readonly email?: string | null;
  readonly email_verified?: boolean;
}

/** An account with those that are linked to it. */
export interface UserAnswer extends AddressAnswer {
  readonly user_id: string;
  readonly identities?: readonly { readonly connection: string; readonly profileData?: AddressAnswer }[];
}

function accountIn(user: UserAnswer): TenantAccount {
  return { id: user.user_id, identities: identitiesIn(user) };
}

/** The address of the user is the one of its first identity; those that were linked to it have their own. */
export function identitiesIn(user: UserAnswer): readonly ObservedIdentity[] {
  return (user.identities ?? []).map(({ connection, profileData = {} }, index) => {
    const { email, email_verified: verified } = index === 0 ? user : profileData;
    return { connection, email: email ?? '', verified: verified === true };
  });
}
