import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../../src/language/source.ts';
import { catalog, clean, document, findings, lintFiles, role, silenced, viewer } from './repository.ts';

const lint = 'file-name';

const renamed = (file: SourceFile, path: string): SourceFile => ({ ...file, path });

describe(lint, () => {
  it('finds a role in a file of another name, and says which it could have', () => {
    const files = [catalog, renamed(viewer, 'roles/desk/roles/basic_user.yaml')];
    expect(findings(lint, files)).toEqual(['roles/desk/roles/basic_user.yaml:5:9 "viewer" stands in basic_user.yaml']);
    expect(lintFiles(files).find(({ code }) => code === 'RW7008')?.expected).toBe('viewer.yaml');
  });

  it('finds an environment and a catalog that are called otherwise', () => {
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
`;
    const files = [
      renamed(catalog, 'roles/desk/permissions.yaml'),
      { path: 'roles/environments/development.yaml', text: environment },
    ];
    expect(findings(lint, files)).toEqual([
      'roles/desk/permissions.yaml:4:9 "desk" stands in permissions.yaml',
      'roles/environments/development.yaml:4:9 "dev" stands in development.yaml',
    ]);
    const right = [renamed(catalog, 'roles/desk.yaml'), { path: 'roles/environments/dev.yaml', text: environment }];
    expect(findings(lint, right)).toEqual([]);
  });

  it.each([
    ['AppDirectory', 'tracked', ['apps:', '  - name: zoom'], 'apps.yaml'],
    ['ProvisioningPolicy', 'just-in-time', ['enabled: true', 'default:', '  role: viewer'], 'provisioning.yaml'],
    ['Constraint', 'at-most-two', ['holders:', '  role: viewer', '  atMost: 2'], 'constraints.yaml'],
    ['RoleTest', 'basics', ['tests:', '  - role: viewer', '    can:', '      - data/contract-data:view'], 'tests.yaml'],
  ])('knows the name that a file of kind %s has', (kind, name, spec, file) => {
    const base = kind === 'AppDirectory' ? [] : clean;
    const at = (path: string) => [...base, document(kind, name, spec, path)];
    const told = (path: string) => findings(lint, kind === 'AppDirectory' ? [catalogWithApps, ...at(path)] : at(path));
    expect(told(`roles/desk/${file}`)).toEqual([]);
    expect(told(`roles/desk/${name}.yml`)).toEqual([]);
    expect(told('roles/desk/others.yaml')).toHaveLength(1);
    expect(told(`roles/desk/${file.replace('.yaml', '')}-and-more.yaml`)).toHaveLength(1);
  });

  it('takes no offence at a file of several documents, of one kind or of several', () => {
    const other = role('other', ['grants:', '  - data/contract-data:view']);
    const together = { path: 'roles/desk/roles.yaml', text: `${viewer.text}---\n${other.text}` };
    const mixed = { path: 'roles/desk.everything.yaml', text: `${catalog.text}---\n${viewer.text}` };
    expect(findings(lint, [catalog, together])).toEqual([]);
    expect(findings(lint, [mixed])).toEqual([]);
  });

  it('does not look at folders, and takes .yml as well', () => {
    expect(findings(lint, [catalog, renamed(viewer, 'roles/viewer.yml')])).toEqual([]);
  });

  it('is silenced in the document', () => {
    expect(findings(lint, [catalog, silenced(renamed(viewer, 'roles/desk/roles/x.yaml'), lint)])).toEqual([]);
  });
});

const catalogWithApps = {
  ...catalog,
  text: catalog.text.replaceAll('      permissions:', '      restrictedBy: nothing\n      permissions:'),
};
