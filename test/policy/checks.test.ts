import { describe, expect, test } from 'vitest';
import {
  describedRole,
  emptiedPermissions,
  enforcedRoles,
  protectedInProduction,
  reservedInBuild,
  reservedPermissions,
} from '../../policy/checks.ts';
import { desired, scope } from '../support/desired.ts';
import { holding } from '../support/steps.ts';

const name = 'shop.admin';

test('a role has a description of its own', () => {
  const about = (description?: unknown) => describedRole({ name, props: { name: 'Admin', description } });
  expect(about('Runs the shop.')).toEqual([]);
  for (const nothing of [undefined, '', '  ', 'Managed by Pulumi', null]) {
    expect(about(nothing)).toEqual(['role shop.admin has no description: say what it is for']);
  }
});

test('RolePermissions grant something', () => {
  expect(emptiedPermissions({ name, props: holding('a') })).toEqual([]);
  expect(emptiedPermissions({ name, props: holding() })).toHaveLength(1);
  expect(emptiedPermissions({ name, props: {} })).toHaveLength(1);
});

test('an API enforces roles and puts permissions into its tokens, in either dialect', () => {
  const api = (props: object) => enforcedRoles({ name: 'shop', props: { ...props } });
  expect(api({ enforcePolicies: true, tokenDialect: 'access_token_authz' })).toEqual([]);
  expect(api({ enforcePolicies: true, tokenDialect: 'rfc9068_profile_authz' })).toEqual([]);
  expect(api({ enforcePolicies: false, tokenDialect: 'access_token_authz' })).toEqual([
    'API shop does not enforce roles: set enforcePolicies to true',
  ]);
  expect(api({ enforcePolicies: true, tokenDialect: 'access_token' })).toEqual([
    expect.stringContaining('puts no permissions into its tokens'),
  ]);
  expect(api({})).toHaveLength(2);
});

describe('a reserved permission', () => {
  const rule = { scope: 'edit:spend', roles: ['shop.owner', 'shop.admin'] };
  const held = (holder: string, rules = [rule]) =>
    reservedPermissions({ name: holder, props: holding('edit:spend', 'a') }, rules);

  test('is held by the roles that are listed for it, and by no other', () => {
    expect(held('shop.admin')).toEqual([]);
    expect(held('shop.user')).toEqual([
      'role shop.user holds edit:spend of https://shop.example: it is reserved for shop.admin, shop.owner',
    ]);
    expect(held('shop.user', [{ ...rule, roles: [] }])).toEqual([expect.stringMatching(/no role may hold it$/)]);
  });

  test('of one API is not that of another with the same name', () => {
    expect(held('shop.user', [{ ...rule, audience: 'https://other.example' } as typeof rule])).toEqual([]);
    expect(held('shop.user', [{ ...rule, audience: 'https://shop.example' } as typeof rule])).toHaveLength(1);
  });

  test('comes from a build: what is sensitive, for the roles that hold it there', () => {
    const scopes = [{ ...scope('data/spend:edit'), sensitive: true }];
    const roles = [
      { name: 'admin', scopes: ['edit:spend', 'a'] },
      { name: 'user', scopes: ['a'] },
    ];
    const build: unknown = JSON.parse(JSON.stringify(desired([{ permissions: ['data/a'], scopes, roles }])));
    expect(reservedInBuild(build)).toEqual([
      { scope: 'edit:spend', audience: 'https://shop.example', roles: ['shop.admin'] },
    ]);
    expect(held('shop.user', [...reservedInBuild(build)] as (typeof rule)[])).toHaveLength(1);
    expect(reservedInBuild({})).toEqual([]);
  });
});

test('what people depend on is protected where they work', () => {
  const on = (stack: string, protect: boolean) =>
    protectedInProduction(
      { name, props: {} },
      { urn: `urn:pulumi:${stack}::p::auth0:index/role:Role::${name}`, protect },
      ['production'],
    );
  expect(on('production', true)).toEqual([]);
  expect(on('dev', false)).toEqual([]);
  expect(on('production-eu', false)).toEqual([]);
  expect(on('production', false)).toEqual([expect.stringContaining('shop.admin is not protected')]);
});
