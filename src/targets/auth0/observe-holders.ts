import type { TenantClient } from './tenant-client.ts';

const pageSize = 100;

/**
 * Which of these people hold a role. One call for each hundred who hold it, until all of them are found; the pages of the API that
 * are numbered end at a thousand, these do not.
 *
 * @throws TenantError
 */
export async function holdersAmong(
  client: TenantClient,
  roleId: string,
  userIds: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  let from = '';
  while (found.size < userIds.size) {
    const path = `/roles/${encodeURIComponent(roleId)}/users?take=${pageSize}${from}`;
    const { users, next } = (await client.get(path)) as {
      readonly users: readonly { readonly user_id: string }[];
      readonly next?: string | null;
    };
    for (const { user_id: id } of users) if (userIds.has(id)) found.add(id);
    if (!next) break;
    from = `&from=${encodeURIComponent(next)}`;
  }
  return found;
}
