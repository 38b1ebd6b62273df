import type { TestRealm } from './realm.ts';

type Called = Pick<TestRealm, 'call'>;
type Issuer = Pick<TestRealm, 'issuer'>;

/** Somebody who can sign in: Keycloak asks for all of it before it gives a token. */
export interface Person {
  /** A uuid. */
  readonly id: string;
  readonly username: string;
}

/** Everybody's. */
export const password = 'correct horse';

export function person(username: string): Person {
  return { id: crypto.randomUUID(), username };
}

/**
 * What a realm is made with to have these people in it, in the one call that makes it. A password is hashed once instead of some
 * hundred thousand times: it is none.
 */
export function realmOf(people: readonly Person[]): object {
  return {
    passwordPolicy: 'hashAlgorithm(pbkdf2-sha256) and hashIterations(1)',
    users: people.map(({ id, username }) => ({
      ...{ id, username, enabled: true, emailVerified: true },
      ...{ email: `${username}@example.com`, firstName: username, lastName: 'Example' },
      credentials: [{ type: 'password', value: password }],
    })),
  };
}

/** Lets people sign in to a client by name and password alone, which clients of ours do not allow by themselves. */
export async function allowPasswords(realm: Called, clientId: string): Promise<void> {
  const found = await realm.call('GET', `/clients?clientId=${encodeURIComponent(clientId)}`);
  const [client] = found as readonly { readonly id: string }[];
  if (client === undefined) throw new Error(`the realm has no client ${clientId}`);
  await realm.call('PUT', `/clients/${client.id}`, { clientId, directAccessGrantsEnabled: true });
}

/** Gives somebody a role of the realm, by the admin API. */
export async function giveRole(realm: Called, { id }: Person, title: string): Promise<void> {
  const role = await realm.call('GET', `/roles/${encodeURIComponent(title)}`);
  if (role === null) throw new Error(`the realm has no role ${title}`);
  await realm.call('POST', `/users/${id}/role-mappings/realm`, [role]);
}

/** What a sign-in gives. */
export interface Tokens {
  readonly access: string;
  readonly id: string;
}

/**
 * Signs somebody in to a client.
 *
 * @throws Error with the server's words where it refuses
 */
export async function signIn(realm: Issuer, { username }: Person, clientId: string): Promise<Tokens> {
  const asked = { grant_type: 'password', client_id: clientId, username, password, scope: 'openid' };
  const answer = await fetch(`${realm.issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams(asked),
  });
  if (!answer.ok) throw new Error(`${username} cannot sign in: ${answer.status} ${await answer.text()}`);
  const tokens = (await answer.json()) as { readonly access_token: string; readonly id_token: string };
  return { access: tokens.access_token, id: tokens.id_token };
}
