import { describe, expect, test } from 'vitest';
import type { PeopleSelection, Selection } from '../../src/stack/tenant.ts';
import { readRealm } from './read-realm.ts';
import { missing } from './realm.ts';

const all: Selection = { tenant: 'shown', audiences: null, wanted: () => true, onProgress: () => undefined };

/** A role composed of others, as an export has it. */
const composed = (name: string, realm: readonly string[], client: Readonly<Record<string, readonly string[]>>) => ({
  ...{ name, composite: true, composites: { realm, client } },
});
const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(3, '0')}`);
const clientMapper = (clientId: string) => ({
  ...{ name: 'as we like it', protocol: 'openid-connect', protocolMapper: 'oidc-usermodel-client-role-mapper' },
  config: {
    ...{ 'claim.name': 'permissions', 'jsonType.label': 'String', multivalued: 'true', 'access.token.claim': 'true' },
    'usermodel.clientRoleMapping.clientId': clientId,
  },
});
const audienceMapper = (clientId: string) => ({
  ...{ name: 'for whom', protocol: 'openid-connect', protocolMapper: 'oidc-audience-mapper' },
  config: { 'included.client.audience': clientId, 'access.token.claim': 'true' },
});

describe.skipIf(missing !== null)('a realm that people have made by hand', () => {
  test('grants what its roles come to, however deep they are composed', async () => {
    const { realm, tenant, asked, roleId } = await readRealm({
      roles: {
        realm: [
          composed('Chief / Köln Süd', ['left', 'right'], { app: ['sign'] }),
          // Both ways lead to the same role, whose grants count once.
          composed('left', ['bottom'], { app: ['left'] }),
          composed('right', ['bottom'], { other: ['read'] }),
          composed('bottom', [], { app: ['bundle', 'read'] }),
          { name: 'nothing', description: 'Of no use' },
        ],
        client: {
          app: [
            { name: 'read', description: 'Reads' },
            { name: 'left' },
            { name: 'sign' },
            { name: 'inner' },
            { name: 'unused' },
            // A client's role may be composed of others, of another client even.
            { ...composed('bundle', [], { app: ['inner'], other: ['write'] }), clientRole: true },
          ],
          other: [{ name: 'read' }, { name: 'write' }],
        },
      },
      clients: [{ clientId: 'app' }, { clientId: 'other' }],
    });
    asked();
    const { roles } = await tenant.observe({ ...all, audiences: ['app', 'other'] });
    const bottom = ['app bundle', 'app inner', 'app read', 'other write'];
    const chief = ['app bundle', 'app inner', 'app left', 'app read', 'app sign', 'other read', 'other write'];
    expect(
      roles.map(({ title, grants }) => [title, grants.map(({ audience, scope }) => `${audience} ${scope}`)]),
    ).toEqual([
      ['Chief / Köln Süd', chief],
      ['bottom', bottom],
      ['left', ['app bundle', 'app inner', 'app left', 'app read', 'other write']],
      ['nothing', []],
      ['right', ['app bundle', 'app inner', 'app read', 'other read', 'other write']],
    ]);
    expect(roles[0]?.id).toBe(await roleId('Chief / Köln Süd'));
    expect(roles[3]?.description).toBe('Of no use');
    // Settings, roles, four composed ones and a client's, clients, two clients' roles.
    const calls = asked();
    expect(calls.filter((path) => path.endsWith('/composites')).length).toBe(4 + 1);
    expect(calls.length).toBe(1 + 1 + (4 + 1) + 1 + 2);
    expect(realm.tenant).toBe(`loopback/realms/${realm.name}`);
  });

  test('may be composed in circles', async () => {
    const { tenant, realm, roleId } = await readRealm({
      roles: {
        realm: [composed('first', ['second'], { app: ['a'] }), composed('second', [], { app: ['b'] })],
        client: { app: [{ name: 'a' }, { name: 'b' }] },
      },
      clients: [{ clientId: 'app' }],
    });
    const first = (await realm.call('GET', '/roles/first')) as object;
    const [, second] = (await roleId('second')).split('/');
    await realm.call('POST', `/roles-by-id/${second}/composites`, [first]);
    const { roles } = await tenant.observe({ ...all, audiences: ['app'] });
    const both = [
      { audience: 'app', scope: 'a' },
      { audience: 'app', scope: 'b' },
    ];
    expect(roles.map(({ title, grants }) => [title, grants])).toEqual([
      ['first', both],
      ['second', both],
    ]);
  });

  test('is read page by page, and as little of it as is asked for', async () => {
    const scopes = names('scope-', 150);
    const { realm, tenant, asked } = await readRealm({
      roles: {
        realm: [composed('many', [], { app: scopes }), ...names('role-', 129).map((name) => ({ name }))],
        client: { app: scopes.map((name) => ({ name, description: `About ${name}` })) },
      },
      clients: [{ clientId: 'app', name: 'The App' }, { clientId: 'empty' }],
    });
    const told: unknown[] = [];
    const onProgress = (...progress: unknown[]) => told.push(progress);
    asked();
    const state = await tenant.observe({
      ...all,
      audiences: ['app'],
      wanted: ({ name }) => name !== 'role-000',
      onProgress,
    });
    expect(state.roles.length).toBe(129);
    expect(state.roles.find(({ title }) => title === 'many')?.grants.map(({ scope }) => scope)).toEqual(scopes);
    expect(state.apis.map(({ audience, title, scopes: list }) => [audience, title, list.length])).toEqual([
      ['app', 'The App', 150],
    ]);
    expect(state.apis[0]?.scopes[149]).toEqual({ value: 'scope-149', description: 'About scope-149' });
    // Settings; 133 roles; the one composed of others; 8 clients; 150 roles of the one asked for.
    expect(asked().length).toBe(1 + 2 + 1 + 1 + 2);
    expect(told.at(-1)).toEqual([128, 129]);
    const apis = await tenant.readApis(['nowhere', 'app', 'empty']);
    expect(apis.map(({ audience }) => audience)).toEqual(['app', 'empty']);
    // A call for each; two more for the roles of one, one for those of the other; one to be sure that clients are shown at all.
    expect(asked().length).toBe(3 + 2 + 1 + 1);
    expect(apis[0]).toEqual(state.apis[0]);
    // Keycloak's three as well.
    expect((await tenant.readRoles()).length).toBe(130 + 3);
    expect(asked().length).toBe(2);
    await tenant.probe();
    expect(asked().length).toBe(1);
    expect(state.apis[0]?.id).toMatch(new RegExp(`^${realm.name}/[0-9a-f-]{36}$`, 'u'));
  });

  test('has clients of its own, tokens of many kinds, and a rule for how long they count', async () => {
    const whole = (clientId: string) => [clientMapper(clientId), audienceMapper(clientId)];
    const offering = ['ready', 'full', 'bare', 'for-nobody', 'of-others', 'mixed', 'saml'];
    const { tenant } = await readRealm({
      accessTokenLifespan: 300,
      roles: { client: Object.fromEntries(offering.map((clientId) => [clientId, [{ name: 'read' }]])) },
      clients: [
        { clientId: 'saml', protocol: 'saml' },
        { clientId: 'offers-nothing', fullScopeAllowed: false, protocolMappers: whole('offers-nothing') },
        { clientId: 'ready', fullScopeAllowed: false, protocolMappers: whole('ready') },
        { clientId: 'full', protocolMappers: whole('full'), attributes: { 'access.token.lifespan': '3600' } },
        { clientId: 'bare', fullScopeAllowed: false, attributes: { 'access.token.lifespan': '-1' } },
        { clientId: 'for-nobody', fullScopeAllowed: false, protocolMappers: [clientMapper('for-nobody')] },
        {
          clientId: 'of-others',
          fullScopeAllowed: false,
          protocolMappers: [clientMapper('ready'), audienceMapper('of-others')],
        },
        {
          ...{ clientId: 'mixed', fullScopeAllowed: false },
          protocolMappers: [...whole('mixed'), { ...clientMapper('ready'), name: 'more' }],
        },
      ],
    });
    const { apis } = await tenant.observe(all);
    const own = apis.filter(({ system }) => system).map(({ audience }) => audience);
    expect(own).toEqual(['account', 'broker', 'realm-management']);
    expect(
      apis
        .filter(({ system }) => !system)
        .map(({ audience, enforced, tokenLifetimeSeconds }) => [audience, enforced, tokenLifetimeSeconds]),
    ).toEqual([
      ['bare', false, 300],
      ['for-nobody', false, 300],
      ['full', false, 3600],
      ['mixed', false, 300],
      ['of-others', false, 300],
      ['ready', true, 300],
    ]);
  });
});

describe.skipIf(missing !== null)('what credentials may see', () => {
  const machine = {
    ...{ clientId: 'reader', secret: 'kept', serviceAccountsEnabled: true, publicClient: false },
  };
  const credentials = { KEYCLOAK_CLIENT_ID: 'reader', KEYCLOAK_CLIENT_SECRET: 'kept', KEYCLOAK_REALM: 'its own' };
  const asMachine = (rights: readonly string[]) => ({
    roles: { realm: [{ name: 'a role' }] },
    clients: [machine],
    identityProviders: [
      { alias: 'staff', providerId: 'google', enabled: true, config: { clientId: 'c', clientSecret: 's' } },
    ],
    groups: [{ name: 'a group', realmRoles: ['a role'] }],
    users: [
      {
        ...{ username: 'ann', enabled: true, email: 'ann@example.com', realmRoles: ['a role'], groups: ['/a group'] },
        federatedIdentities: [{ identityProvider: 'staff', userId: 'there', userName: 'there' }],
      },
      {
        ...{ username: 'service-account-reader', enabled: true, serviceAccountClientId: 'reader' },
        clientRoles: { 'realm-management': rights },
      },
    ],
  });
  const people: Omit<PeopleSelection, 'roles'> = {
    ...{ audiences: [], tombstones: [], organizations: false, directPermissions: 'everybody' },
    ...{ onPeople: () => undefined, onProgress: () => undefined },
  };

  test('is everything for a machine of the realm with three rights to look, and no more', async () => {
    const rights = ['view-realm', 'view-clients', 'view-users'];
    const { tenant, roleId, asked } = await readRealm(asMachine(rights), credentials);
    expect((await tenant.observe(all)).apis.length).toBe(3);
    const role = await roleId('a role');
    asked();
    const observed = await tenant.observePeople({ ...people, roles: [role] });
    const { directPermissions, organizations, unlistedUsers } = observed;
    expect({ directPermissions, organizations, unlistedUsers }).toEqual({
      ...{ directPermissions: 'everybody', organizations: null, unlistedUsers: 0 },
    });
    const identity = { connection: 'staff', email: 'ann@example.com', verified: false };
    expect(observed.people.map(({ roles, identities }) => [roles, identities])).toEqual([[[role], [identity]]]);
    // It may not see identity providers, so that everybody is asked for theirs.
    expect(asked().filter((path) => /^\/users\/[0-9a-f-]+$/u.test(path)).length).toBe(1);
  });

  test('is nothing without rights, and the server says so', async () => {
    const { tenant } = await readRealm(asMachine([]), credentials);
    await expect(tenant.probe()).rejects.toThrow(/^403 /u);
    await expect(tenant.observe(all)).rejects.toThrow(/^403 /u);
    await expect(tenant.readAccounts(['ann@example.com'])).rejects.toThrow(/^403 /u);
  });

  test('is a part of the realm at times, and what the server leaves out without a word is not taken for absent', async () => {
    const { tenant } = await readRealm(asMachine(['view-clients']), credentials);
    await expect(tenant.observe(all)).rejects.toThrow('403 the settings');
    const rights = ['view-realm', 'query-clients', 'query-users', 'query-groups'];
    const { tenant: another, roleId } = await readRealm(asMachine(rights), credentials);
    await expect(another.observe(all)).rejects.toThrow('403 no clients are shown');
    await expect(another.readApis(['app'])).rejects.toThrow('403 no clients are shown');
    await expect(another.readAccounts(['ann@example.com'])).rejects.toThrow('403 no users are shown');
    await expect(another.readHolders(await roleId('a role'))).rejects.toThrow('403 of 1 groups 0 are shown');
  });
});
