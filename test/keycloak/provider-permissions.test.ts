import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { client } from '../../src/targets/keycloak/provider/client.ts';
import { permissions } from '../../src/targets/keycloak/provider/permissions.ts';
import { watchServer } from './provider-calls.ts';
import type { TestRealm } from './realm.ts';
import { makeRealm, missing } from './realm.ts';

describe.skipIf(missing !== null)('Permissions, on the server', () => {
  let realm: TestRealm;
  beforeAll(async () => {
    realm = await makeRealm();
  });
  afterAll(() => realm?.remove());

  let server: ReturnType<typeof watchServer>;
  let count = 0;
  let id: string;
  let clientId: string;
  beforeEach(async () => {
    server = watchServer(realm.name);
    count += 1;
    clientId = `https://shop.example/${count}`;
    const of = { realm: realm.name, name: 'Shop', accessTokenLifespan: 3600, claim: 'permissions' };
    id = await client.create(server, { ...of, clientId });
    server.writes();
  });

  const declared = (...names: readonly string[]) => ({
    ...{ client: id, clientId },
    permissions: names.map((name) => ({ name, description: `May ${name}.` })),
  });
  const add = (name: string, more: object = {}) =>
    realm.call('POST', `/clients/${id.split('/')[1]}/roles`, { name, ...more });
  const names = async () => {
    const held = (await permissions.read(server, id))?.permissions as readonly { readonly name: string }[];
    return held.map(({ name }) => name).toSorted();
  };

  it('are all made in one write, many at a time, with whatever characters', async () => {
    const odd = ['view:a b', 'edit:a/b', 'Ü 🎉 "x" 100 %', 'app:a?b#c&d'];
    const many = declared(...Array.from({ length: 250 }, (_, index) => `view:${index}`), ...odd);
    expect(await permissions.create(server, many)).toBe(id);
    expect(server.writes()).toEqual(['POST /partialImport']);
    const held = await permissions.read(server, id);
    expect(held).toMatchObject({ client: id, clientId });
    // In one order, which the server does not keep.
    expect(held?.permissions).toEqual(many.permissions.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
  });

  it('are left as they are where they are there already, but for their descriptions', async () => {
    await add('view:a', { description: 'Old.', attributes: { theirs: ['kept'] } });
    const before = await realm.call('GET', `/clients/${id.split('/')[1]}/roles/view%3Aa`);
    await permissions.create(server, declared('view:a', 'view:b'));
    expect(server.writes()).toEqual(['POST /partialImport', 'PUT /roles-by-id/*']);
    expect(await realm.call('GET', `/clients/${id.split('/')[1]}/roles/view%3Aa`)).toEqual({
      ...(before as object),
      description: 'May view:a.',
    });
  });

  it('are added, described anew and withdrawn, in this order, with a call for what differs', async () => {
    const before = declared('view:a', 'view:b', 'view:c');
    await permissions.create(server, before);
    server.writes();
    const [first] = before.permissions;
    const after = {
      ...before,
      permissions: [
        { name: 'view:a', description: 'More.' },
        { name: 'view:d', description: '' },
      ],
    };
    await permissions.update(server, id, { before, after });
    expect(server.writes()).toEqual([
      'POST /partialImport',
      'PUT /roles-by-id/*',
      'DELETE /roles-by-id/*',
      'DELETE /roles-by-id/*',
    ]);
    expect(await names()).toEqual([first?.name, 'view:d']);
    await permissions.update(server, id, { before: after, after });
    expect(server.writes()).toEqual([]);
  });

  it('show what somebody has added, and take it away only once it is known', async () => {
    const inputs = declared('view:a');
    await permissions.create(server, inputs);
    await add('by hand');
    expect(await names()).toEqual(['by hand', 'view:a']);
    await permissions.update(server, id, { before: inputs, after: inputs });
    expect(await names()).toEqual(['by hand', 'view:a']);
    await permissions.update(server, id, { before: declared('view:a', 'by hand'), after: inputs });
    expect(await names()).toEqual(['view:a']);
  });

  it('are removed as far as the state knows them, and are gone with their client', async () => {
    const inputs = declared('view:a', 'view:b');
    await permissions.create(server, inputs);
    await add('by hand');
    await permissions.remove(server, id, inputs);
    expect(await names()).toEqual(['by hand']);
    await client.remove(server, id, {});
    expect(await permissions.read(server, id)).toBeNull();
    await permissions.remove(server, id, inputs);
    const gone = permissions.update(server, id, { before: inputs, after: inputs });
    await expect(gone).rejects.toThrow(`404 client ${clientId} is gone`);
  });
});
