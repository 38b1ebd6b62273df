import { describe, expect, test } from 'vitest';
import type { PeopleSelection } from '../../src/stack/tenant.ts';
import { readRealm } from './read-realm.ts';
import { missing } from './realm.ts';

const usual: Omit<PeopleSelection, 'roles'> = {
  ...{ audiences: ['app'], directPermissions: 'nobody', organizations: false, tombstones: [] },
  ...{ onPeople: () => undefined, onProgress: () => undefined },
};

/** Somebody as an export has them, without the default role unless it is named. */
const person = (username: string, more: object = {}) => ({
  ...{ username, enabled: true, email: `${username}@example.com`, firstName: 'A', lastName: 'Person' },
  ...more,
});
const identityProvider = (alias: string) => ({
  ...{ alias, providerId: 'oidc', enabled: true },
  config: {
    clientId: 'c',
    clientSecret: 's',
    tokenUrl: 'https://x.example/t',
    authorizationUrl: 'https://x.example/a',
  },
});
const linkedTo = (...aliases: readonly string[]) => ({
  federatedIdentities: aliases.map((alias) => ({ identityProvider: alias, userId: 'there', userName: 'there' })),
});

describe.skipIf(missing !== null)('people of a realm', () => {
  test('hold a role by themselves, however many they are, and are counted', async () => {
    const many = Array.from({ length: 120 }, (_, index) => person(`user-${index}`, { realmRoles: ['A role / ä'] }));
    const { tenant, asked, roleId, realm } = await readRealm({
      roles: { realm: [{ name: 'A role / ä' }, { name: 'nobodys' }] },
      users: [...many, person('other')],
    });
    const [role, nobodys] = [await roleId('A role / ä'), await roleId('nobodys')];
    asked();
    const { total, ids } = await tenant.readHolders(role);
    expect([total, ids.length, new Set(ids).size]).toEqual([120, 100, 100]);
    // The role, its people, the settings, the default role, groups.
    expect(asked().length).toBe(1 + 2 + 1 + 1 + 1);
    expect(await tenant.readHolders(nobodys)).toEqual({ total: 0, ids: [] });
    expect(asked().length).toBe(4);
    expect(await tenant.holdersAmong(role, new Set(ids.slice(0, 3)))).toEqual(new Set(ids.slice(0, 3)));
    expect(asked().length).toBe(1 + 2);
    expect(await tenant.holdersAmong(role, new Set([...ids.slice(0, 1), 'nobody']))).toEqual(new Set(ids.slice(0, 1)));
    expect(await tenant.holdersAmong(role, new Set())).toEqual(new Set());
    expect(await tenant.readHolders(`${realm.name}/gone`)).toEqual({ total: 0, ids: [] });
    asked();
    const told: unknown[] = [];
    const onPeople = (cost: unknown) => told.push(cost);
    const observed = await tenant.observePeople({ ...usual, roles: [role, nobodys, `${realm.name}/gone`], onPeople });
    expect(observed.people.length).toBe(120);
    expect(observed.people.every(({ roles }) => roles.length === 1 && roles[0] === role)).toBe(true);
    expect(observed).toMatchObject({ unlistedUsers: 0, organizations: null, directPermissions: 'nobody' });
    // The default role, roles, groups, the people of two roles, identity providers; nobody by themselves.
    expect(asked().length).toBe(1 + 1 + 1 + (2 + 1) + 1);
    expect(told).toEqual([{ people: 120, calls: 0 }]);
  });

  test('hold a role by a group, or by one above it', async () => {
    const { tenant, asked, roleId } = await readRealm({
      roles: { realm: [{ name: 'seen' }, { name: 'other' }] },
      groups: [
        {
          name: 'top',
          realmRoles: ['seen'],
          subGroups: [{ name: 'middle', subGroups: [{ name: 'bottom', realmRoles: ['other'] }] }],
        },
        { name: 'beside' },
      ],
      users: [
        person('ann', { realmRoles: ['seen'], groups: ['/top', '/top/middle'] }),
        person('bob', { groups: ['/top/middle/bottom'] }),
        person('cat', { groups: ['/beside'] }),
      ],
    });
    const [seen, other] = [await roleId('seen'), await roleId('other')];
    asked();
    const { people } = await tenant.observePeople({ ...usual, roles: [seen, other] });
    expect(people.map(({ email, roles }) => [email, roles]).toSorted()).toEqual([
      ['ann@example.com', [seen]],
      ['bob@example.com', [seen, other].toSorted()],
    ]);
    // The settings, the default role, roles, groups in two calls, the people of two roles and of three groups, identity providers.
    expect(asked().length).toBe(1 + 1 + 1 + 2 + 2 + 3 + 1);
    const { total, ids } = await tenant.readHolders(seen);
    expect([total, ids]).toEqual([2, people.map(({ id }) => id)]);
    expect((await tenant.readHolders(other)).total).toBe(1);
    const all = new Set(people.map(({ id }) => id));
    expect(await tenant.holdersAmong(seen, all)).toEqual(all);
  });

  test('hold it by more than a hundred groups, each of which is read', async () => {
    const below = Array.from({ length: 110 }, (_, index) => ({ name: `g${index}` }));
    const { tenant, asked, roleId } = await readRealm({
      roles: { realm: [{ name: 'seen' }] },
      groups: [{ name: 'top', realmRoles: ['seen'], subGroups: below }],
      users: below.map(({ name }) => person(`user-${name}`, { groups: [`/top/${name}`] })),
    });
    const role = await roleId('seen');
    asked();
    expect((await tenant.readHolders(role)).total).toBe(110);
    // The role, its people, the settings, the default role; how many groups, all of them, and the people of each.
    expect(asked().length).toBe(4 + 1 + 2 + 111);
  });

  test('all hold what the default role is composed of', async () => {
    const { realm, tenant, roleId, asked } = await readRealm({
      roles: { realm: [{ name: 'for everybody' }, { name: 'for some' }], client: { app: [{ name: 'read' }] } },
      clients: [{ clientId: 'app' }],
    });
    const named = async (path: string) =>
      (await realm.call('GET', path)) as { readonly id: string; readonly name: string };
    const [client] = (await realm.call('GET', '/clients?clientId=app')) as readonly { readonly id: string }[];
    const added = [await named('/roles/for%20everybody'), await named(`/clients/${client?.id}/roles/read`)];
    const byDefault = await named(`/roles/default-roles-${realm.name}`);
    await realm.call('POST', `/roles-by-id/${byDefault.id}/composites`, added);
    for (const name of ['ann', 'bob']) await realm.call('POST', '/users', person(name));
    const role = await roleId('for everybody');
    asked();
    const selection = { ...usual, roles: [role, await roleId('for some')], directPermissions: 'holders' } as const;
    const { people } = await tenant.observePeople(selection);
    expect(people.map(({ email, roles, direct }) => [email, roles, direct]).toSorted()).toEqual(
      ['ann@example.com', 'bob@example.com'].map((email) => [email, [role], [{ audience: 'app', scope: 'read' }]]),
    );
    expect((await tenant.readHolders(role)).total).toBe(2);
    const both = new Set(people.map(({ id }) => id));
    expect(await tenant.holdersAmong(role, both)).toEqual(both);
    asked();
    // A permission in the default role is told of everybody, though nobody holds a role.
    const { people: reached } = await tenant.observePeople({ ...selection, roles: [] });
    expect(reached.map(({ id, roles, direct }) => [id, roles, direct.length])).toEqual(
      [...both].map((id) => [id, [], 1]),
    );
    // The default role, and one that it is composed of; roles, groups, clients; whoever has it, and both of them.
    expect(asked().length).toBe(2 + 3 + 1 + 2);
  });

  test('hold permissions directly: by themselves, by a group, composed of others, machines as well', async () => {
    const { tenant, asked, roleId } = await readRealm({
      roles: {
        realm: [{ name: 'a role' }],
        client: {
          app: [
            { name: 'read' },
            { name: 'write' },
            { name: 'bundle', composite: true, composites: { client: { app: ['read', 'write'] } } },
          ],
          other: [{ name: 'read' }],
        },
      },
      clients: [
        { clientId: 'app' },
        { clientId: 'other' },
        { clientId: 'robot', secret: 's', publicClient: false, serviceAccountsEnabled: true },
      ],
      groups: [{ name: 'top', clientRoles: { app: ['write'] }, subGroups: [{ name: 'below' }] }],
      users: [
        person('ann', {
          realmRoles: ['a role'],
          clientRoles: { app: ['read'], other: ['read'] },
          groups: ['/top/below'],
        }),
        person('bob', { clientRoles: { app: ['bundle'] } }),
        person('cat', { groups: ['/top/below'] }),
        person('dan', { clientRoles: { other: ['read'] } }),
        { ...person('service-account-robot'), serviceAccountClientId: 'robot', clientRoles: { app: ['read'] } },
      ],
    });
    const roles = [await roleId('a role')];
    asked();
    const read = async (directPermissions: PeopleSelection['directPermissions']) => {
      const { people } = await tenant.observePeople({ ...usual, roles, directPermissions });
      const held = people.map(({ email, direct }) => `${email}: ${direct.map(({ scope }) => scope).join(' ')}`);
      return [held.toSorted(), asked().length];
    };
    // The settings; the default role, roles, groups in two calls, the people of the role, identity providers.
    const usually = 1 + 1 + 1 + 2 + 1 + 1;
    expect(await read('nobody')).toEqual([['ann@example.com: '], usually]);
    // Clients; what the default role is composed of is itself so; the group that gives a role, its people and those below; ann. The
    // settings and identity providers are not asked for again.
    expect(await read('holders')).toEqual([['ann@example.com: read write'], usually - 2 + 1 + 1 + 1 + 2 + 1]);
    // Users in two calls, the machine; and all five, of whom one holds a role that is composed of others.
    expect(await read('everybody')).toEqual([
      [
        'ann@example.com: read write',
        'bob@example.com: bundle read write',
        'cat@example.com: write',
        'service-account-robot@example.com: read',
      ],
      usually - 2 + 1 + 1 + 2 + (2 + 1) + 5 + 1,
    ]);
  });

  test('come with their block, their address and the identity providers that they are linked to', async () => {
    const { tenant, asked, roleId } = await readRealm({
      roles: { realm: [{ name: 'a role' }] },
      identityProviders: [identityProvider('google'), identityProvider('staff')],
      users: [
        person('ann', { realmRoles: ['a role'], emailVerified: true, ...linkedTo('staff', 'google') }),
        person('bob', { realmRoles: ['a role'], enabled: false }),
        { username: 'cat', enabled: true, realmRoles: ['a role'] },
      ],
    });
    const role = await roleId('a role');
    asked();
    const { people } = await tenant.observePeople({ ...usual, roles: [role] });
    const common = { roles: [role], direct: [], memberships: [], defaultRoles: [] };
    const byAddress = people.toSorted((a, b) => (a.email ?? 'z').localeCompare(b.email ?? 'z'));
    expect(byAddress.map(({ id: _, ...rest }) => rest)).toEqual([
      {
        ...{ ...common, email: 'ann@example.com', blocked: false },
        identities: ['google', 'staff'].map((connection) => ({ connection, email: 'ann@example.com', verified: true })),
      },
      {
        ...{ ...common, email: 'bob@example.com', blocked: true },
        identities: [{ connection: 'local', email: 'bob@example.com', verified: false }],
      },
      {
        ...{ ...common, email: null, blocked: false },
        identities: [{ connection: 'local', email: '', verified: false }],
      },
    ]);
    // The settings, the default role, roles, groups, the people of the role, identity providers; each of the three.
    expect(asked().length).toBe(1 + 1 + 1 + 1 + 1 + 1 + 3);
  });
});

describe.skipIf(missing !== null)('an account', () => {
  test('is found by its very address, in whatever case, and by its id', async () => {
    const { tenant, asked } = await readRealm({
      identityProviders: [identityProvider('staff')],
      users: [
        person('ann', { email: 'Ann+x@Example.com', emailVerified: true, ...linkedTo('staff') }),
        person('bob', { email: 'ann+x@example.com.org' }),
        person('any', { email: 'annyx@example.com' }),
      ],
    });
    const accounts = await tenant.readAccounts(['ANN+x@example.com', 'ann+x@example.com', 'nobody@example.com', '*']);
    expect(accounts).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/u),
        identities: [{ connection: 'staff', email: 'ann+x@example.com', verified: true }],
      },
    ]);
    // One for each address that differs in more than capitals, one for identity providers, one for the account.
    expect(asked().length).toBe(3 + 1 + 1);
    expect(await tenant.hasAccount(accounts[0]?.id ?? '')).toBe(true);
    expect(await tenant.hasAccount('gone')).toBe(false);
    expect(asked().length).toBe(2);
    expect(await tenant.readAction('of no use')).toBe(null);
    expect(asked()).toEqual([]);
  });

  test('needs no call of its own where the realm has no identity providers', async () => {
    const { tenant, asked } = await readRealm({ users: [person('ann'), person('bob')] });
    const accounts = await tenant.readAccounts(['ann@example.com', 'bob@example.com']);
    expect(accounts.map(({ identities }) => identities)).toEqual(
      ['ann', 'bob'].map((name) => [{ connection: 'local', email: `${name}@example.com`, verified: false }]),
    );
    expect(asked().length).toBe(2 + 1);
  });
});
