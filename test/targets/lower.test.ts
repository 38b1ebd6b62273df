import { describe, expect, test } from 'vitest';
import { logicalName, namesOf } from '../../src/stack/logical-name.ts';
import { lower } from '../../src/targets/auth0/lower.ts';
import { desired } from '../support/desired.ts';

describe('lower', () => {
  test('an application becomes an API with roles enforced and permissions in its tokens', () => {
    const [application] = lower(
      desired([{ name: 'shop', title: 'Shop', audience: 'https://shop.example' }]),
    ).applications;
    expect(application?.api).toEqual({
      name: 'Shop',
      identifier: 'https://shop.example',
      enforcePolicies: true,
      tokenDialect: 'access_token_authz',
      tokenLifetime: 3600,
      tokenLifetimeForWeb: 3600,
    });
  });

  test('a token for browsers never lives longer than Auth0 lets it by itself', () => {
    const [application] = lower(desired([{ tokenLifetimeSeconds: 28_800 }])).applications;
    expect(application?.api).toMatchObject({ tokenLifetime: 28_800, tokenLifetimeForWeb: 7200 });
  });

  test('scopes are sorted by code point, a role has the title as name and always a description', () => {
    const state = desired([
      {
        permissions: ['data/b', 'data/a:view'],
        roles: [{ name: 'user', title: 'Basic User', scopes: ['view:a', 'b'] }],
      },
    ]);
    const [application] = lower(state).applications;
    expect(application?.scopes).toEqual([
      { name: 'b', description: 'B' },
      { name: 'view:a', description: 'A: View' },
    ]);
    expect(application?.roles).toEqual([
      {
        logicalName: 'shop.user',
        formerly: [],
        name: 'Basic User',
        description: 'Basic User, declared in YAML.',
        scopes: ['b', 'view:a'],
        holders: [],
      },
    ]);
  });

  test('every pair of an old application name and an old role name is a former logical name', () => {
    const state = desired([
      { name: 'store', formerly: ['shop'], roles: [{ name: 'boss', formerly: ['admin', 'chief'] }] },
    ]);
    expect(lower(state).applications[0]?.roles[0]?.formerly).toEqual([
      'shop.admin',
      'shop.chief',
      'shop.boss',
      'store.admin',
      'store.chief',
    ]);
  });
});

test('a logical name leads back to the YAML', () => {
  expect(namesOf(logicalName('shop', 'basic-user'))).toEqual({ application: 'shop', role: 'basic-user' });
  expect(namesOf('shop')).toEqual({ application: 'shop', role: null });
});
