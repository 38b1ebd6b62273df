import { describe, expect, test } from 'vitest';
import { check } from '../../../src/pipeline.ts';
import { checkLimits } from '../../../src/targets/keycloak/limits.ts';
import type { ApplicationSketch } from '../../support/desired.ts';
import { desired, scope } from '../../support/desired.ts';

const user = { name: 'user', scopes: ['notes'] };

function problems(application: ApplicationSketch, tenant = 'loopback/realms/Acme') {
  const declared = desired([{ permissions: ['data/notes'], roles: [user], ...application }], {
    ...{ target: 'keycloak', tenant },
  });
  return checkLimits(declared).map(({ severity, code, message }) => `${severity} ${code} ${message}`);
}

describe('what Keycloak would refuse', () => {
  test('is nothing of an ordinary application, however its names look', () => {
    expect(problems({})).toEqual([]);
    const named = { name: 'user', title: 'Ä/b %2F "c" <d>', scopes: [] };
    expect(problems({ audience: 'https://api.shop.example/?a=1#b', roles: [named] })).toEqual([]);
  });

  test('is a text of more than 255 characters, wherever one may be longer', () => {
    const long = (length: number) => 'x'.repeat(length);
    const everywhere = (length: number) =>
      problems({
        audience: `https://${long(length - 8)}`,
        scopes: [{ ...scope('data/long'), value: long(length), description: long(length) }],
        roles: [{ name: 'user', description: long(length) }],
      });
    expect(everywhere(255)).toEqual([]);
    const rule = 'has 256 characters, and at most 255 are taken';
    expect(everywhere(256)).toEqual([
      `error RW4203 the audience of shop in dev ${rule}`,
      `error RW4203 the scope ${long(256)} of shop ${rule}`,
      `error RW4203 the description of the scope ${long(256)} of shop ${rule}`,
      `error RW4203 the description of shop/user ${rule}`,
    ]);
  });

  test('counts as its database does: what lies beyond the basic plane is two', () => {
    expect(problems({ roles: [{ name: 'user', description: '😀'.repeat(128) }] })).toEqual([
      'error RW4203 the description of shop/user has 256 characters, and at most 255 are taken',
    ]);
    expect(problems({ roles: [{ name: 'user', description: '😀'.repeat(127) }] })).toEqual([]);
    expect(problems({ roles: [{ name: 'user', description: 'ä'.repeat(255) }] })).toEqual([]);
  });

  test('is a title that the realm has a role of, or that is a step in a path', () => {
    const titled = (title: string, tenant?: string) => problems({ roles: [{ name: 'user', title }] }, tenant);
    expect(titled('offline_access')).toEqual([
      'error RW4212 shop/user is titled "offline_access", and the realm Acme has a role of its own of that name',
    ]);
    expect(titled('uma_authorization')).toHaveLength(1);
    expect(titled('default-roles-acme')).toHaveLength(1);
    expect(titled('default-roles-other')).toEqual([]);
    expect([titled('admin'), titled('admin', 'loopback/realms/master').length]).toEqual([[], 1]);
    expect(titled('..')).toEqual([
      'error RW4203 the title of shop/user is a step in a path, and Keycloak would not find the role by it',
    ]);
    expect([titled('.').length, titled('...')]).toEqual([1, []]);
  });

  test("is an audience that is one of the realm's own clients", () => {
    expect(problems({ audience: 'realm-management' })).toEqual([
      'error RW4213 the audience of shop is realm-management, which is one of the clients that every realm has',
    ]);
    expect(problems({ audience: 'account' })).toHaveLength(1);
    expect(problems({ audience: 'acme-realm' })).toEqual([]);
    expect(problems({ audience: 'acme-realm' }, 'loopback/realms/master')).toHaveLength(1);
  });
});

describe('a role that everybody would hold', () => {
  const policy = { default: 'user', byEmailDomain: [] };

  test('is taken where nothing is restricted', () => {
    expect(problems({ provisioning: policy })).toEqual([]);
  });

  test.each(['custom-role', 'assignment'] as const)('is refused beside a %s, with the reason', (kind) => {
    const roles = [user, { ...user, name: 'zoom-owners', kind }];
    expect(problems({ roles })).toEqual([]);
    expect(problems({ roles, provisioning: policy })).toEqual([
      'error RW4210 on Keycloak everybody in dev would hold the default role shop/user, and whoever holds shop/zoom-owners besides would be denied all that is restricted',
    ]);
  });

  test('is refused by the domain of an address', () => {
    const rule = { domain: 'acme.example', connection: 'acme-sso', role: 'user' };
    expect(problems({ provisioning: { ...policy, byEmailDomain: [rule] } })).toEqual([
      'error RW4211 Keycloak has no rules by e-mail domain, and shop in dev has them for acme.example',
    ]);
  });
});

describe('the check of a repository', () => {
  const documents = (target: string, tenant: string) => [
    {
      path: 'roles/shop.yaml',
      text: `apiVersion: rolewright/v1
kind: PermissionCatalog
metadata:
  name: shop
spec:
  version: 1.0.0
  sections:
    - name: data
      permissions:
        - name: notes
          whenDenied:
            hidden:
              - notes
---
apiVersion: rolewright/v1
kind: Role
metadata:
  application: shop
  name: user
  title: offline_access
  description: ${'x'.repeat(300)}
spec:
  grants:
    - data/notes
---
apiVersion: rolewright/v1
kind: Environment
metadata:
  name: dev
spec:
  purpose: development
  target: ${target}
  tenant: ${tenant}
  applications:
    - name: shop
      audience: https://shop.example
`,
    },
  ];
  const codes = (target: string, tenant: string) => check(documents(target, tenant))[1].map(({ code }) => code);

  test("asks for the limits of each environment's own identity provider", () => {
    expect(codes('keycloak', 'loopback/realms/acme')).toEqual(['RW4203', 'RW4212']);
    expect(codes('auth0', 'loopback')).toEqual([]);
  });
});
