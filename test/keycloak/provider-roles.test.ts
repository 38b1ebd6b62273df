import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defaultRole } from '../../src/targets/keycloak/provider/default-role.ts';
import { role } from '../../src/targets/keycloak/provider/role.ts';
import { userRole } from '../../src/targets/keycloak/provider/user-role.ts';
import { watchServer } from './provider-calls.ts';
import type { TestRealm } from './realm.ts';
import { makeRealm, missing } from './realm.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

describe.skipIf(missing !== null)('roles and who holds them, on the server', () => {
  let realm: TestRealm;
  beforeAll(async () => {
    realm = await makeRealm({ users: ['amy', 'bob'].map((username) => ({ username, enabled: true })) });
  });
  afterAll(() => realm?.remove());

  let server: ReturnType<typeof watchServer>;
  let count = 0;
  let inputs: Readonly<Record<string, string>>;
  beforeEach(() => {
    server = watchServer(realm.name);
    count += 1;
    inputs = {
      ...{ realm: realm.name, name: `Editor ${count}`, description: 'Edits.' },
      key: `production/shop.editor-${count}`,
    };
  });

  const userId = async (username: string) => {
    const [user] = (await realm.call('GET', `/users?username=${username}&exact=true`)) as readonly Named[];
    return user?.id ?? '';
  };
  const idOf = async (name: string) => {
    const there = (await realm.call('GET', `/roles/${encodeURIComponent(name)}`)) as Named;
    return `${realm.name}/${there.id}`;
  };

  describe('a Role', () => {
    it.each(['Web shop: editor', 'view/edit', 'Überprüfer 🎉 "all" 100 %', 'a?b#c&d=e+f', '%2F'])(
      'is made in one write as %s, and read as it was declared',
      async (name) => {
        const id = await role.create(server, { ...inputs, name });
        expect(server.writes()).toEqual(['POST /roles']);
        expect(await role.read(server, id)).toEqual({ ...inputs, name });
        expect(await idOf(name)).toBe(id);
      },
    );

    it('is taken over where the answer to the call that made it was lost', async () => {
      const id = await role.create(server, inputs);
      server.writes();
      expect(await role.create(server, inputs)).toBe(id);
      expect(server.writes()).toEqual(['POST /roles']);
      expect(await role.create(server, { ...inputs, description: 'Edits all.' })).toBe(id);
      expect(await role.read(server, id)).toMatchObject({ description: 'Edits all.' });
    });

    it.each([
      ['that nobody owns', {}],
      ['of another stack', { attributes: { rolewright: ['staging/shop.editor'] } }],
    ])('does not take over one %s', async (_, representation) => {
      await realm.call('POST', '/roles', { name: inputs.name, description: 'Theirs.', ...representation });
      await expect(role.create(server, inputs)).rejects.toThrow(`409 Role with name ${inputs.name} already exists`);
      expect(await role.read(server, await idOf(inputs.name ?? ''))).toMatchObject({ description: 'Theirs.' });
    });

    it('is renamed in one write: the same role, held by the same people, with the attributes of others', async () => {
      await realm.call('POST', '/roles', { name: inputs.name, attributes: { theirs: ['kept'] } });
      const id = await idOf(inputs.name ?? '');
      await userRole.create(server, { userId: await userId('amy'), roleId: id });
      server.writes();
      const before = (await role.read(server, id)) ?? {};
      await role.update(server, id, { before, after: { ...inputs, name: `Author ${count}` } });
      expect(server.writes()).toEqual(['PUT /roles-by-id/*']);
      expect(await idOf(`Author ${count}`)).toBe(id);
      expect(await realm.call('GET', `/roles-by-id/${id.split('/')[1]}`)).toMatchObject({
        attributes: { theirs: ['kept'], rolewright: [inputs.key] },
      });
      expect(await realm.call('GET', `/roles/Author%20${count}/users`)).toMatchObject([{ username: 'amy' }]);
    });

    it('keeps its attributes when they are no change', async () => {
      const id = await role.create(server, inputs);
      await role.update(server, id, { before: inputs, after: { ...inputs, description: '' } });
      expect(await role.read(server, id)).toEqual({ ...inputs, description: '' });
    });

    it('sends nothing where nothing differs, and is removed, and nothing there is well', async () => {
      const id = await role.create(server, inputs);
      server.writes();
      await role.update(server, id, { before: {}, after: inputs });
      expect(server.writes()).toEqual([]);
      await role.remove(server, id, inputs);
      expect(await role.read(server, id)).toBeNull();
      await role.remove(server, id, inputs);
      const gone = role.update(server, id, { before: inputs, after: inputs });
      await expect(gone).rejects.toThrow(`404 role ${inputs.name} is gone`);
    });
  });

  describe('a UserRole', () => {
    it('gives one person one role, reads it, and takes it away, and leaves everything else', async () => {
      const [roleId, other] = [await role.create(server, inputs), await role.create(server, second(inputs))];
      const [amy, bob] = [await userId('amy'), await userId('bob')];
      for (const theirs of [
        { userId: amy, roleId: other },
        { userId: bob, roleId },
      ])
        await userRole.create(server, theirs);
      const id = await userRole.create(server, { userId: amy, roleId });
      expect(id).toBe(`${roleId}|${amy}`);
      expect(await userRole.read(server, id)).toEqual({ userId: amy, roleId });
      server.writes();
      await userRole.remove(server, id, {});
      expect(server.writes()).toEqual(['DELETE /users/*/role-mappings/realm']);
      expect(await userRole.read(server, id)).toBeNull();
      expect(await userRole.read(server, `${other}|${amy}`)).not.toBeNull();
      expect(await userRole.read(server, `${roleId}|${bob}`)).not.toBeNull();
      await userRole.remove(server, id, {});
    });

    it('is not what a group gives', async () => {
      const roleId = await role.create(server, inputs);
      await realm.call('POST', '/groups', { name: `editors-${count}` });
      const [group] = (await realm.call('GET', `/groups?search=editors-${count}`)) as readonly Named[];
      const given = [{ id: roleId.split('/')[1], name: inputs.name }];
      await realm.call('POST', `/groups/${group?.id}/role-mappings/realm`, given);
      const bob = await userId('bob');
      await realm.call('PUT', `/users/${bob}/groups/${group?.id}`);
      expect(await userRole.read(server, `${roleId}|${bob}`)).toBeNull();
    });

    it('is refused for people and roles that are gone, and gone with them', async () => {
      const roleId = await role.create(server, inputs);
      const nobody = '00000000-0000-0000-0000-000000000000';
      await expect(userRole.create(server, { userId: nobody, roleId })).rejects.toThrow('404 User not found');
      expect(await userRole.read(server, `${roleId}|${nobody}`)).toBeNull();
      const id = await userRole.create(server, { userId: await userId('amy'), roleId });
      await role.remove(server, roleId, inputs);
      expect(await userRole.read(server, id)).toBeNull();
      await userRole.remove(server, id, {});
      const userOf = { userId: await userId('amy'), roleId };
      await expect(userRole.create(server, userOf)).rejects.toThrow(`404 role ${roleId} is gone`);
    });
  });

  describe('a DefaultRole', () => {
    const defaults = async () => {
      const { defaultRole: whole } = (await realm.call('GET', '')) as { readonly defaultRole: Named };
      const parts = (await realm.call('GET', `/roles-by-id/${whole.id}/composites`)) as readonly Named[];
      return parts.map(({ name }) => name).toSorted();
    };

    it('is one of those that everybody holds; the others are left alone', async () => {
      const before = await defaults();
      const roleId = await role.create(server, inputs);
      expect(await defaultRole.read(server, roleId)).toBeNull();
      server.writes();
      expect(await defaultRole.create(server, { roleId })).toBe(roleId);
      expect(server.writes()).toEqual(['POST /roles-by-id/*/composites']);
      expect(await defaultRole.read(server, roleId)).toEqual({ roleId });
      expect(await defaults()).toEqual([...before, inputs.name].toSorted());
      await defaultRole.remove(server, roleId, { roleId });
      expect(await defaults()).toEqual(before);
      await defaultRole.remove(server, roleId, { roleId });
    });

    it('is found where the default role of the realm has been renamed', async () => {
      const roleId = await role.create(server, inputs);
      const { defaultRole: whole } = (await realm.call('GET', '')) as { readonly defaultRole: Named };
      await realm.call('PUT', `/roles-by-id/${whole.id}`, { ...whole, name: 'everybody' });
      await defaultRole.create(server, { roleId });
      expect(await defaults()).toContain(inputs.name);
      await role.remove(server, roleId, inputs);
      expect(await defaultRole.read(server, roleId)).toBeNull();
    });
  });
});

function second(inputs: Readonly<Record<string, string>>) {
  return { ...inputs, name: `${inputs.name} too`, key: `${inputs.key}-too` };
}
