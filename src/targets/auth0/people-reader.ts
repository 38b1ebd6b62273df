import { byCodePoint } from '../../language/source.ts';
import type { ObservedIdentity } from '../../model/observed-people.ts';
import type { ObservedGrant } from '../../model/observed-state.ts';
import type { TenantClient } from './tenant-client.ts';
import { pagesByCheckpoint, readNumbered, unlessGone } from './tenant-lists.ts';
import type { PermissionAnswer, UserAnswer } from './tenant-reader.ts';
import { grantsIn, identitiesIn } from './tenant-reader.ts';

/** A person as lists show them. */
export interface ListedPerson {
  readonly id: string;
  readonly email: string | null;
}

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

/** A whole list by checkpoint; what somebody deletes meanwhile ends it. */
async function readOn<Answer, Item>(
  client: TenantClient,
  path: string,
  key: string,
  itemIn: (answer: Answer) => Item,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  const readAll = async () => {
    for await (const page of pagesByCheckpoint<Answer>(client, path, key)) items.push(...page.map(itemIn));
  };
  await unlessGone(readAll());
  return items;
}

/** The users of a tenant, as far as they are listed, and how many there are in all: one call for each hundred, ten at most. */
export async function readUsers(
  client: TenantClient,
): Promise<{ readonly users: readonly ListedPerson[]; readonly total: number }> {
  const path = '/users?sort=created_at%3A1&fields=user_id%2Cemail&include_fields=true&';
  const { entries, total } = await readNumbered<PersonAnswer>(client, path, 'users', listedUsers);
  return { users: entries.map(personIn), total };
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
  const { blocked, app_metadata: appMetadata = null } = answer;
  return { ...personIn(answer), blocked: blocked === true, identities: identitiesIn(answer), appMetadata };
}

/** What a person holds without a role, on all APIs: one call for each hundred, and one where there is nothing. */
export async function readDirectPermissions(client: TenantClient, userId: string): Promise<readonly ObservedGrant[]> {
  const path = `/users/${encodeURIComponent(userId)}/permissions?`;
  const held = await unlessGone(readNumbered<SourcedPermission>(client, path, 'permissions'));
  // The list may name those that come by roles too, and says of each where it comes from.
  const direct = (held?.entries ?? []).filter(({ sources = [unnamed] }) =>
    sources.some(({ source_type: type }) => type === 'DIRECT'),
  );
  return grantsIn(direct);
}

/** A tenant that does not say where a permission comes from lists none but the direct ones. */
const unnamed = { source_type: 'DIRECT' };

interface PersonAnswer {
  readonly user_id: string;
  readonly email?: string | null;
}

interface ProfileAnswer extends UserAnswer {
  readonly blocked?: boolean;
  readonly app_metadata?: unknown;
}

interface SourcedPermission extends PermissionAnswer {
  readonly sources?: readonly { readonly source_type?: string }[];
}

function personIn({ user_id: id, email }: PersonAnswer): ListedPerson {
  return { id, email: email ?? null };
}
