import type { TenantAction } from '../../stack/tenant.ts';
import type { TenantClient } from './tenant-client.ts';

/** The action of this very name, if the tenant has one. One call. */
export async function readAction(client: TenantClient, name: string): Promise<TenantAction | null> {
  const query = `triggerId=post-login&actionName=${encodeURIComponent(name)}&per_page=100`;
  const { actions } = (await client.get(`/actions/actions?${query}`)) as { actions: readonly TenantAction[] };
  // A server that does not know the filter, or takes it for a part of a name, lists others as well.
  return actions.find((action) => action.name === name) ?? null;
}
