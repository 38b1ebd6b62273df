import { describe, expect, it } from 'vitest';
import { matrix } from '../../src/analysis/matrix/matrix.ts';
import { check } from '../../src/pipeline.ts';
import { sampleDocuments } from '../report/sample-documents.ts';

const [model, problems] = check(sampleDocuments);
if (model === null) throw new Error(JSON.stringify(problems, null, 2));

describe('the matrix as data', () => {
  it('has the published shape, to the letter', () => {
    const nothing = { hidden: [], refused: [], remains: [] };
    expect(JSON.parse(JSON.stringify(matrix(model)))).toEqual({
      schemaVersion: 1,
      applications: [
        {
          name: 'desk',
          title: 'The Desk',
          sections: [
            {
              name: 'data',
              title: 'Data & Files',
              permissions: [
                {
                  name: 'contract-data',
                  title: 'Contract Data',
                  documented: null,
                  whenDenied: null,
                  levels: [
                    {
                      name: 'view',
                      title: 'View',
                      documented: true,
                      whenDenied: { ...nothing, hidden: ['Contracts > Overview'] },
                    },
                    { name: 'edit', title: 'Edit', documented: false, whenDenied: nothing },
                  ],
                },
                { name: 'spend-data', title: '=Spend|Data', documented: false, whenDenied: nothing, levels: [] },
              ],
            },
            {
              name: 'settings',
              title: 'Settings',
              permissions: [
                {
                  name: 'manage-settings',
                  title: 'Manage Settings',
                  documented: true,
                  whenDenied: { ...nothing, refused: ['save settings'], remains: ['reading them'] },
                  levels: [],
                },
              ],
            },
          ],
          roles: [
            {
              name: 'chat-owners',
              title: 'Chat Owners',
              kind: 'custom-role',
              base: 'editor',
              apps: ['slack', 'zoom'],
              permissions: [grant('edit', 'edit:contract-data'), spend, settings],
            },
            {
              name: 'editor',
              title: 'Editor',
              kind: 'role',
              base: null,
              apps: null,
              permissions: [grant('edit', 'edit:contract-data'), spend, settings],
            },
            {
              name: 'viewer',
              title: 'Viewer',
              kind: 'role',
              base: null,
              apps: null,
              permissions: [grant('view', 'view:contract-data')],
            },
          ],
        },
      ],
    });
  });

  it('keeps the order of the keys', () => {
    const [application] = matrix(model).applications;
    expect(Object.keys(application ?? {})).toEqual(['name', 'title', 'sections', 'roles']);
    expect(Object.keys(application?.roles[0] ?? {})).toEqual(['name', 'title', 'kind', 'base', 'apps', 'permissions']);
    expect(Object.keys(application?.sections[0]?.permissions[1] ?? {})).toEqual([
      'name',
      'title',
      'documented',
      'whenDenied',
      'levels',
    ]);
  });
});

function grant(level: string, scope: string) {
  return { section: 'data', permission: 'contract-data', level, scope, restrictedBy: 'apps' };
}

const spend = { section: 'data', permission: 'spend-data', level: null, scope: 'spend-data', restrictedBy: 'apps' };
const settings = {
  section: 'settings',
  permission: 'manage-settings',
  level: null,
  scope: 'manage-settings',
  restrictedBy: null,
};
