import { describe, expect, it } from 'vitest';
import { linesOf, permissionExplained } from './explained.ts';
import { modelOf, people, realFiles } from './real-catalogs.ts';

const model = modelOf([...(await realFiles()), people]);
const explained = (holder: string, permission: string, app: string | null = null) =>
  linesOf(permissionExplained(model, holder, permission, app));

const edits = [
  '      Edit on Contract Data, Edit on File Uploads, Edit on App Contract Uploads, Edit on App Configuration,',
  '      Edit on License Automation',
];

const withoutInventory = [
  '  does not see  Inventory > Inventory Manager',
  '                Inventory > Inventory Worksheet',
  '                Inventory > ROI Dashboard',
  '                Inventory > Resolve Shortages',
  '                details of inventory items',
  '  cannot        open an inventory item',
  '  keeps         item names in the inventory browser',
];

describe('why not', () => {
  it('can Basic User edit Spend Data', () => {
    expect(explained('productiv/basic-user', 'productiv/data/spend-data:edit')).toEqual([
      'Basic User cannot edit Spend Data (sensitive), but can view it.',
      '',
      'A person with this role',
      '  cannot  change spend information',
      '          upload spend information',
      '',
      'Roles that would allow it, least privilege first',
      '  Application Admin  productiv/application-admin',
      '    brings 7 more permissions, 5 of them sensitive:',
      ...edits,
      '  Super Admin  productiv/super-admin',
      '    brings 9 more permissions, 7 of them sensitive:',
      `${edits[0]}`,
      '      Edit on License Automation, Edit on Workflow Management, Edit on Productiv User Management',
      '  1 custom role, narrowed to its apps, allows it as well: ask with --app',
      '',
      'Why it can view it',
      '  Basic User inherits Limited Plus User          roles/productiv/roles/basic-user.yaml:10:7',
      '  Limited Plus User grants data/spend-data:view  roles/productiv/roles/limited-plus-user.yaml:13:7',
      '',
    ]);
  });

  it('names custom roles for an app, and that they take the place of the role', () => {
    const lines = explained('productiv/basic-user', 'productiv/data/spend-data:edit', 'productiv/slack');
    expect(lines[0]).toBe('Basic User cannot edit Spend Data (sensitive) for Slack, but can view it.');
    expect(lines.slice(2, 16)).toEqual([
      'For Slack, a person with this role',
      '  cannot  change spend information',
      '          upload spend information',
      '',
      'Roles that would allow it for Slack, least privilege first',
      '  Collaboration Owners  productiv/collaboration-owners',
      '    brings 7 more permissions, 5 of them sensitive:',
      ...edits,
      '    for Slack and Zoom only',
      '    in place of Basic User, never besides it',
      '  Application Admin  productiv/application-admin',
      '    brings 7 more permissions, 5 of them sensitive:',
      `${edits[0]}`,
    ]);
  });

  it('tells a permission held for other apps from one not held', () => {
    const other = explained('productiv/collaboration-owners', 'productiv/data/spend-data:edit', 'productiv/github');
    expect(other[0]).toBe(
      'Collaboration Owners cannot edit Spend Data (sensitive) for GitHub, only for Slack and Zoom.',
    );
    expect(other).toContain('    for all apps, unless an assignment narrows it');
    expect(other).toContain(
      '  or add github to the apps of Collaboration Owners, for all that it may: roles/productiv/custom-roles/collaboration-owners.yaml:5:9',
    );
    expect(other.slice(-4)).toEqual([
      'Why it can edit it for Slack and Zoom',
      '  Collaboration Owners narrows Application Admin  roles/productiv/custom-roles/collaboration-owners.yaml:8:9',
      '  Application Admin grants data/spend-data:edit   roles/productiv/roles/application-admin.yaml:18:7',
      '',
    ]);
    const [first] = explained('productiv/emea-procurement', 'productiv/data/spend-data:edit', 'productiv/slack');
    expect(first).toBe(
      'EMEA Procurement cannot edit Spend Data (sensitive) for Slack, but can view it for Google Workspace, Microsoft 365 and Salesforce only.',
    );
  });

  it('says of a person without any level that the lower ones are missing too', () => {
    const [first] = explained('productiv/limited-user', 'productiv/data/spend-data:edit');
    expect(first).toBe('Limited User cannot edit Spend Data (sensitive), and cannot view it either.');
  });

  it('does not make a sentence of a level that is no verb', () => {
    const [first] = explained('productiv/limited-user', 'productiv/notifications/email-notifications:act');
    expect(first).toBe('Limited User does not have "Act" on Email Notifications, but can receive them.');
  });

  it('names what the permission requires, and a role that cannot replace the one asked about', () => {
    const lines = explained('flex-rental/front-desk', 'flex-rental/inventory/manage-inventory-financial-information');
    expect(lines[0]).toBe(
      'Front Desk does not have "Can Manage Inventory Financial Information" (Inventory Module Permissions, sensitive).',
    );
    expect(lines).toContain(
      'It is of no use without "Can View Inventory Financial Information", which is missing too.',
    );
    expect(lines).toContain('    besides Front Desk, not in its place: 2 permissions would be lost');
  });

  it('does a warehouse role see no inventory, and who could help', async () => {
    const hand = {
      path: 'roles/flex-rental/roles/warehouse-hand.yaml',
      text: `apiVersion: rolewright/v1
kind: Role
metadata:
  application: flex-rental
  name: warehouse-hand
spec:
  grants:
    - inventory/perform-mark-as-overrides
`,
    };
    const withHand = modelOf([...(await realFiles()), hand]);
    const question = [withHand, 'flex-rental/warehouse-hand', 'flex-rental/inventory/view-inventory'] as const;
    expect(linesOf(permissionExplained(...question)).slice(0, 16)).toEqual([
      'Warehouse Hand does not have "Can View Inventory" (Inventory Module Permissions).',
      '',
      'A person with this role',
      ...withoutInventory,
      '',
      'Roles that would allow it, least privilege first',
      '  Front Desk  flex-rental/front-desk',
      '    brings 7 more permissions, 3 of them sensitive:',
      '      Can View Pricing Information, Can View Financial Documents, Can Edit Financial Documents',
      '    besides Warehouse Hand, not in its place: 1 permission would be lost',
    ]);
  });

  it('says that nothing is documented, with the reason if there is one, and that no role helps', () => {
    expect(explained('flex-rental/shop-owner', 'flex-rental/inventory/perform-mark-as-overrides')).toEqual([
      'Shop Owner does not have "Can Perform Mark As Overrides" (Inventory Module Permissions).',
      '',
      'What a person loses without it is not documented: Announced by the publisher, not yet described.',
      '',
      'No role would allow it.',
      '',
    ]);
  });

  it('keeps no more than what remains without the lowest level that is missing', () => {
    const { answers } = permissionExplained(model, 'productiv/limited-user', 'productiv/data/contract-data:edit');
    expect(answers[0]?.losses.map(({ level }) => level?.name)).toEqual(['view', 'edit']);
    const lines = explained('productiv/limited-user', 'productiv/data/contract-data:edit');
    expect(lines).toContain('  keeps         contract metrics without money in them');
    const none = explained('productiv/collaboration-owners', 'productiv/data/contract-data:edit', 'productiv/github');
    expect(none.join('\n')).not.toContain('keeps');
  });
});

describe('why', () => {
  it('may a warehouse role view the inventory, and what it would lose', () => {
    expect(explained('flex-rental/warehouse-lead', 'flex-rental/inventory/view-inventory')).toEqual([
      'Warehouse Lead has "Can View Inventory" (Inventory Module Permissions).',
      '',
      'Why',
      '  Warehouse Lead grants inventory/view-inventory  roles/flex-rental/roles/warehouse-lead.yaml:19:7',
      '',
      'Without it, a person',
      ...withoutInventory,
      '',
      '"Can Conduct Inventory Counts", which it also has, is of no use without it.',
      '',
    ]);
  });

  it('shows every way in', () => {
    const lines = explained('flex-rental/shop-owner', 'flex-rental/inventory/view-inventory');
    expect(lines.slice(2, 9)).toEqual([
      'Why, in 3 ways, each of which is enough',
      '  1  Shop Owner inherits Bookkeeper                  roles/flex-rental/roles/shop-owner.yaml:9:7',
      '     Bookkeeper grants inventory/view-inventory      roles/flex-rental/roles/bookkeeper.yaml:19:7',
      '  2  Shop Owner inherits Front Desk                  roles/flex-rental/roles/shop-owner.yaml:10:7',
      '     Front Desk grants inventory/view-inventory      roles/flex-rental/roles/front-desk.yaml:14:7',
      '  3  Shop Owner inherits Warehouse Lead              roles/flex-rental/roles/shop-owner.yaml:11:7',
      '     Warehouse Lead grants inventory/view-inventory  roles/flex-rental/roles/warehouse-lead.yaml:19:7',
    ]);
  });

  it('says for which apps, and whether their vendors and resellers are reached', () => {
    expect(explained('productiv/collaboration-owners', 'productiv/data/contract-data:view').slice(0, 2)).toEqual([
      'Collaboration Owners can view Contract Data, for Slack and Zoom only, and can edit it as well.',
      'This includes their vendors Salesforce, Inc. and Zoom Communications, and their reseller cdw.',
    ]);
    expect(explained('productiv/collaboration-owners', 'productiv/data/contract-data:edit').slice(0, 2)).toEqual([
      'Collaboration Owners can edit Contract Data (sensitive), for Slack and Zoom only.',
      'This does not include their vendors and resellers.',
    ]);
    expect(explained('productiv/collaboration-owners', 'productiv/data/file-uploads:edit')[0]).toBe(
      'Collaboration Owners can edit File Uploads (sensitive), for the whole application.',
    );
  });

  it('starts at the assignment of a person', () => {
    expect(explained('productiv/zoom-administrators', 'productiv/data/spend-data:edit').slice(0, 6)).toEqual([
      'Zoom Administrators can edit Spend Data (sensitive), for Zoom only.',
      'This does not include its vendors and resellers.',
      '',
      'Why',
      '  Zoom Administrators assigns Application Admin  roles/productiv/assignments/people.yaml:7:9',
      '  Application Admin grants data/spend-data:edit  roles/productiv/roles/application-admin.yaml:18:7',
    ]);
  });

  it('answers for each level where none is named', () => {
    const { answers } = permissionExplained(model, 'productiv/basic-user', 'productiv/data/contract-data');
    expect(answers.map(({ reference, verdict }) => [reference, verdict])).toEqual([
      ['productiv/data/contract-data:view-summary', 'held'],
      ['productiv/data/contract-data:view', 'held'],
      ['productiv/data/contract-data:edit', 'not-held'],
    ]);
    const lines = explained('productiv/basic-user', 'productiv/data/contract-data');
    expect(lines.filter((line) => line.startsWith('Basic User '))).toEqual([
      'Basic User has "View Without Cost" on Contract Data, and can view it as well.',
      'Basic User can view Contract Data.',
      'Basic User cannot edit Contract Data (sensitive), but can view it.',
    ]);
  });

  it('says of a building block that nobody holds it', () => {
    const lines = explained('flexnet-operations/producer-user', 'flexnet-operations/account-producer/return');
    expect(lines[1]).toBe('It is a building block: roles inherit it, nobody holds it by itself.');
  });
});

describe('the data of an explanation', () => {
  it('has the published shape', () => {
    const data = permissionExplained(model, 'productiv/basic-user', 'productiv/data/spend-data:edit', 'productiv/zoom');
    expect(JSON.parse(JSON.stringify(data))).toMatchObject({
      schemaVersion: 1,
      question: 'permission',
      holder: {
        reference: 'productiv/basic-user',
        application: 'productiv',
        name: 'basic-user',
        title: 'Basic User',
        kind: 'role',
        assignable: true,
        apps: null,
        vendors: [],
        resellers: [],
        place: { file: 'roles/productiv/roles/basic-user.yaml', line: 5, column: 9 },
      },
      app: { name: 'zoom', title: 'Zoom' },
      permission: {
        reference: 'productiv/data/spend-data',
        title: 'Spend Data',
        section: { name: 'data', title: 'Data' },
      },
    });
    expect(Object.keys(data)).toEqual(['schemaVersion', 'question', 'holder', 'app', 'permission', 'answers']);
    expect(Object.keys(data.answers[0] ?? {})).toEqual([
      ...['verdict', 'reference', 'level', 'sensitive', 'heldAtAll', 'heldLevel', 'narrowed', 'forVendors', 'chains'],
      ...['losses', 'neededBy', 'needs', 'alternatives', 'customRoles'],
    ]);
    expect(Object.keys(data.answers[0]?.alternatives[0] ?? {})).toEqual([
      ...['reference', 'name', 'title', 'kind', 'level', 'apps', 'restrictable', 'besides', 'additional', 'lacks'],
      ...['onlyIn', 'place'],
    ]);
  });
});
