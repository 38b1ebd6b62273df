import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { client } from '../../src/targets/keycloak/provider/client.ts';
import { watchServer } from './provider-calls.ts';
import type { TestRealm } from './realm.ts';
import { makeRealm, missing } from './realm.ts';

interface HeldClient {
  readonly attributes: object;
  readonly [setting: string]: unknown;
}

/** The server gives the same lists in different orders. */
function inOneOrder(held: HeldClient): HeldClient {
  const entries = Object.entries(held).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map((item) => JSON.stringify(item)).sort() : value,
  ]);
  return Object.fromEntries(entries) as HeldClient;
}

/**
 * Of what a write of a client does not name, Keycloak keeps most, and decides some anew: it switches authorization services off and
 * front-channel logout on, and takes web origins from redirect addresses. None of that is ours.
 */
const callback = 'https://shop.example/callback';
const existing: Readonly<Record<string, object>> = {
  'a public client': { publicClient: true, frontchannelLogout: false },
  'one with redirect addresses and no web origins': {
    ...{ publicClient: true, standardFlowEnabled: true, redirectUris: [callback], webOrigins: [] },
  },
  'a confidential one with a secret and logout behind the scenes': {
    ...{ publicClient: false, secret: 'a secret of theirs', serviceAccountsEnabled: true, consentRequired: true },
    attributes: { 'backchannel.logout.url': 'https://shop.example/logout', 'pkce.code.challenge.method': 'S256' },
  },
  'one with authorization services': {
    ...{ publicClient: false, serviceAccountsEnabled: true, authorizationServicesEnabled: true },
  },
  'one that is switched off': { enabled: false, bearerOnly: true },
};

describe.skipIf(missing !== null)('a new name and lifetime leave all else as it was:', () => {
  let realm: TestRealm;
  beforeAll(async () => {
    realm = await makeRealm();
  });
  afterAll(() => realm.remove());

  test.each(Object.entries(existing))('%s', async (clientId, representation) => {
    await realm.call('POST', '/clients', { clientId, name: 'Shop', fullScopeAllowed: false, ...representation });
    const [made] = (await realm.call('GET', `/clients?clientId=${encodeURIComponent(clientId)}`)) as { id: string }[];
    const whole = async () => {
      const held = (await realm.call('GET', `/clients/${made?.id}`)) as HeldClient;
      const { secret } = ((await realm.call('GET', `/clients/${made?.id}/client-secret`)) ?? {}) as { secret?: string };
      return inOneOrder({ ...held, secret });
    };
    const before = await whole();
    const server = watchServer(realm.name);
    const [id, common] = [`${realm.name}/${made?.id}`, { realm: realm.name, clientId }];
    const known = { ...common, ...(await client.read(server, id)) };
    await client.update(server, id, {
      before: known,
      after: { ...known, name: 'Web shop', accessTokenLifespan: 900 },
    });
    expect(server.writes()).toEqual(['PUT /clients/*']);
    const attributes = { ...before.attributes, 'access.token.lifespan': '900' };
    expect(await whole()).toEqual({ ...before, name: 'Web shop', attributes });
  });
});
