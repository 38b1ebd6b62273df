import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { DesiredState } from '../../src/model/desired-state.ts';
import type { Access, CatalogChange, Change, Plan, RoleChange } from '../../src/model/plan.ts';
import { coloured, plain } from '../../src/report/paint.ts';
import { planText } from '../../src/report/plan-text.ts';

const nothing = {
  rolesCreated: 0,
  rolesChanged: 0,
  rolesRemoved: 0,
  grantsAdded: 0,
  grantsRemoved: 0,
  applicationsCreated: 0,
  applicationsRemoved: 0,
  peopleAdded: 0,
  peopleRemoved: 0,
};

function planOf(changes: readonly Change[], summary: Partial<Plan['summary']> = {}): Plan {
  return {
    schemaVersion: 1,
    stack: 'dev',
    tenant: 'acme.eu.auth0.com',
    changes,
    summary: { ...nothing, ...summary },
  };
}

function access(title: string, level: string | null, given: Partial<Access> = {}): Access {
  return {
    scopes: ['s'],
    reference: 'data/contract-data',
    title,
    level,
    kind: 'permission',
    sensitive: false,
    ...given,
  };
}

function role(title: string, given: Partial<RoleChange> = {}): RoleChange {
  return {
    subject: 'role',
    action: 'update',
    application: 'productiv',
    role: title.toLowerCase().replaceAll(' ', '-'),
    title,
    direction: 'widening',
    gains: [],
    loses: [],
    renamedFrom: null,
    retitledFrom: null,
    described: false,
    ...given,
  };
}

function catalog(given: Partial<CatalogChange>): CatalogChange {
  return {
    subject: 'catalog',
    action: 'update',
    application: 'productiv',
    title: 'Productiv',
    direction: 'neutral',
    added: [],
    removed: [],
    described: [],
    ...given,
  };
}

/** The lines about the one application of a plan. */
function told(...changes: readonly Change[]): readonly string[] {
  const [, block = ''] = planText(planOf(changes), plain).split('\n\n');
  return block.split('\n').slice(1);
}

const scope = { value: 's', description: '', kind: 'permission', level: null, sensitive: false } as const;

const desired: DesiredState = {
  schemaVersion: 1,
  environment: {
    name: 'dev',
    purpose: 'development',
    target: 'auth0',
    tenant: 'acme.eu.auth0.com',
    protect: false,
    guards: { maximumRemoval: null, requiredRoles: [] },
  },
  applications: [
    {
      name: 'productiv',
      title: 'Productiv',
      formerly: [],
      audience: 'https://x.example',
      tokenLifetimeSeconds: 3600,
      scopes: [
        { ...scope, reference: 'end-user/return', title: 'Return' },
        { ...scope, reference: 'producer/return', title: 'Return' },
        { ...scope, reference: 'data/contract-data:view', title: 'Contract Data' },
        { ...scope, reference: 'data/contract-data:edit', title: 'Contract Data' },
      ],
      roles: [],
      holders: [],
    },
  ],
  digest: 'sha256:0',
};

const editSpend = access('Spend Data', 'Edit', { sensitive: true });
const viewContract = access('Contract Data', 'View');
const asana = access('Asana', null, { kind: 'app', scopes: ['app:asana'] });

describe('a plan in words', () => {
  it('has a first line, an application at a time, and the counts at the end', () => {
    const plan = planOf([role('Basic User', { gains: [viewContract] })], { rolesChanged: 1, grantsAdded: 1 });
    expect(planText(plan, plain, desired)).toBe(
      [
        'Plan for stack dev, tenant acme.eu.auth0.com',
        '',
        'Productiv',
        '  + Basic User gains View on Contract Data',
        '',
        'Plan: 0 roles to create, 1 to change, 0 to remove; 1 permission granted, 0 taken away.',
        '',
      ].join('\n'),
    );
  });

  it('tells permissions of one title apart, and levels of one permission not', () => {
    const gains = [access('Return', null, { reference: 'producer/return' }), viewContract];
    const text = planText(planOf([role('A', { gains })]), plain, desired);
    expect(text).toContain('+ gains Return (producer/return)\n');
    expect(text).toContain('+ gains View on Contract Data\n');
  });

  it('says that nothing changes', () => {
    expect(planText(planOf([]), plain)).toBe('No change: stack dev is as declared.\n');
  });

  it('says gains and loses, and marks what is sensitive without a colour', () => {
    expect(told(role('Basic User', { gains: [editSpend] }))).toEqual([
      '  + Basic User gains Edit on Spend Data   SENSITIVE',
    ]);
    expect(told(role('Basic User', { loses: [viewContract], direction: 'narrowing' }))).toEqual([
      '  - Basic User loses View on Contract Data',
    ]);
  });

  it('names a permission without levels by its title alone', () => {
    expect(told(role('Executive', { gains: [access('View Entitlements', null)] }))).toEqual([
      '  + Executive gains View Entitlements',
    ]);
  });

  it('lists several changes of one role, the gravest first', () => {
    expect(told(role('Basic User', { gains: [viewContract, editSpend], loses: [access('Uploads', 'Edit')] }))).toEqual([
      '  ~ Basic User',
      '      + gains Edit on Spend Data   SENSITIVE',
      '      + gains View on Contract Data',
      '      - loses Edit on Uploads',
    ]);
  });

  it('tells the same change of several roles once', () => {
    const gains = [viewContract];
    expect(told(role('A', { gains }), role('B', { gains }), role('C', { gains }), role('D', { loses: gains }))).toEqual(
      ['  + A, B and C gain View on Contract Data', '  - D loses View on Contract Data'],
    );
  });

  it('speaks of apps, vendors and resellers by their kind', () => {
    const vendor = access('Asana Inc', null, { kind: 'vendor' });
    expect(told(role('Collaboration Owners', { gains: [asana] }))).toEqual([
      '  + Collaboration Owners gains app Asana',
    ]);
    expect(told(role('Collaboration Owners', { loses: [asana, vendor], direction: 'narrowing' }))).toEqual([
      '  ~ Collaboration Owners',
      '      - loses app Asana',
      '      - loses vendor Asana Inc',
    ]);
  });

  it('says that a rename and a new title keep id and holders', () => {
    expect(told(role('Basic User', { role: 'basic-user', renamedFrom: 'viewer', direction: 'neutral' }))).toEqual([
      '  ~ Basic User is renamed from viewer to basic-user; it keeps its id and its holders',
    ]);
    expect(told(role('Basic User', { retitledFrom: 'Viewer', direction: 'neutral' }))).toEqual([
      '  ~ Basic User has a new title (was "Viewer"); it keeps its id and its holders',
    ]);
    expect(told(role('Basic User', { renamedFrom: 'viewer', retitledFrom: 'Viewer', direction: 'neutral' }))).toEqual([
      '  ~ Basic User is renamed from viewer to basic-user, has a new title (was "Viewer"); it keeps its id and its holders',
    ]);
  });

  it('tells a rename that also widens of that role alone', () => {
    const renamed = role('Basic User', { renamedFrom: 'viewer', gains: [viewContract] });
    expect(told(renamed, role('B', { gains: [viewContract] }))).toEqual([
      '  ~ Basic User',
      '      ~ is renamed from viewer to basic-user; it keeps its id and its holders',
      '      + gains View on Contract Data',
      '  + B gains View on Contract Data',
    ]);
  });

  it('says of a new role what it may do, by level, sensitive things apart', () => {
    const marker = access('Owners', null, { kind: 'restriction', scopes: ['restriction:owners'] });
    const view = access('Team Data', 'View');
    const gains = [viewContract, editSpend, view, access('Export', null), asana, marker];
    expect(told(role('Owners', { action: 'create', gains }))).toEqual([
      '  + New role Owners may',
      '      SENSITIVE Edit: Spend Data',
      '      View: Contract Data, Team Data',
      '      Export',
      '      apps: Asana',
    ]);
    expect(told(role('Empty', { action: 'create' }))).toEqual(['  + New role Empty, without any permission']);
  });

  it('says what a removed role takes away, before everything else', () => {
    const gains = [editSpend];
    const removed = role('Old', { action: 'remove', loses: [viewContract], direction: 'narrowing' });
    expect(told(role('A', { gains }), removed)).toEqual([
      '  - Role Old is removed; whoever holds it loses',
      '      View: Contract Data',
      '  + A gains Edit on Spend Data   SENSITIVE',
    ]);
  });

  it('speaks of markers, adopted roles, descriptions and undeclared scopes', () => {
    const marker = access('None', null, { kind: 'restriction', scopes: ['restriction:none'] });
    const stray = access('x', null, { kind: 'unknown', reference: null, scopes: ['edit:old'] });
    expect(told(role('A', { gains: [marker], direction: 'neutral' }))).toEqual([
      '  ~ A carries the marker restriction:none',
    ]);
    expect(told(role('A', { action: 'adopt', direction: 'neutral' }))).toEqual([
      '  ~ A is found in the tenant and taken over; it keeps its id and its holders',
    ]);
    expect(told(role('A', { described: true, direction: 'neutral' }))).toEqual(['  ~ A has a new description']);
    expect(told(role('A', { loses: [stray] }))).toEqual(['  - A loses scope edit:old, which is not declared']);
  });

  it('says what a catalog comes to offer, and offers no longer', () => {
    expect(told(catalog({ added: [viewContract, asana], removed: [editSpend], described: [viewContract] }))).toEqual([
      '  ~ The catalog now offers View on Contract Data',
      '  ~ The catalog now offers app Asana',
      '  - The catalog no longer offers Edit on Spend Data',
      '  ~ The catalog describes 1 scope in new words',
    ]);
    expect(told(catalog({ action: 'create', added: [viewContract, asana] }))).toEqual([
      '  ~ The catalog offers 2 scopes',
    ]);
  });

  it('says what becomes of an application', () => {
    const application = { subject: 'application', application: 'productiv', title: 'Productiv' } as const;
    expect(told({ ...application, action: 'create', direction: 'neutral', details: [] })).toEqual([
      '  + The application is new',
    ]);
    const details = ['token lifetime 1h, was 2h'];
    expect(told({ ...application, action: 'update', direction: 'neutral', details })).toEqual([
      '  ~ token lifetime 1h, was 2h',
    ]);
    expect(told({ ...application, action: 'remove', direction: 'narrowing', details: [] })).toEqual([
      '  - The application is removed: nobody may do anything in it any more',
    ]);
  });

  it('says who is given a role and who no longer holds one, after the roles, and counts them', () => {
    const holder = { subject: 'holder', application: 'productiv', role: 'zoom-admins', title: 'Zoom Admins' } as const;
    const plan = planOf(
      [
        role('Basic User', { gains: [viewContract] }),
        { ...holder, action: 'add', account: 'dana@example.com (sso)', assignment: 'team', direction: 'widening' },
        { ...holder, action: 'remove', account: 'auth0|\u001b[31m7', assignment: null, direction: 'narrowing' },
      ],
      { peopleAdded: 1, peopleRemoved: 1 },
    );
    expect(planText(plan, plain).split('\n').slice(3)).toEqual([
      '  + Basic User gains View on Contract Data',
      '  + dana@example.com (sso) is given Zoom Admins',
      '  - auth0|\\u{1b}[31m7 no longer holds Zoom Admins',
      '',
      expect.stringMatching(/; 1 person added to roles, 1 removed\.$/),
      '',
    ]);
  });

  it('counts applications only where there is something to count', () => {
    const plan = planOf([role('A', { gains: [asana] })], { applicationsCreated: 1, rolesCreated: 2, grantsAdded: 5 });
    expect(planText(plan, plain).trimEnd().split('\n').at(-1)).toBe(
      'Plan: 1 application to create; 2 roles to create, 0 to change, 0 to remove; 5 permissions granted, 0 taken away.',
    );
  });

  it('lets no title deceive, and says the same in colours', () => {
    const plan = planOf([role('Basic\u202e User\u001b[2K', { gains: [viewContract] })]);
    const inColour = planText(plan, coloured);
    expect(stripVTControlCharacters(inColour)).toBe(planText(plan, plain));
    expect(planText(plan, plain)).toContain('Basic\\u{202e} User\\u{1b}[2K gains');
  });
});
