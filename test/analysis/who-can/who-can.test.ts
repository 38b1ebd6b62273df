import { describe, expect, it } from 'vitest';
import { matrix } from '../../../src/analysis/matrix/matrix.ts';
import type { Holders } from '../../../src/analysis/who-can/holders.ts';
import { whoCan } from '../../../src/analysis/who-can/who-can.ts';
import type { EffectiveModel } from '../../../src/model/effective-model.ts';
import { lookUpApp } from '../../../src/model/look-up/look-up-app.ts';
import { lookUpPermission } from '../../../src/model/look-up/look-up-permission.ts';
import { plain } from '../../../src/report/paint.ts';
import { whoCanCsv } from '../../../src/report/who-can-csv.ts';
import { whoCanMarkdown } from '../../../src/report/who-can-markdown.ts';
import { whoCanText } from '../../../src/report/who-can-text.ts';
import { permissionExplained } from '../explain/explained.ts';
import { modelOf, people, realFiles } from '../explain/real-catalogs.ts';

const files = await realFiles();
const alone = modelOf(files);
const model = modelOf([...files, people]);

function holders(permission: string, app: string | null = null, of: EffectiveModel = model): Holders {
  const [asked, problems] = lookUpPermission(of, permission);
  if (asked === null) throw new Error(JSON.stringify(problems));
  const found = app === null ? null : lookUpApp(asked.application, app)[0];
  return whoCan(asked, found === null ? null : { name: found.name, title: found.title });
}

const text = (...asked: Parameters<typeof holders>) => whoCanText(holders(...asked), plain).split('\n');
const grant = 'roles/productiv/roles/application-admin.yaml:18:7';
const note = 'What somebody was given at the identity provider itself is not known here.';

describe('who can', () => {
  it('edit Spend Data', () => {
    expect(text('productiv/data/spend-data:edit', null, alone)).toEqual([
      'Who can edit Spend Data (sensitive)',
      '',
      'Roles',
      `  Application Admin  Edit  ${grant}`,
      `  Super Admin        Edit  ${grant}  through application-admin`,
      '',
      'Custom roles',
      `  Collaboration Owners  Edit  for Slack and Zoom only  ${grant}  through application-admin`,
      '',
      'No assignment gives it to anybody.',
      note,
      '',
    ]);
  });

  it('names the people of assignments but those whose last day is over', () => {
    expect(text('productiv/data/spend-data:edit').slice(9, 15)).toEqual([
      'People, through assignments',
      '  auth0|123                         Edit  for Zoom only                              roles/productiv/assignments/people.yaml:14:11  through zoom-administrators',
      '  auth0|chat                        Edit  for Slack and Zoom only                    roles/productiv/assignments/people.yaml:37:11  through chat-team',
      '  dana@example.com (corporate-sso)  Edit  for Zoom only            until 2027-03-31  roles/productiv/assignments/people.yaml:11:14  through zoom-administrators',
      '  root@example.com (corporate-sso)  Edit                                             roles/productiv/assignments/people.yaml:26:14  through administrators',
      '',
    ]);
  });

  it('asks for one app', () => {
    const { customRoles, people: found } = holders('productiv/data/spend-data:edit', 'productiv/slack');
    expect(customRoles.map(({ name }) => name)).toEqual(['collaboration-owners']);
    expect(found.map(({ account }) => account)).toEqual(['auth0|chat', 'root@example.com (corporate-sso)']);
    const outside = holders('productiv/data/spend-data:edit', 'productiv/github');
    expect([outside.customRoles, outside.people.length]).toEqual([[], 1]);
    expect(text('productiv/data/spend-data:edit', 'productiv/slack')[0]).toBe(
      'Who can edit Spend Data (sensitive) for Slack',
    );
  });

  it('counts higher levels, and any level where none is named', () => {
    const names = (permission: string) => holders(permission).roles.map(({ name, level }) => `${name} ${level?.name}`);
    const all = ['application-admin edit', 'basic-user view', 'limited-plus-user view', 'super-admin edit'];
    expect(names('productiv/data/spend-data:view')).toEqual(all);
    expect(names('productiv/data/spend-data')).toEqual(all);
    expect(text('productiv/data/spend-data')[0]).toBe('Who has Spend Data at any level');
  });

  it('tells of whoever signs in for the first time', () => {
    const { newcomers } = holders('productiv/data/contract-data:view-summary');
    expect(newcomers.map(({ domain, role, level }) => [domain, role.reference, level?.name])).toEqual([
      [null, 'productiv/limited-user', 'view-summary'],
      ['procurement.example', 'productiv/emea-procurement', 'view'],
    ]);
    const lines = text('productiv/data/spend-data:view');
    expect(lines.slice(lines.indexOf('Whoever signs in for the first time'))).toEqual([
      'Whoever signs in for the first time',
      '  anybody of procurement.example  View  for Google Workspace, Microsoft 365 and Salesforce only  roles/productiv/provisioning.yaml:15:13  through emea-procurement',
      '',
      note,
      '',
    ]);
  });

  it('says so where nobody can', () => {
    expect(text('flex-rental/inventory/perform-mark-as-overrides')).toEqual([
      'Nobody has "Can Perform Mark As Overrides" (Inventory Module Permissions).',
      '',
    ]);
  });

  it('is a table for a spreadsheet and for a pull request', () => {
    const asked = holders('productiv/data/spend-data:edit', 'productiv/zoom', alone);
    expect(whoCanCsv(asked)).toBe(
      [
        'Kind,Name,Reference,Level,Apps,Last day,Place,Through',
        `role,Application Admin,productiv/application-admin,Edit,,,${grant},`,
        `role,Super Admin,productiv/super-admin,Edit,,,${grant},application-admin`,
        `custom role,Collaboration Owners,productiv/collaboration-owners,Edit,"slack, zoom",,${grant},application-admin`,
        '',
      ].join('\r\n'),
    );
    expect(whoCanMarkdown(asked)).toBe(
      [
        '## Who can edit Spend Data \\(sensitive\\) for Zoom',
        '',
        '| Kind | Who | Level | For | Until | Where |',
        '| --- | --- | --- | --- | --- | --- |',
        `| role | Application Admin | Edit |  |  | \`${grant}\` |`,
        `| role | Super Admin | Edit |  |  | \`${grant}\` |`,
        `| custom role | Collaboration Owners | Edit | Slack and Zoom |  | \`${grant}\` |`,
        '',
      ].join('\n'),
    );
  });

  it('has the published shape as data', () => {
    const data = JSON.parse(JSON.stringify(holders('productiv/data/spend-data:edit')));
    expect(Object.keys(data)).toEqual([
      ...['schemaVersion', 'permission', 'app', 'roles', 'customRoles', 'people', 'newcomers'],
    ]);
    expect(data).toMatchObject({
      schemaVersion: 1,
      permission: { reference: 'productiv/data/spend-data:edit', title: 'Spend Data', level: { name: 'edit' } },
      app: null,
    });
    expect(Object.keys(data.roles[0])).toEqual([
      ...['reference', 'name', 'title', 'kind', 'onlyIn', 'level', 'apps', 'reason', 'place'],
    ]);
    expect(Object.keys(data.people[0])).toEqual([
      ...['account', 'assignment', 'level', 'apps', 'reason', 'validThrough', 'place'],
    ]);
  });
});

describe.each(matrix(model).applications)('who-can, over all of $name', (application) => {
  const declared = model.applications.find(({ definition }) => definition.name === application.name);
  const questions = application.sections.flatMap(({ name: section, permissions }) =>
    permissions.flatMap(({ name, levels }) =>
      (levels.length === 0 ? [null] : levels.map((level) => level.name)).map((level, rank) => ({
        section,
        name,
        rank,
        levels: levels.map((known) => known.name),
        reference: `${application.name}/${section}/${name}${level === null ? '' : `:${level}`}`,
      })),
    ),
  );
  const apps = [null, ...(declared?.definition.apps ?? []).map(({ name }) => `${application.name}/${name}`)];

  it('agrees with the matrix for every permission, level and app', () => {
    for (const { section, name, rank, levels, reference } of questions) {
      for (const app of apps) {
        const expected = application.roles.filter((role) => {
          const held = role.permissions.find((item) => item.section === section && item.permission === name);
          if (held === undefined || (held.level !== null && levels.indexOf(held.level) < rank)) return false;
          const narrowed = role.apps !== null && held.restrictedBy === 'apps';
          return app === null || !narrowed || role.apps?.some((known) => `${application.name}/${known}` === app);
        });
        const found = holders(reference, app);
        expect([...found.roles, ...found.customRoles].map((role) => role.name).toSorted()).toEqual(
          expected.map((role) => role.name).toSorted(),
        );
      }
    }
  });

  it('agrees with explain for every assignment, and its reasons lead to a grant', () => {
    for (const { reference } of questions) {
      for (const app of apps) {
        const found = holders(reference, app);
        for (const { definition } of declared?.assignments ?? []) {
          const [answer] = permissionExplained(model, `${application.name}/${definition.name}`, reference, app).answers;
          const isThere = found.people.some(({ assignment }) => assignment.name === definition.name);
          expect([reference, app, isThere]).toEqual([reference, app, answer?.verdict === 'held']);
        }
        for (const { reason } of [...found.roles, ...found.customRoles, ...found.people, ...found.newcomers]) {
          expect(reason.at(-1)?.kind).toBe('grants');
        }
      }
    }
  });
});
