import type { RealmByHand } from '../keycloak/realm-by-hand.ts';

/** Lets a realm's role hold one more permission: one line in the admin console. */
export async function addPermission(realm: RealmByHand, title: string, clientId: string, scope: string): Promise<void> {
  const [client] = (await realm.call('GET', `/clients?clientId=${encodeURIComponent(clientId)}`)) as { id: string }[];
  const role = (await realm.call('GET', `/roles/${encodeURIComponent(title)}`)) as { id: string };
  const permission = await realm.call('GET', `/clients/${client?.id}/roles/${encodeURIComponent(scope)}`);
  await realm.call('POST', `/roles-by-id/${role.id}/composites`, [permission]);
}
