import type { TenantClient } from './tenant-client.ts';
import { pagesByCheckpoint } from './tenant-lists.ts';

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
  if (userIds.size === 0) return found;
  const path = `/roles/${encodeURIComponent(roleId)}/users?`;
  for await (const users of pagesByCheckpoint<{ readonly user_id: string }>(client, path, 'users')) {
    for (const { user_id: id } of users) if (userIds.has(id)) found.add(id);
    if (found.size === userIds.size) break;
  }
  return found;
}
