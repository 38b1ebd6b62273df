import type { SourceFile } from '../../language/source.ts';
import type { TargetName } from '../../model/definitions.ts';

/**
 * The first documents of an application: a small catalog, three roles of which each builds on the one before, what they
 * are expected to do, and an environment on one's own machine.
 */
export function firstDocuments(application: string, title: string, target: TargetName): readonly SourceFile[] {
  const own = (path: string) => `roles/${application}/${path}`;
  return [
    { path: own('catalog.yaml'), text: catalog(application, title) },
    { path: own('roles/viewer.yaml'), text: role(application, viewer) },
    { path: own('roles/editor.yaml'), text: role(application, editor) },
    { path: own('roles/administrator.yaml'), text: role(application, administrator) },
    { path: own('tests.yaml'), text: tests(application) },
    { path: 'roles/environments/dev.yaml', text: environment(application, target) },
  ];
}

function catalog(application: string, title: string): string {
  return `# To begin with: replace it by what ${title} really lets people do.
apiVersion: rolewright/v1
kind: PermissionCatalog
metadata:
  name: ${application}
  description: What people may see and do in ${title}.
spec:
  version: 1.0.0
  sections:
    - name: content
      permissions:
        - name: reports
          levels:
            - name: view
              whenDenied:
                hidden:
                  - Reports
            - name: edit
              whenDenied:
                refused:
                  - change a report
                  - write a report
    - name: administration
      permissions:
        - name: manage-users
          sensitive: true
          whenDenied:
            hidden:
              - Settings > Users
            refused:
              - invite a person
`;
}

interface FirstRole {
  readonly name: string;
  readonly description: string;
  readonly inherits: string | null;
  readonly grant: string;
}

const viewer: FirstRole = {
  name: 'viewer',
  description: 'Reads, and changes nothing.',
  inherits: null,
  grant: 'content/reports:view',
};

const editor: FirstRole = {
  name: 'editor',
  description: 'Writes reports as well.',
  inherits: 'viewer',
  grant: 'content/reports:edit',
};

const administrator: FirstRole = {
  name: 'administrator',
  description: 'Decides as well who may come in.',
  inherits: 'editor',
  grant: 'administration/manage-users',
};

function role(application: string, { name, description, inherits, grant }: FirstRole): string {
  return `apiVersion: rolewright/v1
kind: Role
metadata:
  application: ${application}
  name: ${name}
  description: ${description}
spec:
${inherits === null ? '' : `  inherits:\n    - ${inherits}\n`}  grants:
    - ${grant}
`;
}

function tests(application: string): string {
  return `apiVersion: rolewright/v1
kind: RoleTest
metadata:
  application: ${application}
  name: basics
spec:
  tests:
    - role: viewer
      exact:
        - content/reports:view
    - role: editor
      can:
        - content/reports:edit
        - content/reports:view
      cannot:
        - administration/manage-users
    - role: administrator
      can:
        - administration/manage-users
        - content/reports:edit
`;
}

function environment(application: string, target: TargetName): string {
  const [where, lines] =
    target === 'auth0'
      ? ['the loopback tenant', ['tenant: loopback']]
      : ['a Keycloak server', [`target: ${target}`, `tenant: loopback/realms/${application}`]];
  return `apiVersion: rolewright/v1
kind: Environment
metadata:
  name: dev
  description: Against ${where} on one's own machine.
spec:
  purpose: development
${lines.map((line) => `  ${line}\n`).join('')}  applications:
    - name: ${application}
      audience: https://api.dev.${application}.example
`;
}
