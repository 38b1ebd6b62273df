import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { permissions } from '../../src/targets/keycloak/provider/permissions.ts';
import { role } from '../../src/targets/keycloak/provider/role.ts';
import { rolePermissions } from '../../src/targets/keycloak/provider/role-permissions.ts';
import { urnOf, watchedProvider, watchServer } from './provider-calls.ts';
import type { TestRealm } from './realm.ts';
import { makeRealm, missing } from './realm.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

const composites = '/roles-by-id/*/composites';

describe.skipIf(missing !== null)('RolePermissions, on the server', () => {
  let realm: TestRealm;
  const clients: Record<string, string> = {};
  beforeAll(async () => {
    realm = await makeRealm();
    for (const clientId of ['shop', 'store']) {
      await realm.call('POST', '/clients', { clientId });
      const [made] = (await realm.call('GET', `/clients?clientId=${clientId}`)) as readonly Named[];
      clients[clientId] = made?.id ?? '';
      for (const name of ['a', 'b', 'c', 'd/e']) await realm.call('POST', `/clients/${made?.id}/roles`, { name });
    }
  });
  afterAll(() => realm?.remove());

  let server: ReturnType<typeof watchServer>;
  let count = 0;
  let roleId: string;
  beforeEach(async () => {
    server = watchServer(realm.name);
    count += 1;
    roleId = await role.create(server, { realm: realm.name, name: `Editor ${count}`, description: '' });
    server.writes();
  });

  /** `shop a`: the permission a of the client shop. */
  const grants = (...all: readonly string[]) => ({
    roleId,
    permissions: all.map((one) => {
      const [clientId = '', name = ''] = one.split(' ');
      return { name, clientId };
    }),
  });
  const effective = async () => {
    const held = (await rolePermissions.read(server, roleId))?.permissions as readonly Record<string, string>[];
    return held.map(({ clientId, name }) => `${clientId} ${name}`);
  };
  const clientRole = async (one: string) => {
    const [clientId = '', name = ''] = one.split(' ');
    return (await realm.call('GET', `/clients/${clients[clientId]}/roles/${encodeURIComponent(name)}`)) as Named;
  };
  /** Puts parts into a role of the realm, which is made if it is not there. */
  const put = async (into: string, ...parts: readonly string[]) => {
    const there = await realm.call('GET', `/roles/${encodeURIComponent(into)}`);
    if (there === null) await realm.call('POST', '/roles', { name: into });
    const roles = await Promise.all(
      parts.map(async (part) =>
        /^(?:shop|store) /u.test(part) ? clientRole(part) : realm.call('GET', `/roles/${encodeURIComponent(part)}`),
      ),
    );
    await realm.call('POST', `/roles/${encodeURIComponent(into)}/composites`, roles);
  };
  const partsOf = async (name: string) => {
    const parts = (await realm.call('GET', `/roles/${encodeURIComponent(name)}/composites`)) as readonly Named[];
    return parts.map((part) => part.name).toSorted();
  };

  it('are given in one write, of several clients', async () => {
    expect(await rolePermissions.create(server, grants('shop a', 'shop d/e', 'store a'))).toBe(roleId);
    expect(server.writes()).toEqual([`POST ${composites}`]);
    expect(await effective()).toEqual(['shop a', 'shop d/e', 'store a']);
    expect(await rolePermissions.read(server, roleId)).toMatchObject({ roleId });
  });

  it('replace what the role gave when they are created', async () => {
    await put(`Editor ${count}`, 'shop b', 'store b');
    await rolePermissions.create(server, grants('shop a', 'shop b'));
    expect(server.writes()).toEqual([`DELETE ${composites}`, `POST ${composites}`]);
    expect(await effective()).toEqual(['shop a', 'shop b']);
  });

  it('change by what differs, taken away before it is added', async () => {
    await rolePermissions.create(server, grants('shop a', 'shop b'));
    server.writes();
    const change = { before: grants('shop a', 'shop b'), after: grants('shop b', 'shop c', 'store c') };
    await rolePermissions.update(server, roleId, change);
    expect(server.writes()).toEqual([`DELETE ${composites}`, `POST ${composites}`]);
    expect(await effective()).toEqual(['shop b', 'shop c', 'store c']);
    await rolePermissions.update(server, roleId, change);
    expect(server.writes()).toEqual([]);
  });

  it('ask once for what a client offers, however many roles are given of it', async () => {
    await rolePermissions.create(server, grants('shop a'));
    expect(server.count()).toBe(6);
    const other = await role.create(server, { realm: realm.name, name: `Reader ${count}`, description: '' });
    server.count();
    await rolePermissions.create(server, { ...grants('shop a', 'shop b'), roleId: other });
    expect(server.count()).toBe(2);
  });

  it('find a permission that has been made, or made anew, since the client was asked', async () => {
    const uuid = clients.store;
    const shop = { client: `${realm.name}/${uuid}`, clientId: 'store' };
    const given = { ...shop, permissions: [{ name: 'late', description: '' }] };
    await rolePermissions.create(server, grants('store a'));
    await permissions.create(server, given);
    await rolePermissions.update(server, roleId, { before: {}, after: grants('store a', 'store late') });
    await permissions.remove(server, shop.client, given);
    expect(await effective()).toEqual(['store a']);
    await permissions.create(server, given);
    await rolePermissions.update(server, roleId, { before: {}, after: grants('store a', 'store late') });
    expect(await effective()).toEqual(['store a', 'store late']);
    await permissions.remove(server, shop.client, given);
  });

  it('are given and taken away many at a time, in one write each', async () => {
    const shop = { client: `${realm.name}/${clients.shop}`, clientId: 'shop' };
    const names = Array.from({ length: 150 }, (_, index) => `many:${index}`);
    await permissions.create(server, { ...shop, permissions: names.map((name) => ({ name, description: '' })) });
    server.writes();
    await rolePermissions.create(server, grants(...names.map((name) => `shop ${name}`)));
    expect(server.writes()).toEqual([`POST ${composites}`]);
    expect(await effective()).toHaveLength(150);
    await rolePermissions.update(server, roleId, { before: {}, after: grants('shop many:7') });
    expect(server.writes()).toEqual([`DELETE ${composites}`]);
    expect(await effective()).toEqual(['shop many:7']);
  });

  it('are refused whole where one is offered by nobody', async () => {
    await rolePermissions.create(server, grants('shop a'));
    server.writes();
    const update = (wanted: string) =>
      rolePermissions.update(server, roleId, { before: {}, after: grants('shop b', wanted) });
    await expect(update('shop z')).rejects.toThrow(`404 client shop of ${realm.name} offers no permission z`);
    await expect(update('nobody z')).rejects.toThrow(`404 there is no client nobody in ${realm.name}`);
    expect(server.writes()).toEqual([]);
  });

  describe('of a role that is composed of others', () => {
    it('are read as what it comes to, at whatever depth and in circles', async () => {
      const self = `Editor ${count}`;
      await put(`inner ${count}`, 'shop a', 'store b');
      await put(`outer ${count}`, `inner ${count}`, 'shop b');
      await put(self, `outer ${count}`, 'shop a');
      await put(`inner ${count}`, self);
      expect(await effective()).toEqual(['shop a', 'shop b', 'store b']);
      await rolePermissions.update(server, roleId, { before: {}, after: grants('store b', 'shop a', 'shop b') });
      expect(server.writes()).toEqual([]);
    });

    it('lose what must go with the role that brings it, whose rest is given before', async () => {
      await put(`inner ${count}`, 'shop a', 'shop b', 'shop c');
      await put(`fits ${count}`, 'store a');
      await put(`Editor ${count}`, `inner ${count}`, `fits ${count}`, 'shop c', 'store b');
      const after = grants('shop a', 'shop c', 'store a', 'store c');
      await rolePermissions.update(server, roleId, { before: {}, after });
      expect(server.writes()).toEqual([`POST ${composites}`, `DELETE ${composites}`, `POST ${composites}`]);
      expect(await effective()).toEqual(['shop a', 'shop c', 'store a', 'store c']);
      expect(await partsOf(`Editor ${count}`)).toEqual(['a', 'c', 'c', `fits ${count}`]);
      expect(await partsOf(`inner ${count}`)).toEqual(['a', 'b', 'c']);
    });

    it('keep roles of the realm that give nothing', async () => {
      await put(`Editor ${count}`, 'offline_access', 'shop a');
      await rolePermissions.update(server, roleId, { before: {}, after: grants('shop b') });
      expect(await partsOf(`Editor ${count}`)).toEqual(['b', 'offline_access']);
    });

    it('do not give a permission that brings another one along', async () => {
      const name = `pair-${count}`;
      await realm.call('POST', `/clients/${clients.shop}/roles`, { name });
      const pair = await clientRole(`shop ${name}`);
      await realm.call('POST', `/roles-by-id/${pair.id}/composites`, [await clientRole('shop b')]);
      const both = grants(`shop ${name}`, 'shop b');
      const alone = rolePermissions.create(server, grants(`shop ${name}`));
      await expect(alone).rejects.toThrow(
        `409 ${name} of shop is itself composed of b of shop: take it apart, or grant that as well`,
      );
      expect(server.writes()).toEqual([]);
      await rolePermissions.create(server, both);
      expect(await effective()).toEqual(['shop b', `shop ${name}`]);
      server.writes();
      const narrowed = rolePermissions.update(server, roleId, { before: both, after: grants(`shop ${name}`) });
      await expect(narrowed).rejects.toThrow('take it apart');
      expect(server.writes()).toEqual([]);
    });
  });

  it('go as far as the state knows them: what somebody else has given stays', async () => {
    await put(`inner ${count}`, 'shop b', 'store b');
    await rolePermissions.create(server, grants('shop a'));
    await put(`Editor ${count}`, `inner ${count}`, 'store a');
    await rolePermissions.remove(server, roleId, grants('shop a', 'shop b'));
    expect(await effective()).toEqual(['store a', 'store b']);
    await role.remove(server, roleId, {});
    expect(await rolePermissions.read(server, roleId)).toBeNull();
    await rolePermissions.remove(server, roleId, grants('shop a'));
  });

  it('are handed to the engine as they are when a change has been cut off', async () => {
    await rolePermissions.create(server, grants('shop a'));
    let left = 1;
    const failing = {
      ...server,
      api: {
        ...server.api,
        send: (...call: Parameters<typeof server.api.send>) => {
          left -= 1;
          return left < 0 ? Promise.reject(new Error('503 Service Unavailable')) : server.api.send(...call);
        },
      },
    };
    const { update } = watchedProvider(failing);
    const cutOff = update?.(roleId, urnOf('RolePermissions'), grants('shop a'), grants('shop b', 'shop c'));
    await expect(cutOff).rejects.toMatchObject({
      ...{ id: roleId, message: '503 Service Unavailable', reasons: ['503 Service Unavailable'] },
      properties: { roleId, permissions: [] },
    });
  });
});
