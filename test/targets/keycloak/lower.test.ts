import { describe, expect, test } from 'vitest';
import { kinds } from '../../../src/stack/resource-kinds.ts';
import { lower } from '../../../src/targets/keycloak/lower.ts';
import { holds, kindOf } from '../../../src/targets/keycloak/resource-kinds.ts';
import { desired } from '../../support/desired.ts';

const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

describe('what Keycloak is to hold', () => {
  const declared = desired(
    [
      {
        ...{ name: 'shop', formerly: ['store'], title: 'The Shop', audience: 'https://api.shop.example' },
        tokenLifetimeSeconds: 600,
        permissions: ['data/spend:view', 'data/spend:edit'],
        roles: [{ name: 'buyer', formerly: ['purchaser'], scopes: ['edit:spend', 'view:spend'] }],
        holders: [{ role: 'buyer', assignment: 'buyers', account: { by: 'id', id: '7d0f-dana' } }],
      },
    ],
    { target: 'keycloak', tenant: 'sso.example.com/auth/realms/acme', protect: true },
  );

  test('is a client with its permissions, its roles and their people, in the realm of the tenant', () => {
    const [application] = lower(declared).applications;
    expect(application?.api).toEqual({
      ...{ name: 'The Shop', identifier: 'https://api.shop.example', tokenLifetime: 600 },
      ...{ claim: 'permissions', realm: 'acme' },
    });
    expect(application?.scopes.map(({ name }) => name)).toEqual(['edit:spend', 'view:spend']);
    expect(application?.roles).toEqual([
      {
        logicalName: 'shop.buyer',
        formerly: ['store.purchaser', 'store.buyer', 'shop.purchaser'],
        ...{ name: 'Buyer', description: 'Buyer, declared in YAML.', scopes: ['edit:spend', 'view:spend'] },
        holders: [{ logicalName: 'shop.buyer.7d0f-dana', userId: '7d0f-dana' }],
      },
    ]);
    expect(lower(declared).protect).toBe(true);
  });

  test('is the same bytes for the same declaration', () => {
    expect(JSON.stringify(lower(declared))).toBe(JSON.stringify(lower(structuredClone(declared))));
  });
});

describe('a resource of the provider in the words of all targets', () => {
  test('is of its kind, and of none where it is not ours', () => {
    const type = (name: string) => kindOf(`rolewright-keycloak:index:${name}`);
    expect(['Client', 'Permissions', 'Role', 'RolePermissions', 'UserRole', 'DefaultRole'].map(type)).toEqual([
      ...[kinds.api, kinds.scopes, kinds.role, kinds.grants, kinds.holder, kinds.defaultRole],
    ]);
    expect([type('Group'), kindOf('auth0:index/role:Role'), kindOf('rolewright:keycloak:Role')]).toEqual([
      ...[null, null, null],
    ]);
  });

  test('holds what is declared of it', () => {
    const client = { clientId: 'https://a', accessTokenLifespan: 60, name: 'A', claim: 'permissions', realm: 'acme' };
    const api = { identifier: 'https://a', tokenLifetime: 60, name: 'A', claim: 'permissions', realm: 'acme' };
    expect(holds(kinds.api, client)).toEqual(api);
    const scopes = [{ name: 'a', description: 'A' }];
    expect(holds(kinds.scopes, { client: 'acme/1', clientId: 'https://a', permissions: scopes })).toEqual({
      ...{ client: 'acme/1', resourceServerIdentifier: 'https://a', scopes },
    });
    expect(holds(kinds.grants, { permissions: [{ name: 'a', clientId: 'https://a' }] })).toEqual({
      permissions: [{ name: 'a', resourceServerIdentifier: 'https://a' }],
    });
    expect(holds(kinds.role, { name: 'Buyer', description: '' })).toEqual({ name: 'Buyer', description: '' });
  });

  test('holds nothing of what is not there, so that outputs never hide inputs', () => {
    for (const kind of Object.values(kinds)) expect(Object.keys(holds(kind, {}))).toEqual([]);
    expect(Object.keys(holds(kinds.api, { name: 'A', clientId: undefined }))).toEqual(['name']);
    expect(holds(kinds.grants, { permissions: [{ name: 'a' }] })).toEqual({ permissions: [{ name: 'a' }] });
  });

  test('keeps what only the update will know', () => {
    expect(holds(kinds.grants, { permissions: unknown })).toEqual({ permissions: unknown });
    expect(holds(kinds.grants, { permissions: [unknown] })).toEqual({ permissions: [unknown] });
    expect(holds(kinds.grants, { permissions: [{ name: 'a', clientId: unknown }] })).toEqual({
      permissions: [{ name: 'a', resourceServerIdentifier: unknown }],
    });
    expect(holds(kinds.scopes, { permissions: unknown })).toEqual({ scopes: unknown });
  });
});
