import { describe, expect, test } from 'vitest';
import type { Selection } from '../../../src/stack/tenant.ts';
import { observeRealm } from '../../../src/targets/keycloak/observe-realm.ts';
import type { Answers } from './stub-realm.ts';
import { stubRealm } from './stub-realm.ts';

const all: Selection = { tenant: 'shown', audiences: null, wanted: () => true, onProgress: () => undefined };

const role = (id: string, composite = true) => ({
  ...{ id, name: id, composite, clientRole: false, containerId: 'acme' },
});
const scope = (id: string, containerId = 'app-id') => ({ ...role(id, false), clientRole: true, containerId });
const settings: Answers = { '': { defaultRole: role('default'), accessTokenLifespan: 300 } };

/** By titles. */
async function grantsOf(answers: Answers): Promise<unknown> {
  const clients = { '/clients': [{ id: 'app-id', clientId: 'app' }] };
  const { roles } = await observeRealm(stubRealm({ ...settings, ...clients, ...answers }).realm, all);
  return Object.fromEntries(roles.map(({ title, grants }) => [title, grants.map(({ scope: one }) => one)]));
}

describe('a realm that changes while it is read', () => {
  test('has no role that was deleted since it was listed', async () => {
    expect(
      await grantsOf({
        '/roles': [role('gone'), role('there')],
        '/roles-by-id/there/composites': [scope('read')],
      }),
    ).toEqual({ there: ['read'] });
  });

  test('has no part in a role that was deleted, nor a scope of a client that was', async () => {
    expect(
      await grantsOf({
        '/roles': [role('there')],
        '/roles-by-id/there/composites': [scope('read'), role('gone'), scope('other', 'client that is gone')],
      }),
    ).toEqual({ there: ['read'] });
  });

  test('knows the client that was made since the roles were listed', async () => {
    const clients = [{ id: 'app-id', clientId: 'app' }];
    const parts = () => {
      clients.push({ id: 'new-id', clientId: 'new' });
      return [scope('fresh', 'new-id')];
    };
    const { realm } = stubRealm({
      ...settings,
      ...{ '/clients': clients, '/roles': [role('there')], '/roles-by-id/there/composites': parts },
    });
    const { roles } = await observeRealm(realm, all);
    expect(roles.map(({ grants }) => grants)).toEqual([[{ audience: 'new', scope: 'fresh' }]]);
  });
});

describe('roles', () => {
  test('leave out those of Keycloak itself, whatever the default role is called', async () => {
    const own = ['default', 'offline_access', 'uma_authorization'].map((id) => role(id, false));
    expect(await grantsOf({ '/roles': [...own, role('admin', false)] })).toEqual({ admin: [] });
  });

  test('cost nothing where nothing was composed, and what meets again is read once', async () => {
    const { realm, asked } = stubRealm({
      ...settings,
      '/clients': [{ id: 'app-id', clientId: 'app' }],
      '/roles': [role('a'), role('b'), role('plain', false)],
      '/roles-by-id/a/composites': [role('deep')],
      '/roles-by-id/b/composites': [role('deep'), role('a')],
      '/roles-by-id/deep/composites': [scope('read')],
    });
    await observeRealm(realm, all);
    expect(
      asked()
        .filter((path) => path.endsWith('/composites'))
        .toSorted(),
    ).toEqual(['a', 'b', 'deep'].map((id) => `/roles-by-id/${id}/composites`));
  });

  test('are not taken for all of them where the settings of the realm are hidden', async () => {
    const { realm } = stubRealm({ '': { realm: 'acme' }, '/roles': [role('a')] });
    await expect(observeRealm(realm, all)).rejects.toThrow('403 the settings of acme are not shown');
  });
});
