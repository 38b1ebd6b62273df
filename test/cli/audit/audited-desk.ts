import type { SourceFile } from '../../../src/language/source.ts';

const document = (kind: string, name: string, spec: string, application = 'desk'): string =>
  `apiVersion: rolewright/v1\nkind: ${kind}\nmetadata:\n  application: ${application}\n  name: ${name}\nspec:\n${spec}`;

const catalog = `apiVersion: rolewright/v1
kind: PermissionCatalog
metadata:
  name: desk
  title: The Desk
spec:
  version: 1.0.0
  sections:
    - name: data
      restrictedBy: apps
      permissions:
        - name: contract-data
          levels:
            - name: view
            - name: edit
              sensitive: true
    - name: money
      restrictedBy: nothing
      permissions:
        - name: pay
        - name: refund
        - name: sign
        - name: wipe
`;

const apps = document('AppDirectory', 'apps', '  apps:\n    - name: slack\n    - name: zoom\n');

const role = (name: string, grant: string, more = ''): SourceFile => ({
  path: `roles/desk/roles/${name}.yaml`,
  text: document('Role', name, `${more}  grants:\n    - ${grant}\n`),
});

const roles: readonly SourceFile[] = [
  role('editor', 'data/contract-data:edit', '  restrictable: true\n'),
  role('keeper', 'money/pay'),
  role('owner', 'money/sign'),
  role('payer', 'money/pay'),
  role('refunder', 'money/refund'),
  role('signer', 'money/sign'),
  role('viewer', 'data/contract-data:view', '  restrictable: true\n'),
];

const constraints = [
  document('Constraint', 'duties', '  separate:\n    permissions:\n      - money/pay\n      - money/sign\n'),
  document(
    'Constraint',
    'refunds',
    '  reserved:\n    permissions:\n      - money/refund\n    roles:\n      - refunder\n',
  ),
  document('Constraint', 'no-wiping', '  never:\n    permissions:\n      - money/wipe\n    purpose: development\n'),
  document('Constraint', 'one-keeper', '  holders:\n    role: keeper\n    atMost: 1\n'),
].join('---\n');

const payers = document(
  'Assignment',
  'payers',
  `  role: payer
  users:
    - email: Eve@example.com
      connection: staff
      validThrough: 2026-10-31
    - email: sam@example.com
      connection: staff
`,
);

const policy = document(
  'ProvisioningPolicy',
  'just-in-time',
  '  enabled: true\n  default:\n    role: viewer\n    allApps: true\n',
);

const environment = (required: string): string => `apiVersion: rolewright/v1
kind: Environment
metadata:
  name: dev
spec:
  purpose: development
  tenant: loopback
  applications:
    - name: desk
      audience: https://desk.example
      tokenLifetime: 1h
  guards:
    requiredRoles:
${required}`;

const shared: readonly SourceFile[] = [
  { path: 'roles/desk/apps.yaml', text: apps },
  { path: 'roles/desk/catalog.yaml', text: catalog },
  { path: 'roles/desk/constraints.yaml', text: constraints },
  { path: 'roles/desk/provisioning.yaml', text: policy },
  {
    path: 'roles/desk/custom-roles/zoom-viewers.yaml',
    text: document('CustomRole', 'zoom-viewers', '  base: viewer\n  apps:\n    - zoom\n'),
  },
  ...roles,
];

/** A repository with something of everything that an audit looks at. */
export const auditedDesk: readonly SourceFile[] = [
  ...shared,
  role('auditor', 'money/pay'),
  role('spare', 'money/pay'),
  { path: 'roles/desk/assignments/payers.yaml', text: payers },
  {
    path: 'roles/environments/dev.yaml',
    text: environment('      - role: desk/auditor\n      - role: desk/owner\n        minimumHolders: 2\n'),
  },
];

/** The same, as far as a tenant can be in order without anybody who holds something sensitive. */
export const orderlyDesk: readonly SourceFile[] = [
  ...shared.filter(({ path }) => !path.endsWith('/editor.yaml')),
  {
    path: 'roles/environments/dev.yaml',
    text: environment('      - role: desk/owner\n        minimumHolders: 1\n'),
  },
];
