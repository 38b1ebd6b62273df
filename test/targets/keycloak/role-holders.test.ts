import { describe, expect, test } from 'vitest';
import { readGroups } from '../../../src/targets/keycloak/groups.ts';
import { holdersAmong, readHolders } from '../../../src/targets/keycloak/role-holders.ts';
import type { Answers } from './stub-realm.ts';
import { stubRealm } from './stub-realm.ts';

const role = (name: string, composite = false) => ({
  ...{ id: `${name}-id`, name, composite, clientRole: false, containerId: 'acme' },
});
const answers: Answers = {
  '': { defaultRole: role('everybody', true), accessTokenLifespan: 300 },
  '/groups/count': { count: 0 },
  '/roles-by-id/r-id': role('r'),
  '/roles-by-id/everybody-id/composites': [role('offline_access')],
  '/roles/r/users': [{ id: 'ann' }],
};

describe('holders of a role', () => {
  test('are those of the default role, if that is composed of it by another one of Keycloak itself', async () => {
    const { realm } = stubRealm({
      ...answers,
      '/roles-by-id/everybody-id/composites': [role('offline_access', true)],
      '/roles-by-id/offline_access-id/composites': [role('r'), role('everybody', true)],
      '/roles/everybody/users': [{ id: 'ann' }, { id: 'bob' }],
      '/roles/offline_access/users': [{ id: 'cat' }],
    });
    expect(await readHolders(realm, 'acme/r-id')).toEqual({ total: 3, ids: ['ann', 'bob', 'cat'] });
  });

  test('are not those of a role of people that the default role is composed of', async () => {
    const { realm } = stubRealm({
      ...answers,
      '/roles-by-id/everybody-id/composites': [role('outer', true)],
      '/roles-by-id/outer-id/composites': [role('r')],
      '/roles/everybody/users': [{ id: 'bob' }],
    });
    expect(await readHolders(realm, 'acme/r-id')).toEqual({ total: 1, ids: ['ann'] });
  });

  test('are looked for no further than to the last that was asked for', async () => {
    const { realm, asked } = stubRealm(answers);
    expect(await holdersAmong(realm, 'acme/r-id', new Set(['ann']))).toEqual(new Set(['ann']));
    expect(asked().length).toBe(2);
    expect(await holdersAmong(realm, 'acme/r-id', new Set(['ann', 'bob']))).toEqual(new Set(['ann']));
  });

  test.each(['.', '..'])(
    'cannot be asked for where the role is called "%s", which would lead to everybody',
    async (name) => {
      const { realm } = stubRealm({ ...answers, '/roles-by-id/r-id': { ...role('r'), name } });
      await expect(readHolders(realm, 'acme/r-id')).rejects.toThrow(
        `400 there is no way to ask who holds the role "${name}"`,
      );
    },
  );
});

describe('groups', () => {
  test('are all read, or none: whoever is in those that are not shown would pass for somebody without roles', async () => {
    const { realm } = stubRealm({ '/groups/count': { count: 2 }, '/groups': [{ id: 'one' }] });
    await expect(readGroups(realm)).rejects.toThrow('403 of 2 groups 1 are shown: the credentials need view-users');
  });

  test('may be deleted while they are read', async () => {
    let counted = 0;
    const count = () => ({ count: counted++ === 0 ? 2 : 1 });
    const { realm } = stubRealm({ '/groups/count': count, '/groups': [{ id: 'one' }] });
    expect((await readGroups(realm)).map(({ id }) => id)).toEqual(['one']);
  });
});
