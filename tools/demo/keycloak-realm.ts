/** A realm by its admin API, as somebody works on it by hand: no code of Rolewright. */
export interface RealmByHand {
  /** As its tokens name it. */
  readonly issuer: string;
  /** Paths begin behind the realm. The answer is parsed; null where there is none. */
  readonly call: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<unknown>;
}

/**
 * Makes a realm.
 *
 * @param server KEYCLOAK_* of its administrator
 * @param representation what it is made with besides, as in a realm's export
 */
export async function makeRealm(
  server: Readonly<Record<string, string>>,
  name: string,
  representation: object,
): Promise<RealmByHand> {
  const realms = `${server.KEYCLOAK_URL}/admin/realms`;
  await request(server, realms, 'POST', { realm: name, enabled: true, ...representation });
  return {
    issuer: `${server.KEYCLOAK_URL}/realms/${name}`,
    call: (method, path, body) => request(server, `${realms}/${name}${path}`, method, body),
  };
}

/** Lets a realm's role hold one more permission: one line in the admin console. */
export async function addPermission(realm: RealmByHand, title: string, clientId: string, scope: string): Promise<void> {
  const [client] = (await realm.call('GET', `/clients?clientId=${encodeURIComponent(clientId)}`)) as { id: string }[];
  const role = (await realm.call('GET', `/roles/${encodeURIComponent(title)}`)) as { id: string };
  const permission = await realm.call('GET', `/clients/${client?.id}/roles/${encodeURIComponent(scope)}`);
  await realm.call('POST', `/roles-by-id/${role.id}/composites`, [permission]);
}

async function request(
  server: Readonly<Record<string, string>>,
  url: string,
  method: string,
  body?: unknown,
): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${await token(server)}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

async function token({ KEYCLOAK_URL, KEYCLOAK_USER = '', KEYCLOAK_PASSWORD = '' }: Readonly<Record<string, string>>) {
  const asked = {
    client_id: 'admin-cli',
    grant_type: 'password',
    username: KEYCLOAK_USER,
    password: KEYCLOAK_PASSWORD,
  };
  const answer = await fetch(`${KEYCLOAK_URL}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams(asked),
  });
  if (!answer.ok) throw new Error(`the administrator cannot sign in: ${answer.status}`);
  return ((await answer.json()) as { readonly access_token: string }).access_token;
}
