import { byCodePoint } from '../../language/source.ts';
import type { ObservedIdentity } from '../../model/observed-people.ts';
import type { ObservedGrant } from '../../model/observed-state.ts';
import type { TenantClient } from './tenant-client.ts';
import { TenantError } from './tenant-client.ts';

/** A person as lists show them. */
export interface ListedPerson {
  readonly id: string;
  readonly email: string | null;
}

const pageSize = 100;
/** How far a list of users may be read; the API has no way beyond it but an export. */
const listedUsers = 1000;

/** Everybody who holds a role, however many: one call for each hundred, and one where there is nobody. */
export function readRoleUsers(client: TenantClient, roleId: string): Promise<readonly ListedPerson[]> {
  return readOn(client, `/roles/${encodeURIComponent(roleId)}/users?`, 'users', personIn);
}

/** The organizations of a tenant: one call for each hundred, and one where there are none. */
export function readOrganizations(
  client: TenantClient,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return readOn(client, '/organizations?', 'organizations', ({ id, name }: { id: string; name: string }) => ({
    id,
    name,
  }));
}

/** The members of an organization with the roles that they hold there: one call for each hundred, and one more. */
export function readMembers(
  client: TenantClient,
  organizationId: string,
): Promise<readonly (ListedPerson & { readonly roles: readonly string[] })[]> {
  const fields = 'fields=user_id%2Cemail%2Croles&include_fields=true';
  const path = `/organizations/${encodeURIComponent(organizationId)}/members?${fields}&`;
  return readOn(client, path, 'members', (member: PersonAnswer & { roles?: readonly { id: string }[] }) => ({
    ...personIn(member),
    roles: (member.roles ?? []).map(({ id }) => id).toSorted(byCodePoint),
  }));
}

/** A list by checkpoint: there is more as long as the answer says where to go on. */
async function readOn<Answer, Item>(
  client: TenantClient,
  path: string,
  key: string,
  itemIn: (answer: Answer) => Item,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let from: string | null = null; ; ) {
    const where: string = from === null ? '' : `&from=${encodeURIComponent(from)}`;
    const answer = (await unlessGone(client.get(`${path}take=${pageSize}${where}`))) as Record<string, unknown> | null;
    if (answer === null) return items;
    const found = answer[key] as readonly Answer[];
    items.push(...found.map(itemIn));
    const next = answer.next as string | undefined;
    if (next === undefined || next === '' || found.length === 0) return items;
    from = next;
  }
}

/** The users of a tenant, as far as they are listed, and how many there are in all: one call for each hundred, ten at most. */
export async function readUsers(
  client: TenantClient,
): Promise<{ readonly users: readonly ListedPerson[]; readonly total: number }> {
  const users: ListedPerson[] = [];
  const query = `per_page=${pageSize}&include_totals=true&sort=created_at%3A1&fields=user_id%2Cemail&include_fields=true`;
  for (let page = 0; ; page += 1) {
    const { users: found, total } = (await client.get(`/users?page=${page}&${query}`)) as {
      users: readonly PersonAnswer[];
      total: number;
    };
    users.push(...found.map(personIn));
    if (found.length === 0 || users.length >= Math.min(total, listedUsers)) return { users, total };
  }
}

/** An account as it is known by itself. */
export interface TenantProfile extends ListedPerson {
  readonly blocked: boolean;
  readonly identities: readonly ObservedIdentity[];
  readonly appMetadata: unknown;
}

/** An account; null where there is none of this id, or none any more. One call. */
export async function readProfile(client: TenantClient, id: string): Promise<TenantProfile | null> {
  const fields = ['user_id', 'email', 'email_verified', 'identities', 'blocked', 'app_metadata'].join('%2C');
  const path = `/users/${encodeURIComponent(id)}?fields=${fields}&include_fields=true`;
  const answer = (await unlessGone(client.get(path))) as ProfileAnswer | null;
  if (answer === null) return null;
  const { blocked, identities = [], app_metadata: appMetadata = null } = answer;
  return {
    ...personIn(answer),
    blocked: blocked === true,
    // The address of the user is the one of its first identity; those that were linked to it have their own.
    identities: identities.map(({ connection, profileData = {} }, index) => {
      const { email, email_verified: verified } = index === 0 ? answer : profileData;
      return { connection, email: email ?? '', verified: verified === true };
    }),
    appMetadata,
  };
}

/** What a person holds without a role, on all APIs: one call for each hundred, and one where there is nothing. */
export async function readDirectPermissions(client: TenantClient, userId: string): Promise<readonly ObservedGrant[]> {
  const grants: ObservedGrant[] = [];
  for (let page = 0, seen = 0; ; page += 1) {
    const path = `/users/${encodeURIComponent(userId)}/permissions?page=${page}&per_page=${pageSize}&include_totals=true`;
    const answer = (await unlessGone(client.get(path))) as PermissionsAnswer | null;
    if (answer === null) return [];
    // The list may name those that come by roles too, and says of each where it comes from.
    const direct = answer.permissions.filter(({ sources = [unnamed] }) =>
      sources.some(({ source_type: type }) => type === 'DIRECT'),
    );
    grants.push(...direct.map((one) => ({ audience: one.resource_server_identifier, scope: one.permission_name })));
    seen += answer.permissions.length;
    if (answer.permissions.length === 0 || seen >= answer.total) {
      return grants.toSorted((a, b) => byCodePoint(a.audience, b.audience) || byCodePoint(a.scope, b.scope));
    }
  }
}

/** A tenant that does not say where a permission comes from lists none but the direct ones. */
const unnamed = { source_type: 'DIRECT' };

interface PersonAnswer {
  readonly user_id: string;
  readonly email?: string | null;
}

interface AddressAnswer {
  readonly email?: string | null;
  readonly email_verified?: boolean;
}

interface ProfileAnswer extends PersonAnswer, AddressAnswer {
  readonly email?: string | null;
  readonly blocked?: boolean;
  readonly identities?: readonly { readonly connection: string; readonly profileData?: AddressAnswer }[];
  readonly app_metadata?: unknown;
}

interface PermissionsAnswer {
  readonly permissions: readonly {
    readonly permission_name: string;
    readonly resource_server_identifier: string;
    readonly sources?: readonly { readonly source_type?: string }[];
  }[];
  readonly total: number;
}

function personIn({ user_id: id, email }: PersonAnswer): ListedPerson {
  return { id, email: email ?? null };
}

/** What somebody deletes while it is being read is not there. */
async function unlessGone(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof TenantError && error.message.startsWith('404 ')) return null;
    throw error;
  }
}
