import type { SourceFile } from '../../src/language/source.ts';

const catalog = `apiVersion: rolewright/v1
kind: PermissionCatalog
metadata:
  name: desk
  title: The Desk
spec:
  version: 1.0.0
  sections:
    - name: data
      title: Data & Files
      restrictedBy: apps
      permissions:
        - name: contract-data
          levels:
            - name: view
              whenDenied:
                hidden:
                  - Contracts > Overview
            - name: edit
              sensitive: true
              whenDenied:
                undocumented: Nobody has looked yet.
        - name: spend-data
          title: "=Spend|Data"
          whenDenied:
            undocumented: Nobody has looked yet.
    - name: settings
      restrictedBy: nothing
      permissions:
        - name: manage-settings
          whenDenied:
            refused:
              - save settings
            remains:
              - reading them
`;

const apps = `apiVersion: rolewright/v1
kind: AppDirectory
metadata:
  application: desk
  name: apps
spec:
  vendors:
    - name: zoom-communications
  apps:
    - name: slack
    - name: zoom
      vendor: zoom-communications
`;

const shared = `apiVersion: rolewright/v1
kind: Role
metadata:
  application: desk
  name: shared
spec:
  assignable: false
  grants:
    - data/contract-data:view
`;

const viewer = `apiVersion: rolewright/v1
kind: Role
metadata:
  application: desk
  name: viewer
  owners:
    - desk-team
spec:
  restrictable: true
  inherits:
    - shared
`;

const editor = `apiVersion: rolewright/v1
kind: Role
metadata:
  application: desk
  name: editor
  description: Keeps the contracts.
spec:
  restrictable: true
  inherits:
    - viewer
  grants:
    - data/contract-data:edit
    - data/spend-data
    - settings/manage-settings
`;

const talkers = `apiVersion: rolewright/v1
kind: CustomRole
metadata:
  application: desk
  name: chat-owners
spec:
  base: editor
  apps:
    - slack
    - zoom
`;

const environment = `apiVersion: rolewright/v1
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
`;

/** A small repository: one application with a building block, two roles, a custom role and an environment. */
export const sampleDocuments: readonly SourceFile[] = [
  { path: 'roles/desk/apps.yaml', text: apps },
  { path: 'roles/desk/catalog.yaml', text: catalog },
  { path: 'roles/desk/custom-roles/chat-owners.yaml', text: talkers },
  { path: 'roles/desk/roles/editor.yaml', text: editor },
  { path: 'roles/desk/roles/shared.yaml', text: shared },
  { path: 'roles/desk/roles/viewer.yaml', text: viewer },
  { path: 'roles/environments/dev.yaml', text: environment },
];
