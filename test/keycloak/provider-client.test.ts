import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { client } from '../../src/targets/keycloak/provider/client.ts';
import { watchServer } from './provider-calls.ts';
import type { TestRealm } from './realm.ts';
import { makeRealm, missing } from './realm.ts';

interface HeldClient {
  readonly id: string;
  readonly name: string;
  readonly publicClient: boolean;
  readonly redirectUris: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly protocolMappers: readonly { readonly id: string; readonly name: string }[];
  readonly defaultClientScopes: readonly string[];
  readonly optionalClientScopes: readonly string[];
}

describe.skipIf(missing !== null)('a Client, on the server', () => {
  let realm: TestRealm;
  beforeAll(async () => {
    realm = await makeRealm();
  });
  afterAll(() => realm?.remove());

  let server: ReturnType<typeof watchServer>;
  let clientId: string;
  let inputs: Readonly<Record<string, string | number>>;
  let audience = 0;
  beforeEach(() => {
    server = watchServer(realm.name);
    audience += 1;
    clientId = `https://shop.example/${audience}?a=ü b`;
    inputs = {
      ...{ realm: realm.name, clientId, name: 'Shop', accessTokenLifespan: 3600, claim: 'permissions' },
      key: `production/shop-${audience}`,
    };
  });

  const held = async (id: string) => (await realm.call('GET', `/clients/${id.split('/')[1]}`)) as HeldClient;
  const make = async (representation: object) => {
    await realm.call('POST', '/clients', { clientId, ...representation });
    const query = `/clients?clientId=${encodeURIComponent(clientId)}`;
    const [made] = (await realm.call('GET', query)) as readonly HeldClient[];
    return `${realm.name}/${made?.id}`;
  };

  it('is made in one write, and read as it was declared', async () => {
    const id = await client.create(server, inputs);
    expect(server.writes()).toEqual(['POST /clients']);
    expect(await client.read(server, id)).toEqual(inputs);
  });

  it('has what the realm gives to new clients, but not what repeats all permissions in tokens', async () => {
    const own = { name: `own-${audience}`, protocol: 'openid-connect' };
    await realm.call('POST', '/client-scopes', own);
    const scopes = (await realm.call('GET', '/client-scopes')) as readonly { id: string; name: string }[];
    const { id: scope } = scopes.find(({ name }) => name === own.name) ?? { id: '' };
    await realm.call('PUT', `/default-default-client-scopes/${scope}`);
    const { defaultClientScopes, optionalClientScopes } = await held(await client.create(server, inputs));
    expect(defaultClientScopes).toEqual(expect.arrayContaining(['basic', own.name]));
    expect(defaultClientScopes).not.toContain('roles');
    expect(optionalClientScopes).toContain('offline_access');
  });

  it('is taken over where the answer to the call that made it was lost, and brought up to date', async () => {
    const id = await client.create(server, inputs);
    server.writes();
    const again = await client.create(server, { ...inputs, name: 'Web shop' });
    expect(again).toBe(id);
    expect(server.writes()).toEqual(['POST /clients', 'PUT /clients/*']);
    expect(await client.read(server, id)).toEqual({ ...inputs, name: 'Web shop' });
  });

  it.each([
    ['that nobody owns', {}],
    ['of another stack', { attributes: { rolewright: 'staging/shop' } }],
  ])('does not take over one %s', async (_, representation) => {
    const id = await make({ name: 'Theirs', ...representation });
    await expect(client.create(server, inputs)).rejects.toThrow(
      /^409 Client https:\/\/shop\.example\/\S+ b already exists/u,
    );
    expect(server.writes()).toEqual(['POST /clients']);
    expect((await held(id)).name).toBe('Theirs');
  });

  it('does not take over what is there already if it has no key to know its own by', async () => {
    const { key: _, ...keyless } = inputs;
    await client.create(server, keyless);
    await expect(client.create(server, keyless)).rejects.toThrow(/^409 /u);
  });

  it('sends nothing where nothing differs', async () => {
    const id = await client.create(server, inputs);
    server.writes();
    await client.update(server, id, { before: inputs, after: inputs });
    expect(server.writes()).toEqual([]);
  });

  it('sends what differs, and keeps what it knows nothing of', async () => {
    const id = await make({
      ...{ name: 'Theirs', publicClient: false, redirectUris: ['https://shop.example/back'] },
      attributes: { theirs: 'kept' },
      protocolMappers: [mapperInto('other')],
    });
    await client.update(server, id, { before: {}, after: inputs });
    expect(server.writes()).toEqual([
      'PUT /clients/*',
      'POST /clients/*/protocol-mappers/models',
      'POST /clients/*/protocol-mappers/models',
    ]);
    expect(await client.read(server, id)).toEqual(inputs);
    const { attributes, protocolMappers, ...rest } = await held(id);
    expect(rest).toMatchObject({ publicClient: false, redirectUris: ['https://shop.example/back'] });
    expect(attributes.theirs).toBe('kept');
    expect(protocolMappers.map(({ name }) => name)).toContain('into other');
  });

  it('reads as right what people have made right by mappers of their own names', async () => {
    const id = await make({
      ...{ name: 'Shop', fullScopeAllowed: false, attributes: { 'access.token.lifespan': '3600' } },
      protocolMappers: [mapperInto('permissions', { 'usermodel.clientRoleMapping.clientId': clientId }), aud(clientId)],
    });
    const { key: _, ...declared } = inputs;
    expect(await client.read(server, id)).toEqual(declared);
    await client.update(server, id, { before: declared, after: declared });
    expect(server.writes()).toEqual([]);
  });

  it.each<[string, (clientId: string) => object, readonly string[]]>([
    [
      'the full scope',
      (clientId) => ({
        fullScopeAllowed: true,
        protocolMappers: [
          mapperInto('permissions', { 'usermodel.clientRoleMapping.clientId': clientId }),
          aud(clientId),
        ],
      }),
      ['PUT /clients/*'],
    ],
    [
      'no audience',
      (clientId) => ({
        fullScopeAllowed: false,
        protocolMappers: [mapperInto('permissions', { 'usermodel.clientRoleMapping.clientId': clientId })],
      }),
      ['POST /clients/*/protocol-mappers/models'],
    ],
    [
      'the roles of all clients in the claim',
      (clientId) => ({ fullScopeAllowed: false, protocolMappers: [mapperInto('permissions'), aud(clientId)] }),
      ['DELETE /clients/*/protocol-mappers/models/*', 'POST /clients/*/protocol-mappers/models'],
    ],
  ])('reads %s as a claim that is wrong, and mends it with what is missing', async (_, representation, writes) => {
    const lifespan = { attributes: { 'access.token.lifespan': '3600' } };
    const id = await make({ name: 'Shop', ...lifespan, ...representation(clientId) });
    const { key: _key, ...declared } = inputs;
    expect(await client.read(server, id)).toEqual({ ...declared, claim: '' });
    await client.update(server, id, { before: {}, after: declared });
    expect(server.writes()).toEqual(writes);
    expect(await client.read(server, id)).toEqual(declared);
  });

  it('moves its permissions to another claim by writing its own mapper again', async () => {
    const id = await client.create(server, inputs);
    server.writes();
    const after = { ...inputs, claim: 'rights' };
    await client.update(server, id, { before: inputs, after });
    expect(server.writes()).toEqual(['PUT /clients/*/protocol-mappers/models/*']);
    expect(await client.read(server, id)).toEqual(after);
  });

  it('leaves a claim alone that is wrong, where a program leaves it alone', async () => {
    const id = await make({ name: 'Theirs' });
    const before = (await client.read(server, id)) ?? {};
    await client.update(server, id, { before, after: { ...before, name: 'Shop' } });
    expect(server.writes()).toEqual(['PUT /clients/*']);
    expect(await client.read(server, id)).toEqual({ ...before, name: 'Shop' });
  });

  it('counts as long as the realm says where it says nothing itself', async () => {
    const id = await make({ name: 'Shop' });
    expect(await client.read(server, id)).toMatchObject({ accessTokenLifespan: 300 });
  });

  it('is removed, and nothing there is well', async () => {
    const id = await client.create(server, inputs);
    await client.remove(server, id, inputs);
    expect(await client.read(server, id)).toBeNull();
    await client.remove(server, id, inputs);
  });

  it('is not said to be gone where its realm is not there', async () => {
    await expect(client.read(server, 'no-such-realm/42')).rejects.toThrow('404 Realm not found.');
  });
});

function mapperInto(claim: string, config: object = {}) {
  return {
    ...{ name: `into ${claim}`, protocol: 'openid-connect', protocolMapper: 'oidc-usermodel-client-role-mapper' },
    config: { 'claim.name': claim, multivalued: 'true', 'access.token.claim': 'true', ...config },
  };
}

function aud(clientId: string) {
  return {
    ...{ name: 'for the shop', protocol: 'openid-connect', protocolMapper: 'oidc-audience-mapper' },
    config: { 'included.client.audience': clientId, 'access.token.claim': 'true' },
  };
}
