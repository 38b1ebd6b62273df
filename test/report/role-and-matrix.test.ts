import { describe, expect, it } from 'vitest';
import { matrix } from '../../src/analysis/matrix/matrix.ts';
import { check } from '../../src/pipeline.ts';
import { matrixCsv } from '../../src/report/matrix-csv.ts';
import { matrixMarkdown } from '../../src/report/matrix-markdown.ts';
import { matrixText } from '../../src/report/matrix-text.ts';
import { plain } from '../../src/report/paint.ts';
import { roleData } from '../../src/report/role-data.ts';
import { roleText } from '../../src/report/role-text.ts';
import { sampleDocuments } from './sample-documents.ts';

const [model, problems] = check(sampleDocuments);
const [desk] = model?.applications ?? [];
if (model === null || desk === undefined) throw new Error(JSON.stringify(problems, null, 2));
const roles = [...desk.roles, ...desk.customRoles];

function shown(name: string): string {
  const role = roles.find(({ definition }) => definition.name === name);
  if (role === undefined || desk === undefined) throw new Error(`no role ${name}`);
  return roleText(role, desk, plain);
}

describe('a role in text', () => {
  it('says who it is, what it may do, and which line says so', () => {
    expect(shown('editor')).toBe(
      [
        'Editor  desk/editor',
        '  kind      role, may be restricted to apps',
        '            Keeps the contracts.',
        '  inherits  viewer',
        '  narrowed  chat-owners',
        '  declared  roles/desk/roles/editor.yaml:5:9',
        '  holds     3 permissions',
        '',
        'Data & Files',
        '  Contract Data    Edit  SENSITIVE  roles/desk/roles/editor.yaml:12:7',
        '  =Spend|Data                       roles/desk/roles/editor.yaml:13:7',
        '',
        'Settings',
        '  Manage Settings                   roles/desk/roles/editor.yaml:14:7',
        '',
      ].join('\n'),
    );
  });

  it('names the roles that a permission comes through', () => {
    expect(shown('viewer')).toContain('Contract Data  View  roles/desk/roles/shared.yaml:9:7  through shared');
    expect(shown('viewer')).toContain('owners    desk-team');
    expect(shown('shared')).toContain('building block: inherited, never held by anybody');
  });

  it('says of a custom role how far each permission reaches', () => {
    const text = shown('chat-owners');
    expect(text).toContain('  base      editor\n  apps      Slack, Zoom\n  vendors   Zoom Communications\n');
    expect(text).toMatch(/Contract Data +Edit {2}SENSITIVE +for its apps +roles.*through editor\n/u);
    expect(text).toMatch(/Manage Settings +application-wide +roles/u);
  });

  it('is the same as data', () => {
    const role = roles.find(({ definition }) => definition.name === 'viewer');
    if (role === undefined) throw new Error('no viewer');
    expect(JSON.parse(JSON.stringify(roleData(role, desk)))).toMatchObject({
      schemaVersion: 1,
      application: 'desk',
      name: 'viewer',
      inherits: ['shared'],
      permissions: [{ permission: 'data/contract-data', level: 'view', scope: 'view:contract-data', sensitive: false }],
    });
  });
});

describe('the matrix for people', () => {
  const whole = matrix(model);

  it('is a table for the terminal', () => {
    expect(matrixText(whole, 100, plain)).toBe(
      [
        'The Desk  3 roles, 3 permissions',
        '',
        '                   Chat Owners  Editor  Viewer',
        'Data & Files',
        '  Contract Data    edit*        edit    view',
        '  =Spend|Data      yes*         yes     -',
        'Settings',
        '  Manage Settings  yes          yes     -',
        '',
        '* only for the apps of the role',
        'Chat Owners: Editor, for the apps slack and zoom only',
        '',
      ].join('\n'),
    );
  });

  it('falls into parts where the terminal is narrow, and no line is wider', () => {
    const lines = matrixText(whole, 35, plain).split('\n');
    expect(lines.filter((line) => line === 'Settings')).toHaveLength(2);
    for (const line of lines.slice(0, -3)) expect(line.length).toBeLessThanOrEqual(35);
  });

  it('is Markdown that no title can break', () => {
    expect(matrixMarkdown(whole)).toBe(
      [
        '## The Desk',
        '',
        '| Section | Permission | Chat Owners | Editor | Viewer |',
        '| --- | --- | --- | --- | --- |',
        '| Data &amp; Files | Contract Data | edit \\* | edit | view |',
        '| Data &amp; Files | \\=Spend\\|Data | yes \\* | yes |  |',
        '| Settings | Manage Settings | yes | yes |  |',
        '',
        '\\* only for the apps of the role',
        '',
        '- Chat Owners: Editor, for the apps slack and zoom only',
        '',
      ].join('\n'),
    );
  });

  it('is CSV without a formula', () => {
    expect(matrixCsv(whole)).toBe(
      [
        'Application,Section,Permission,Reference,Chat Owners (desk/chat-owners),Editor (desk/editor),Viewer (desk/viewer)',
        'The Desk,Data & Files,Contract Data,desk/data/contract-data,"edit (slack, zoom)",edit,view',
        'The Desk,Data & Files,"\'=Spend|Data",desk/data/spend-data,"yes (slack, zoom)",yes,',
        'The Desk,Settings,Manage Settings,desk/settings/manage-settings,yes,yes,',
        '',
      ].join('\r\n'),
    );
  });
});
