import { describe, expect, it } from 'vitest';
import {
  compareColumn,
  compareCustomRoles,
  compareLevelCatalog,
  compareRestrictions,
  compareWithheld,
} from './compare-levels.ts';
import { productivFacts } from './facts.ts';
import type { Application, Held, Permission, Role } from './matrix.ts';

const facts = {
  ...productivFacts,
  actions: productivFacts.actions.filter(({ title }) => title === 'Contract Data' || title === 'File Uploads'),
  withheld: productivFacts.withheld.filter(({ action }) => action === 'Contract Data'),
  customRoles: 1,
};

const permission = (name: string, title: string, levels: string[], hidden: string[] = []): Permission => ({
  name,
  title,
  documented: levels.length > 0 ? null : false,
  whenDenied: null,
  levels: levels.map((level) => {
    const whenDenied = level === 'view' ? { hidden, refused: [], remains: [] } : null;
    return { name: level, title: level, documented: false, whenDenied };
  }),
});

const held = (permission: string, level: string | null, restrictedBy: 'apps' | null = 'apps'): Held => ({
  section: 'all',
  permission,
  level,
  scope: permission,
  restrictedBy,
});

const role = (name: string, title: string, permissions: Held[]): Role => ({
  name,
  title,
  kind: 'role',
  base: null,
  apps: null,
  permissions,
});

const admin = [
  held('contracts', 'edit'),
  held('files', 'edit', null),
  held('mail', 'act-as-admin', null),
  held('for-app', null),
];

const roles = [
  role('limited', 'Limited User', [held('contracts', 'view-summary'), held('mail', 'receive', null)]),
  role('admin', 'Application Admin', admin),
  role('super', 'Productiv Super Admin', admin),
];

const custom: Role = { ...role('owners', 'Owners', admin), kind: 'custom-role', base: 'admin', apps: ['zoom'] };

const application: Application = {
  name: 'productiv',
  title: 'Productiv',
  sections: [
    {
      name: 'all',
      title: 'All',
      permissions: [
        permission('contracts', 'Contract Data', ['view-summary', 'view', 'edit'], ['cost per license', 'TCV']),
        permission('files', 'File Uploads', ['edit']),
        permission('mail', 'Notifications', ['receive', 'act', 'act-as-admin']),
        permission('for-app', 'Upload Contracts of an App', []),
      ],
    },
  ],
  roles: [...roles, custom],
};

const withPermissions = (...permissions: Permission[]): Application => ({
  ...application,
  sections: [{ name: 'all', title: 'All', permissions }],
});

describe('levels, held against the table', () => {
  it('agree for each role, with either title of the Super Admin', () => {
    expect(compareLevelCatalog(facts, application)).toEqual([]);
    for (const title of ['Limited User', 'Application Admin', 'Super Admin']) {
      expect(compareColumn(facts, title, application)).toEqual([]);
    }
  });

  it('name another level, a missing one, an extra permission and a missing role', () => {
    const raised = role('limited', 'Limited User', [held('contracts', 'view'), held('for-app', null)]);
    expect(compareColumn(facts, 'Limited User', { ...application, roles: [raised] })).toEqual([
      'Limited User: missing Contract Data: view-summary',
      'Limited User: missing notifications by e-mail: receive',
      'Limited User: extra Contract Data: view',
      "Limited User: extra contract upload on an app's Contracts page",
    ]);
    expect(compareColumn(facts, 'Basic User', application)).toEqual(['Basic User: missing, the whole role']);
  });

  it('name a level that the table does not have, and permissions of the catalog', () => {
    const files = permission('files', 'File Uploads', ['view', 'edit']);
    const parking = permission('parking', 'Parking', []);
    expect(compareLevelCatalog(facts, withPermissions(files, parking))).toEqual([
      'permissions: missing Contract Data',
      'permissions: missing notifications by e-mail',
      "permissions: missing contract upload on an app's Contracts page",
      'permissions: extra Parking',
      'File Uploads: levels view < edit, not edit',
    ]);
  });

  it('name what the loss of a level should tell', () => {
    expect(compareWithheld(facts, application)).toEqual([]);
    const silent = permission('contracts', 'Contract Data', ['view-summary', 'view', 'edit'], ['cost per license']);
    expect(compareWithheld(facts, withPermissions(silent))).toEqual([
      'Contract Data (view): missing tcv|total contract value',
    ]);
  });
});

describe('restrictions, held against the text', () => {
  it('end data and the upload for one app at the apps, and not the Settings page', () => {
    expect(compareRestrictions(facts, application)).toEqual([]);
    const swapped = role('admin', 'Application Admin', [held('files', 'edit'), held('for-app', null, null)]);
    expect(compareRestrictions(facts, { ...application, roles: [swapped] })).toEqual([
      'Application Admin: File Uploads is restricted by apps, not by nothing',
      "Application Admin: contract upload on an app's Contracts page is restricted by nothing, not by apps",
    ]);
  });

  it('let a custom role hold what its base holds, for some apps', () => {
    const among = (...others: Role[]) => compareCustomRoles(facts, { ...application, roles: [...roles, ...others] });
    expect(among(custom)).toEqual([]);
    expect(among()).toEqual(['custom roles: 0, not 1']);
    expect(among({ ...custom, base: 'nobody' })).toEqual(["Owners: is based on none of the platform's roles"]);
    expect(among({ ...custom, base: 'super', apps: [] })).toEqual([
      'Owners: is based on Productiv Super Admin, which no apps can restrict',
      'Owners: names no app',
    ]);
    expect(among({ ...custom, permissions: admin.slice(1) })).toEqual(['Owners: missing Contract Data: edit']);
  });
});
