import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuthorizeToken, Policy } from '../../src/authorize-jwt/authorize-jwt.ts';
import { createTokenAuthorizer } from '../../src/authorize-jwt/authorize-jwt.ts';
import { compilePolicy } from '../../src/model/compile/compile-policy.ts';
import { modelOf, sampleFiles } from '../authorize/sample.ts';
import type { TestRealm } from './realm.ts';
import { makeRealm, missing } from './realm.ts';
import type { Person } from './sign-in.ts';
import { person, realmOf } from './sign-in.ts';

const shop = 'https://shop.example';
const ledger = 'https://ledger.example';
const edit = 'data/spend-data:edit';
const slack = { app: 'slack' } as const;
const scopes = ['edit:spend-data', 'restriction:none'];
const inAnyOrder = expect.arrayContaining(scopes);

const environment = (tenant: string) => ({
  path: 'roles/environments/sso.yaml',
  text: `apiVersion: rolewright/v1
kind: Environment
metadata:
  name: sso
spec:
  purpose: development
  target: keycloak
  tenant: ${tenant}
  applications:
    - name: shop
      audience: ${shop}
`,
});

/** The two mappers that tokens need, made by hand: what a service relies on, whoever has set it up. */
const mappers = (clientId: string) => [
  {
    ...{ name: 'permissions', protocol: 'openid-connect', protocolMapper: 'oidc-usermodel-client-role-mapper' },
    config: {
      ...{ 'claim.name': 'permissions', 'jsonType.label': 'String', multivalued: 'true' },
      ...{ 'access.token.claim': 'true', 'id.token.claim': 'true', 'usermodel.clientRoleMapping.clientId': clientId },
    },
  },
  {
    ...{ name: 'audience', protocol: 'openid-connect', protocolMapper: 'oidc-audience-mapper' },
    config: { 'access.token.claim': 'true', 'included.client.audience': clientId },
  },
];
const application = (clientId: string) => ({
  ...{ clientId, publicClient: true, directAccessGrantsEnabled: true, fullScopeAllowed: false },
  protocolMappers: mappers(clientId),
});
/** As Keycloak makes a client when nobody looks: its tokens are for every client of which somebody has a role. */
const careless = (clientId: string) => ({ ...application(clientId), fullScopeAllowed: true });
const nightly = {
  ...{ clientId: 'nightly', secret: 'of the test', serviceAccountsEnabled: true, fullScopeAllowed: true },
  protocolMappers: mappers(shop),
};

interface Tokens {
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token: string;
}

async function tokensOf(realm: TestRealm, asked: Readonly<Record<string, string>>): Promise<Tokens> {
  const answer = await fetch(`${realm.issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ scope: 'openid', ...asked }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Tokens;
}

const signIn = (realm: TestRealm, { username }: Person, clientId: string) =>
  tokensOf(realm, { grant_type: 'password', client_id: clientId, username, password: 'correct horse' });

async function giveAll(realm: TestRealm, userId: string, clientId: string): Promise<void> {
  const found = await realm.call('GET', `/clients?clientId=${encodeURIComponent(clientId)}`);
  const [client] = found as readonly { readonly id: string }[];
  for (const name of scopes) await realm.call('POST', `/clients/${client?.id}/roles`, { name }).catch(() => null);
  const roles = await realm.call('GET', `/clients/${client?.id}/roles`);
  await realm.call('POST', `/users/${userId}/role-mappings/clients/${client?.id}`, roles);
}

describe.skipIf(missing !== null)('a token that Keycloak has issued', () => {
  const [dana, nobody] = [person('dana'), person('nobody')];
  const namesake = person('dana');
  let realm: TestRealm;
  let other: TestRealm;
  let policy: Policy;
  let authorize: AuthorizeToken;

  beforeAll(async () => {
    const clients = [application(shop), careless(ledger), nightly];
    realm = await makeRealm({ ...realmOf([dana, nobody]), clients });
    other = await makeRealm({ ...realmOf([namesake]), clients });
    await giveAll(other, namesake.id, shop);
    await giveAll(realm, dana.id, shop);
    await giveAll(realm, dana.id, ledger);
    const account = await realm.call('GET', '/users?username=service-account-nightly&exact=true');
    for (const { id } of account as readonly { readonly id: string }[]) await giveAll(realm, id, shop);
    const model = modelOf([...sampleFiles, environment(realm.tenant)]);
    const [policies] = compilePolicy(model, 'sso', { loopbackIssuer: realm.issuer });
    const [found] = policies ?? [];
    if (found === undefined) throw new Error('no policy');
    policy = found;
    authorize = createTokenAuthorizer(policy);
  });

  afterAll(async () => {
    await realm.remove();
    await other.remove();
  });

  it('is verified with the keys of the realm, and decided', async () => {
    const { access_token: token } = await signIn(realm, dana, shop);
    expect(await authorize(token, edit, slack)).toEqual({ allowed: true });
    expect(await authorize(token, 'data/spend-data:view', slack)).toEqual({ allowed: true });
    expect(await authorize(token, 'data/notes', slack)).toMatchObject({ allowed: false, reason: 'not-held' });
  });

  it('holds nothing, where its holder does: Keycloak leaves the claim out', async () => {
    const { access_token: token } = await signIn(realm, nobody, shop);
    expect(decodeJwt(token)).not.toHaveProperty('permissions');
    expect(await authorize(token, edit, slack)).toMatchObject({ reason: 'not-held' });
  });

  it('does not count for another realm, which has other keys', async () => {
    const { access_token: token } = await signIn(other, namesake, shop);
    expect(await authorize(token, edit, slack)).toMatchObject({ reason: 'unknown-key' });
    // Not even with the right keys.
    const confused = createTokenAuthorizer({ ...policy, keys: `${other.issuer}/protocol/openid-connect/certs` });
    expect(await confused(token, edit, slack)).toMatchObject({ reason: 'wrong-issuer' });
  });

  it('does not count where another application asked for it, whose permissions have the same names', async () => {
    const { access_token: token } = await signIn(realm, dana, ledger);
    // It names this application, and holds permissions: those of the other.
    expect(decodeJwt(token)).toMatchObject({ aud: expect.arrayContaining([shop]), permissions: inAnyOrder });
    expect(await authorize(token, edit, slack)).toMatchObject({ reason: 'wrong-client' });
    const blind = createTokenAuthorizer({ ...policy, clients: [shop, ledger] });
    expect(await blind(token, edit, slack)).toEqual({ allowed: true });
  });

  it('is refused if it is an ID token, which has the right audience and here the permissions too', async () => {
    const { id_token: token } = await signIn(realm, dana, shop);
    expect(decodeJwt(token)).toMatchObject({ aud: shop, iss: policy.issuer, permissions: inAnyOrder });
    expect(await authorize(token, edit, slack)).toMatchObject({ reason: 'not-an-access-token' });
  });

  it('is refused if it is a refresh token', async () => {
    const { refresh_token: token } = await signIn(realm, dana, shop);
    expect(await authorize(token, edit, slack)).toMatchObject({ reason: 'wrong-algorithm' });
  });

  it("is a machine's where a service account asked for it, and counts only if that is named", async () => {
    const secret = { client_id: nightly.clientId, client_secret: nightly.secret };
    const { access_token: token } = await tokensOf(realm, { grant_type: 'client_credentials', ...secret });
    expect(decodeJwt(token)).toMatchObject({ permissions: inAnyOrder });
    expect(await authorize(token, edit, slack)).toMatchObject({ reason: 'machine-not-allowed' });
    const withMachine = createTokenAuthorizer({ ...policy, machines: [nightly.clientId] });
    expect(await withMachine(token, edit, slack)).toEqual({ allowed: true });
  });

  it("is a machine's also where nothing but the missing session says so", async () => {
    const found = await realm.call('GET', `/clients?clientId=${nightly.clientId}`);
    const [client] = found as readonly { readonly id: string }[];
    const path = `/clients/${client?.id}/default-client-scopes`;
    const given = (await realm.call('GET', path)) as readonly { readonly id: string; readonly name: string }[];
    for (const { id, name } of given) {
      if (name === 'profile' || name === 'service_account') await realm.call('DELETE', `${path}/${id}`);
    }
    const secret = { client_id: nightly.clientId, client_secret: nightly.secret };
    const { access_token: token } = await tokensOf(realm, { grant_type: 'client_credentials', ...secret });
    const claims = decodeJwt(token);
    expect([claims.client_id, claims.preferred_username]).toEqual([undefined, undefined]);
    expect(await authorize(token, edit, slack)).toMatchObject({ reason: 'machine-not-allowed' });
  });
});
