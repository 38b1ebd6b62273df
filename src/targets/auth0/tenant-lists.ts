import { TenantError } from '../../stack/tenant-error.ts';
import type { TenantClient } from './tenant-client.ts';

/** The most that the API gives at once. */
export const pageSize = 100;

/**
 * A list whose pages are numbered: one call for each hundred, and one where there is nothing.
 *
 * @param path up to the `?` or `&` after which the pages are named
 * @param key of the entries in an answer
 * @param most how many entries the API lists at all
 * @throws TenantError
 */
export async function readNumbered<Entry>(
  client: TenantClient,
  path: string,
  key: string,
  most = Number.POSITIVE_INFINITY,
): Promise<{ readonly entries: readonly Entry[]; readonly total: number }> {
  const entries: Entry[] = [];
  for (let page = 0; ; page += 1) {
    const answer = await client.get(`${path}page=${page}&per_page=${pageSize}&include_totals=true`);
    const { [key]: found, total } = answer as { readonly total: number } & Readonly<Record<string, readonly Entry[]>>;
    entries.push(...(found ?? []));
    if (found === undefined || found.length === 0 || entries.length >= Math.min(total, most)) return { entries, total };
  }
}

/**
 * The pages of a list by checkpoint, however long: there is more as long as an answer says where to go on. One call for each
 * hundred, and one where there is nothing; none beyond the page at which the caller stops.
 *
 * @param path up to the `?` or `&` after which the pages are named
 * @param key of the entries in an answer
 * @throws TenantError
 */
export async function* pagesByCheckpoint<Entry>(
  client: TenantClient,
  path: string,
  key: string,
): AsyncGenerator<readonly Entry[]> {
  for (let from = ''; ; ) {
    const answer = await client.get(`${path}take=${pageSize}${from}`);
    const { [key]: found, next } = answer as { readonly next?: string | null } & Readonly<
      Record<string, readonly Entry[]>
    >;
    yield found ?? [];
    if (!next || found === undefined || found.length === 0) return;
    from = `&from=${encodeURIComponent(next)}`;
  }
}

/** What a read comes to; null for what is not there, or was deleted while it was being read. */
export async function unlessGone<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof TenantError && error.message.startsWith('404 ')) return null;
    throw error;
  }
}
