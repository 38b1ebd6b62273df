import { describe, expect, test } from 'vitest';
import { adopted, api, observed, request, role } from './observed.ts';

const shop = 'https://shop.example';
const textOf = (files: readonly { path: string; text: string }[], path: string) =>
  files.find((file) => file.path === path)?.text;

describe('a tenant becomes documents', () => {
  const scopes = { 'read:orders': 'Read: all orders', 'edit:orders': '', administer: 'Administer' };
  const { files, told } = adopted(
    request(
      observed(
        [api(shop, scopes, { title: 'Shop API', tokenLifetimeSeconds: 86_400, enforced: false })],
        [
          role('Order Editor', shop, ['edit:orders'], { description: 'Edits,\nbut does not read' }),
          role('2. Ebene', shop, ['administer', 'edit:orders', 'read:orders'], { description: '' }),
        ],
      ),
    ),
  );

  test('a permission for each scope, by the thing that it is about', () => {
    expect(textOf(files, 'roles/shop-api/catalog.yaml')).toBe(`apiVersion: rolewright/v1
kind: PermissionCatalog
metadata:
  name: shop-api
  title: Shop API
spec:
  version: 1.0.0
  sections:
    - name: general
      permissions:
        - name: administer
          description: Administer
    - name: orders
      permissions:
        - name: edit-orders
          description: ""
          scope: edit:orders
        - name: read-orders
          description: "Read: all orders"
          scope: read:orders
`);
  });

  test('a file for each role, with what it holds and nothing else', () => {
    expect(textOf(files, 'roles/shop-api/roles/order-editor.yaml')).toBe(`apiVersion: rolewright/v1
kind: Role
metadata:
  application: shop-api
  name: order-editor
  description: "Edits,\\nbut does not read"
spec:
  grants:
    - orders/edit-orders
`);
    expect(textOf(files, 'roles/shop-api/roles/2-ebene.yaml')).toContain('  title: "2. Ebene"\n  description: ""\n');
  });

  test('an environment that says its target where it is not Auth0', () => {
    const tenant = 'sso.example.com/realms/acme';
    const environment = { name: 'production', purpose: 'production', target: 'keycloak', tenant } as const;
    const realm = adopted(request({ ...observed([api(shop, scopes)], []), tenant }, { environment }));
    const place = '  purpose: production\n  target: keycloak\n  tenant: sso.example.com/realms/acme\n  applications:\n';
    expect(textOf(realm.files, 'roles/environments/production.yaml')).toContain(place);
    expect(textOf(files, 'roles/environments/production.yaml')).not.toContain('target');
  });

  test('an environment, and what up will change', () => {
    expect(textOf(files, 'roles/environments/production.yaml')).toContain(
      '    - name: shop-api\n      audience: https://shop.example\n      tokenLifetime: 1d\n',
    );
    expect(told).toEqual([
      'RW6912 shop-api: roles are not enforced, or permissions are not in tokens; adopt leaves it so, and the next up changes it',
    ]);
  });
});

describe('what cannot be declared as it is, is left out and told', () => {
  const other = 'https://other.example';
  const management = api('https://acme.eu.auth0.com/api/v2/', { 'read:users': '' }, { system: true });
  const apis = [management, api(other, { a: '' }, { title: 'Other' }), api(shop, { a: '', b: '' })];
  const both = [...role('', other, ['a']).grants, ...role('', shop, ['a']).grants];
  const cases: readonly (readonly [string, ReturnType<typeof role>, string])[] = [
    ['of an API that is not adopted', role('Helper', management.audience, ['read:users']), 'RW6903'],
    ['of two APIs', role('Spanning', shop, [], { grants: both }), 'RW6904'],
    ['without permissions', role('Nobody', shop, []), 'RW6905'],
    ['with a title that ends in a blank', role('Reader ', shop, ['a']), 'RW6902'],
    ['with a title that turns its direction', role('Reader\u202e', shop, ['a']), 'RW6902'],
    ['with a scope that its API does not offer', role('Stale', shop, ['gone']), 'RW6902'],
  ];

  test.each(cases)('a role %s', (_, bad, code) => {
    const { files, told } = adopted(request(observed(apis, [bad, role('Good', shop, ['a'])])));
    expect(told.filter((line) => line.includes('role "'))).toEqual([
      expect.stringMatching(new RegExp(`^${code} role "${bad.title}" is left out: `, 'u')),
    ]);
    expect(files.filter(({ path }) => path.includes('/roles/')).map(({ path }) => path)).toEqual([
      'roles/shop/roles/good.yaml',
    ]);
  });

  test('both of two roles that people cannot tell apart', () => {
    const { files, told } = adopted(request(observed(apis, [role('Admin', shop, ['a']), role('admin', shop, ['b'])])));
    expect(told.filter((line) => line.startsWith('RW6906'))).toHaveLength(2);
    expect(files.some(({ path }) => path.includes('/roles/'))).toBe(false);
  });

  test('an API with a scope that nobody could write', () => {
    const odd = api(shop, { 'a"b': '' });
    expect(adopted(request(observed([odd], []))).told).toEqual([
      'RW6901 API https://shop.example is left out: its scope "a"b" has characters that a scope cannot have',
    ]);
  });

  test('what the patterns leave out, without a word', () => {
    const roles = [role('Trial A', shop, ['a']), role('Trial B', shop, ['b']), role('Admin', shop, ['a', 'b'])];
    const choice = { include: ['Trial *'], exclude: ['*B'], audiences: [shop] };
    const { files, told } = adopted(request(observed(apis, roles), { choice }));
    expect(told).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual([
      'roles/environments/production.yaml',
      'roles/shop/catalog.yaml',
      'roles/shop/roles/trial-a.yaml',
    ]);
  });
});

test('names that collide are numbered, and names that nobody would guess are told', () => {
  const roles = [role('管理者', 'https://a', ['x']), role('販売', 'https://a', ['x']), role('all', 'https://a', ['x'])];
  const { files, told } = adopted(request(observed([api('https://a', { x: '' })], roles)));
  expect(files.map(({ path }) => path).filter((path) => path.includes('/roles/'))).toEqual([
    'roles/shop/roles/role-2.yaml',
    'roles/shop/roles/role-all.yaml',
    'roles/shop/roles/role.yaml',
  ]);
  expect(told).toEqual([
    'RW6911 "all" is called shop/role-all',
    'RW6911 "管理者" is called shop/role',
    'RW6911 "販売" is called shop/role-2',
  ]);
});

test('a custom role whose base the tenant does not have gets one that nobody holds', () => {
  const scopes = {
    ...{ a: '', b: '', 'app:zoom': 'App: Zoom', 'restriction:none': 'Not restricted to apps' },
    'restriction:callers': 'Restricted to the apps of Callers',
  };
  const roles = [
    role('Admin', shop, ['a', 'b', 'restriction:none']),
    role('Callers', shop, ['a', 'app:zoom', 'restriction:callers']),
  ];
  const { files, told } = adopted(request(observed([api(shop, scopes)], roles)));
  expect(told).toEqual([expect.stringMatching(/^RW6915 shop: every permission is declared as restrictedBy: apps/u)]);
  expect(textOf(files, 'roles/shop/custom-roles/callers.yaml')).toContain(
    'spec:\n  base: callers-base\n  apps:\n    - zoom\n',
  );
  expect(textOf(files, 'roles/shop/roles/callers-base.yaml')).toContain('  assignable: false\n  restrictable: true\n');
});

test('an API whose restrictions are not Rolewright’s is left out', () => {
  const scopes = { a: '', 'app:zoom': 'Zoom', 'restriction:none': 'Not restricted to apps' };
  const { told, files } = adopted(
    request(observed([api(shop, scopes)], [role('Admin', shop, ['a', 'restriction:none'])])),
  );
  expect(told).toEqual(["RW6901 API https://shop.example is left out: its scope app:zoom is not one of Rolewright's"]);
  expect(files).toEqual([]);
});

test('a role with two markers, or with apps and no marker, is no custom role', () => {
  const scopes = { a: '', 'app:zoom': 'App: Zoom', 'restriction:none': 'Not restricted to apps' };
  const marked = { ...scopes, 'restriction:callers': 'Restricted to the apps of Callers' };
  const callers = role('Callers', shop, ['a', 'app:zoom', 'restriction:callers']);
  const bad = [
    role('Both', shop, ['a', 'app:zoom', 'restriction:callers', 'restriction:none']),
    role('Everywhere', shop, ['a', 'app:zoom', 'restriction:none']),
    role('Unmarked', shop, ['a', 'app:zoom']),
  ];
  const { told } = adopted(request(observed([api(shop, marked)], [callers, ...bad])));
  expect(told.filter((line) => line.startsWith('RW6902'))).toEqual([
    'RW6902 role "Both" is left out: it has not exactly one restriction marker',
    'RW6902 role "Everywhere" is left out: its apps do not fit its marker restriction:none',
    'RW6902 role "Unmarked" is left out: it has not exactly one restriction marker',
  ]);
});
