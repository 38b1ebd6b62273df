type Call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<unknown>;

/** A realm by its admin API, as somebody works on it by hand: no code of Rolewright. */
export interface RealmByHand {
  readonly name: string;
  /** As tokens name their issuer. */
  readonly issuer: string;
  /** A call of the admin API; paths begin behind the realm. The answer is parsed, null where it is empty or 404. */
  readonly call: Call;
  /** The same by another way to the server, such as a proxy's address. */
  readonly callBy: (url: string) => Call;
  readonly remove: () => Promise<void>;
}

/** KEYCLOAK_URL, KEYCLOAK_USER and KEYCLOAK_PASSWORD of a server's administrator. */
type Administrator = Readonly<Record<string, string>>;

/** The administrator's tokens live for a minute; each costs the server the check of a password. */
const tokenLife = 40_000;

/**
 * Makes a realm.
 *
 * @param representation what it is made with besides, as in a realm's export
 */
export async function makeRealm(
  administrator: Administrator,
  name: string,
  representation: object,
): Promise<RealmByHand> {
  const url = administrator.KEYCLOAK_URL ?? '';
  const request = async (way: string, method: string, path: string, body?: unknown): Promise<unknown> => {
    const at = `${way}/admin/realms${path}`;
    const answer = await fetch(at, {
      method,
      headers: { authorization: `Bearer ${await tokenOf(administrator)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status === 404) return null;
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${at}: ${answer.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  const callBy =
    (way: string): Call =>
    (method, path, body) =>
      request(way, method, `/${name}${path}`, body);
  await request(url, 'POST', '', { realm: name, enabled: true, ...representation });
  return {
    name,
    issuer: `${url}/realms/${name}`,
    call: callBy(url),
    callBy,
    remove: async () => {
      await request(url, 'DELETE', `/${name}`);
    },
  };
}

/** What each administrator has been given last. */
const tokens = new WeakMap<Administrator, { readonly value: Promise<string>; readonly until: number }>();

function tokenOf(administrator: Administrator): Promise<string> {
  const known = tokens.get(administrator);
  if (known !== undefined && known.until > performance.now()) return known.value;
  const value = askForToken(administrator);
  tokens.set(administrator, { value, until: performance.now() + tokenLife });
  return value;
}

async function askForToken({
  KEYCLOAK_URL,
  KEYCLOAK_USER = '',
  KEYCLOAK_PASSWORD = '',
}: Administrator): Promise<string> {
  const answer = await fetch(`${KEYCLOAK_URL}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ client_id: 'admin-cli', grant_type: 'password' },
      ...{ username: KEYCLOAK_USER, password: KEYCLOAK_PASSWORD },
    }),
  });
  if (!answer.ok) throw new Error(`the administrator cannot sign in: ${answer.status}`);
  return ((await answer.json()) as { readonly access_token: string }).access_token;
}
