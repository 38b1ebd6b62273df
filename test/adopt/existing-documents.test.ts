import { describe, expect, test } from 'vitest';
import { build } from '../../src/pipeline.ts';
import { adopted, api, observed, request, role } from './observed.ts';

const shop = 'https://shop.example';
const catalog = `# The shop's own words.
apiVersion: rolewright/v1
kind: PermissionCatalog
metadata:
  name: shop
spec:
  version: 2.3.0
  sections:
    # What is sold
    - name: orders
      permissions:
        - name: orders          # with levels
          levels:
            - name: view
            - name: edit
        # the end of the orders

    - name: empty
      permissions: []
    - name: general
      permissions:
        - name: administer
          description: ""   # said nowhere
  # No names are retired yet.
`;
const clerk = `apiVersion: rolewright/v1
kind: Role
metadata:
  application: shop
  name: clerk
spec:
  # Reviewed in May.
  grants:
    # Whoever sells must see.
    - orders/orders:view   # and no more
`;
const environment = `apiVersion: rolewright/v1
kind: Environment
metadata:
  name: production
spec:
  purpose: production
  tenant: acme.eu.auth0.com
  applications:
    - name: shop
      audience: https://shop.example   # ours
  protect: true
`;
const files = [
  { path: 'roles/environments/production.yaml', text: environment },
  { path: 'roles/shop/catalog.yaml', text: catalog },
  { path: 'roles/shop/roles/clerk.yaml', text: clerk },
];
const scopes = { 'view:orders': 'Orders: View', 'edit:orders': 'Orders: Edit', administer: '' };
const clerkAsDeclared = role('Clerk', shop, ['view:orders']);

function text(result: ReturnType<typeof adopted>, path: string): string {
  return result.files.find((file) => file.path === path)?.text ?? '';
}

describe('beside documents that are there', () => {
  test('what the tenant has besides comes as lines of its own, and every other byte stays', () => {
    const more = { ...scopes, 'export:orders': 'Export', 'read:empty': '', 'read:bills': 'Bills' };
    const tenant = observed(
      [api('https://other', { a: '' }, { title: 'Other' }), api(shop, more)],
      [clerkAsDeclared, role('Lead', shop, ['administer', 'edit:orders', 'export:orders', 'view:orders'])],
    );
    const result = adopted(request(tenant, { files }));
    expect(result.told).toEqual([]);
    expect(text(result, 'roles/shop/catalog.yaml')).toBe(
      catalog
        .replace(
          '            - name: edit\n',
          `            - name: edit
        - name: export-orders
          description: Export
          scope: export:orders
`,
        )
        .replace(
          '      permissions: []\n',
          `      permissions:
        - name: read-empty
          description: ""
          scope: read:empty
`,
        )
        .replace(
          '          description: ""   # said nowhere\n',
          `          description: ""   # said nowhere
    - name: bills
      permissions:
        - name: read-bills
          description: Bills
          scope: read:bills
`,
        ),
    );
    expect(text(result, 'roles/environments/production.yaml')).toBe(
      environment.replace('   # ours\n', '   # ours\n    - name: other\n      audience: https://other\n'),
    );
    expect(text(result, 'roles/shop/roles/clerk.yaml')).toBe(clerk);
    expect(text(result, 'roles/shop/roles/lead.yaml')).toContain(
      '  grants:\n    - general/administer\n    - orders/export-orders\n    - orders/orders:edit\n',
    );
    const [desired] = build(result.files, 'production');
    expect(desired?.applications.find(({ name }) => name === 'shop')?.scopes.map(({ value }) => value)).toEqual(
      Object.keys(more).sort(),
    );
  });

  test('a role that is declared otherwise stays as it is declared, and is told', () => {
    const tenant = observed([api(shop, scopes)], [role('Clerk', shop, ['administer'], { description: 'Clerks' })]);
    const result = adopted(request(tenant, { files }));
    expect(result.changed).toEqual([]);
    expect(result.told).toEqual([
      'RW6913 role "Clerk" is declared otherwise: it is described otherwise at the tenant; only at the tenant it holds administer; at the tenant it does not hold view:orders',
    ]);
  });

  test('unless it is adopted again: its lines change, and its comments stay', () => {
    const held = role('Clerk', shop, ['administer', 'edit:orders', 'view:orders'], { description: 'Clerks: all' });
    const tenant = observed([api(shop, scopes)], [held]);
    const result = adopted(request(tenant, { files, again: ['Clerk'] }));
    expect(result.told).toEqual([]);
    expect(text(result, 'roles/shop/roles/clerk.yaml')).toBe(
      clerk
        .replace('  name: clerk\n', '  name: clerk\n  description: "Clerks: all"\n')
        .replace('    - orders/orders:view   # and no more\n', '    - general/administer\n    - orders/orders:edit\n'),
    );
    const twice = adopted(request(tenant, { files: result.files, again: ['Clerk'] }));
    expect(twice.changed).toEqual([]);
  });

  test('a role that has lost everything keeps its comments and loses its list', () => {
    const tenant = observed([api(shop, scopes)], [role('Clerk', shop, [])]);
    const result = adopted(request(tenant, { files, again: ['Clerk'], ofEmpty: 'shop' }));
    expect(text(result, 'roles/shop/roles/clerk.yaml')).toBe(
      clerk.replace('  grants:\n', '  assignable: true\n').replace('    - orders/orders:view   # and no more\n', ''),
    );
    const [, problems] = build(result.files, 'production');
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('a role with a level and not the one below is refused by name', () => {
    const tenant = observed([api(shop, scopes)], [role('Clerk', shop, ['edit:orders'])]);
    expect(adopted(request(tenant, { files, again: ['Clerk'] })).told).toEqual([
      'RW6925 role "Clerk" cannot be adopted again: it holds edit:orders without the levels below',
    ]);
    expect(
      adopted(request(observed([api(shop, scopes)], [role('New', shop, ['edit:orders'])]), { files })).told,
    ).toEqual(['RW6902 role "New" is left out: it holds edit:orders without the levels below']);
  });

  test('a role that inherits what it does not hold at the tenant is refused by name', () => {
    const heir = clerk
      .replace('name: clerk', 'name: heir')
      .replace(/ {2}# Reviewed.*$/su, '  inherits:\n    - clerk\n      # since May\n# The end.\n');
    const all = [...files, { path: 'roles/shop/roles/heir.yaml', text: heir }];
    const tenant = observed([api(shop, scopes)], [clerkAsDeclared, role('Heir', shop, ['administer'])]);
    expect(adopted(request(tenant, { files: all, again: ['Heir'] })).told).toEqual([
      'RW6925 role "Heir" cannot be adopted again: it inherits orders/orders, which it does not hold at the tenant',
    ]);
    const more = observed([api(shop, scopes)], [clerkAsDeclared, role('Heir', shop, ['administer', 'view:orders'])]);
    expect(text(adopted(request(more, { files: all, again: ['Heir'] })), 'roles/shop/roles/heir.yaml')).toBe(
      heir.replace('# The end.', '  grants:\n    - general/administer\n# The end.'),
    );
  });

  test('a single role brings no application along', () => {
    const bills = [api('https://bills', { pay: '' }, { title: 'Bills' }), api(shop, scopes)];
    const payer = observed(bills, [role('Payer', 'https://bills', ['pay'])]);
    const single = adopted(request(payer, { files, again: ['Payer'] }));
    expect(single.changed).toEqual([]);
    expect(single.told).toEqual(['RW6925 role "Payer" cannot be adopted again: its API https://bills is not declared']);
  });

  test('a role that no declaration gives just so is taken back', () => {
    const directory = `apiVersion: rolewright/v1
kind: AppDirectory
metadata:
  application: shop
  name: apps
spec:
  vendors:
    - name: zoom-inc
  apps:
    - name: zoom
      vendor: zoom-inc
`;
    const narrowable = [
      ...files.map(({ path, text: old }) => ({
        path,
        text: old.replace('    - name: orders\n      perm', '    - name: orders\n      restrictedBy: apps\n      perm'),
      })),
      { path: 'roles/shop/apps.yaml', text: directory },
    ].map(({ path, text: old }) => ({
      path,
      text: old
        .replace('- name: general\n', '- name: general\n      restrictedBy: nothing\n')
        .replace('  grants:\n', '  restrictable: true\n  grants:\n'),
    }));
    const [before] = build(narrowable, 'production');
    const offered = before?.applications[0]?.scopes ?? [];
    const tenantScopes = Object.fromEntries(offered.map(({ value, description }) => [value, description]));
    const marker = { 'restriction:callers': 'Restricted to the apps of Callers' };
    const clerkThere = role('Clerk', shop, ['restriction:none', 'view:orders']);
    const callers = ['app:zoom', 'restriction:callers', 'view:orders'];
    const tell = (held: readonly string[]) => {
      const tenant = observed([api(shop, { ...tenantScopes, ...marker })], [clerkThere, role('Callers', shop, held)]);
      return adopted(request(tenant, { files: narrowable }));
    };
    expect(tell([...callers, 'vendor:zoom-inc'])).toMatchObject({
      changed: ['roles/shop/custom-roles/callers.yaml'],
      told: [],
    });
    const taken = tell(callers);
    expect(taken.changed).toEqual([]);
    expect(taken.told).toContain(
      'RW6902 role "Callers" is left out: nothing that could be declared is just what it holds',
    );
  });

  test('line ends stay what they are, and a file without a last one gets it', () => {
    const crlf = files.map(({ path, text: old }) => ({
      path,
      text: old.replaceAll('\n', '\r\n').replace(/\r\n$/u, ''),
    }));
    const tenant = observed([api(shop, scopes)], [role('Clerk', shop, ['administer', 'view:orders'])]);
    const result = adopted(request(tenant, { files: crlf, again: ['Clerk'] }));
    expect(text(result, 'roles/shop/roles/clerk.yaml')).toBe(
      clerk
        .replace('    - orders', '    - general/administer\n    - orders')
        .replaceAll('\n', '\r\n')
        .replace(/\r\n$/u, ''),
    );
  });

  test('a custom role gets and loses apps, and one that is new is declared beside it', () => {
    const narrowing = {
      'restriction:none': 'Not restricted to apps',
      'restriction:callers': 'Restricted to the apps of Callers',
    };
    const apps = { 'app:slack': 'App: Slack', 'app:zoom': 'App: Zoom' };
    const fresh = adopted(
      request(
        observed(
          [api(shop, { a: '', b: '', ...apps, ...narrowing })],
          [
            role('Admin', shop, ['a', 'restriction:none']),
            role('Callers', shop, ['a', 'app:zoom', 'restriction:callers'], { description: 'Call' }),
          ],
        ),
      ),
    );
    const path = 'roles/shop/custom-roles/callers.yaml';
    const commented = fresh.files.map((file) =>
      file.path === path ? { path, text: file.text.replace('  apps:', '  # Reviewed in May.\n  apps:') } : file,
    );
    const again = adopted(
      request(
        observed(
          [
            api(shop, {
              a: '',
              b: '',
              ...apps,
              ...narrowing,
              'restriction:writers': 'Restricted to the apps of Writers',
            }),
          ],
          [
            role('Admin', shop, ['a', 'restriction:none']),
            role('Callers', shop, ['a', 'app:slack', 'restriction:callers'], { description: 'Call' }),
            role('Writers', shop, ['a', 'app:slack', 'app:zoom', 'restriction:writers'], { description: 'Write' }),
          ],
        ),
        { files: commented, again: ['Callers', 'Writers'] },
      ),
    );
    expect(again.told).toEqual([]);
    expect(text(again, path)).toBe(text({ ...again, files: commented }, path).replace('    - zoom\n', '    - slack\n'));
    expect(text(again, 'roles/shop/custom-roles/writers.yaml')).toContain(
      '  base: admin\n  apps:\n    - slack\n    - zoom\n',
    );
    const [state, problems] = build(again.files, 'production');
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(state?.applications[0]?.roles.find(({ name }) => name === 'callers')?.scopes).toEqual([
      'a',
      'app:slack',
      'restriction:callers',
    ]);
  });
});
