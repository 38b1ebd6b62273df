import type { SourceFile } from '../../../src/language/source.ts';

/** A document with these owners; without any, it names none. */
export function owned(path: string, kind: string, name: string, owners: readonly string[], spec: string): SourceFile {
  const application = kind === 'PermissionCatalog' || kind === 'Environment' ? [] : ['  application: shop'];
  const named = owners.length === 0 ? [] : ['  owners:', ...owners.map((owner) => `    - ${JSON.stringify(owner)}`)];
  const lines = [
    'apiVersion: rolewright/v1',
    `kind: ${kind}`,
    'metadata:',
    ...application,
    `  name: ${name}`,
    ...named,
  ];
  const indented = spec.trimEnd().replace(/^(?=.)/gmu, '  ');
  return { path, text: `${lines.join('\n')}\nspec:\n${indented}\n` };
}

const catalog = `version: 1.0.0
sections:
  - name: orders
    permissions:
      - name: order
        levels:
          - name: view
          - name: refund
            sensitive: true
`;

const environment = (purpose: string) => `purpose: ${purpose}
tenant: ${purpose}.eu.auth0.com
applications:
  - name: shop
    audience: https://${purpose}.shop.example
`;

const grants = (level: string) => `grants:\n  - orders/order:${level}\n`;

/** A shop whose catalog, roles, rules and environments each have owners of their own. */
export const ownedShop: readonly SourceFile[] = [
  owned('roles/shop/catalog.yaml', 'PermissionCatalog', 'shop', ['catalog-team'], catalog),
  owned('roles/shop/roles/clerk.yaml', 'Role', 'clerk', ['@acme/clerks'], grants('view')),
  owned('roles/shop/roles/guest.yaml', 'Role', 'guest', [], grants('view')),
  owned('roles/shop/roles/manager.yaml', 'Role', 'manager', [], grants('refund')),
  owned('roles/shop/roles/shift lead.yaml', 'Role', 'shift-lead', ['lead@example.com'], 'inherits:\n  - manager\n'),
  owned('roles/shop/constraints.yaml', 'Constraint', 'few', ['auditors'], 'holders:\n  role: manager\n  atMost: 3\n'),
  owned('roles/environments/production.yaml', 'Environment', 'production', ['security'], environment('production')),
  owned('roles/environments/staging.yaml', 'Environment', 'staging', ['@dana'], environment('staging')),
];

/** The documents without the owners of those whose path begins so. */
export function withoutOwners(files: readonly SourceFile[], path: string): readonly SourceFile[] {
  const cut = (text: string) => text.replace(/^ {2}owners:\n(?: {4}- .*\n)+/mu, '');
  return files.map((file) => (file.path.startsWith(path) ? { ...file, text: cut(file.text) } : file));
}
