import { inject } from 'vitest';
import type { RealmByHand } from '../../tools/keycloak/realm-by-hand.ts';
import { makeRealm as makeNamedRealm } from '../../tools/keycloak/realm-by-hand.ts';

const provided = inject('keycloak');

/** Why tests against Keycloak are skipped; null where there is a server: `describe.skipIf(missing !== null)(…)`. */
export const missing = 'missing' in provided ? provided.missing : null;

/** KEYCLOAK_URL, KEYCLOAK_USER and KEYCLOAK_PASSWORD of the server's administrator. */
export const administrator: Readonly<Record<string, string>> = 'missing' in provided ? {} : provided.environment;

/** A realm of one test. */
export interface TestRealm extends RealmByHand {
  /** `loopback/realms/<name>`, as an Environment says it. */
  readonly tenant: string;
}

/**
 * Makes a realm of a random name.
 *
 * @param representation what it is made with besides, as in a realm's export
 */
export async function makeRealm(representation: object = {}): Promise<TestRealm> {
  const name = `test-${crypto.randomUUID().slice(0, 8)}`;
  const realm = await makeNamedRealm(administrator, name, { sslRequired: 'none', ...representation });
  return { ...realm, tenant: `loopback/realms/${name}` };
}
