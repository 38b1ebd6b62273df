import { inject } from 'vitest';

const provided = inject('keycloak');

/** Why tests against Keycloak are skipped; null where there is a server: `describe.skipIf(missing !== null)(…)`. */
export const missing = 'missing' in provided ? provided.missing : null;

/** KEYCLOAK_URL, KEYCLOAK_USER and KEYCLOAK_PASSWORD of the server's administrator. */
export const administrator: Readonly<Record<string, string>> = 'missing' in provided ? {} : provided.environment;

/** A realm of one test, with the admin API as it is: no code of the product. */
export interface TestRealm {
  readonly name: string;
  /** `loopback/realms/<name>`, as an Environment says it. */
  readonly tenant: string;
  /** As tokens name their issuer. */
  readonly issuer: string;
  /** A call of the admin API; paths begin behind the realm. The answer is parsed, null where it is empty or 404. */
  readonly call: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<unknown>;
  /** The same by another way to the server, such as a proxy's address. */
  readonly callBy: (url: string) => TestRealm['call'];
  readonly remove: () => Promise<void>;
}

/**
 * Makes a realm of a random name.
 *
 * @param representation what it is made with besides, as in a realm's export
 */
export async function makeRealm(representation: object = {}): Promise<TestRealm> {
  const url = administrator.KEYCLOAK_URL ?? '';
  const name = `test-${crypto.randomUUID().slice(0, 8)}`;
  const realms = `${url}/admin/realms`;
  const callBy = (way: string) => (method: string, path: string, body?: unknown) =>
    request(`${way}/admin/realms/${name}${path}`, method, body);
  await request(realms, 'POST', { realm: name, enabled: true, sslRequired: 'none', ...representation });
  return {
    name,
    tenant: `loopback/realms/${name}`,
    issuer: `${url}/realms/${name}`,
    call: callBy(url),
    callBy,
    remove: async () => {
      await request(`${realms}/${name}`, 'DELETE');
    },
  };
}

async function request(url: string, method: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (answer.status === 404) return null;
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

/** The administrator's tokens live for a minute; each costs the server the check of a password. */
const tokenLife = 40_000;
let known: { readonly value: Promise<string>; readonly until: number } | null = null;

function token(): Promise<string> {
  if (known === null || known.until < performance.now()) {
    known = { value: requestToken(), until: performance.now() + tokenLife };
  }
  return known.value;
}

async function requestToken(): Promise<string> {
  const { KEYCLOAK_URL, KEYCLOAK_USER = '', KEYCLOAK_PASSWORD = '' } = administrator;
  const answer = await fetch(`${KEYCLOAK_URL}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ client_id: 'admin-cli', grant_type: 'password' },
      ...{ username: KEYCLOAK_USER, password: KEYCLOAK_PASSWORD },
    }),
  });
  return ((await answer.json()) as { readonly access_token: string }).access_token;
}
