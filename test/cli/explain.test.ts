import { describe, expect, it } from 'vitest';
import { realFiles } from '../analysis/explain/real-catalogs.ts';
import { changedDocuments, repositoryOf, runRolewright } from './run-rolewright.ts';

const real = repositoryOf(await realFiles());
const sample = repositoryOf();
const bad = repositoryOf(
  changedDocuments('roles/desk/roles/editor.yaml', (text) => text.replace('data/spend-data', 'data/spend-dat')),
);
const run = (...args: string[]) => runRolewright(['explain', ...args], { cwd: real });

/** Talk without what is said only because this machine is slow. */
const talk = (stderr: string) => stderr.replace('Checking the documents …\n', '');

describe('rolewright explain', () => {
  it('answers on stdout, and says nothing else', async () => {
    const { code, stdout, stderr } = await run('productiv/basic-user', 'productiv/data/spend-data:edit');
    expect([code, talk(stderr)]).toEqual([0, '']);
    expect(stdout).toBe(
      [
        'Basic User cannot edit Spend Data (sensitive), but can view it.',
        '',
        'A person with this role',
        '  cannot  change spend information',
        '          upload spend information',
        '',
        'Roles that would allow it, least privilege first',
        '  Application Admin  productiv/application-admin',
        '    brings 7 more permissions, 5 of them sensitive:',
        '      Edit on Contract Data, Edit on File Uploads, Edit on App Contract Uploads, Edit on App Configuration,',
        '      Edit on License Automation',
        '  Super Admin  productiv/super-admin',
        '    brings 9 more permissions, 7 of them sensitive:',
        '      Edit on Contract Data, Edit on File Uploads, Edit on App Contract Uploads, Edit on App Configuration,',
        '      Edit on License Automation, Edit on Workflow Management, Edit on Productiv User Management',
        '  1 custom role, narrowed to its apps, allows it as well: ask with --app',
        '',
        'Why it can view it',
        '  Basic User inherits Limited Plus User          roles/productiv/roles/basic-user.yaml:10:7',
        '  Limited Plus User grants data/spend-data:view  roles/productiv/roles/limited-plus-user.yaml:13:7',
        '',
      ].join('\n'),
    );
  });

  it('says what a warehouse role loses without Can View Inventory', async () => {
    const { code, stdout } = await run('flex-rental/warehouse-lead', 'flex-rental/inventory/view-inventory');
    expect(code).toBe(0);
    expect(stdout).toContain('Warehouse Lead has "Can View Inventory" (Inventory Module Permissions).\n');
    expect(stdout).toContain('Without it, a person\n  does not see  Inventory > Inventory Manager\n');
    expect(stdout).toContain('  keeps         item names in the inventory browser\n');
  });

  it('finds what is missing, and the page that a caller names', async () => {
    expect((await run('flex-rental/front-desk')).stdout).toMatch(/^Front Desk has 8 of 43 permissions\.\n/u);
    const { code, stdout } = await run('flex-rental/front-desk', '--area', 'Inventory Worksheet');
    expect([code, stdout.split('\n')[0]]).toEqual([0, 'Front Desk does not see Inventory > Inventory Worksheet.']);
  });

  it('is data for a program', async () => {
    const asked = [
      ['productiv/basic-user', 'productiv/data/spend-data:edit', '--app', 'productiv/zoom'],
      ['productiv/basic-user'],
      ['flex-rental/front-desk', '--area', 'ROI Dashboard'],
    ];
    const runs = await Promise.all(asked.map((args) => run(...args, '--format', 'json')));
    expect(runs.map(({ stdout }) => JSON.parse(stdout))).toMatchObject([
      { schemaVersion: 1, question: 'permission', app: { name: 'zoom' }, answers: [{ verdict: 'not-held' }] },
      { schemaVersion: 1, question: 'missing', permissions: 14 },
      { schemaVersion: 1, question: 'area', matches: [{ name: 'Inventory > ROI Dashboard', open: true }] },
    ]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
  });

  it('colours what it says where it is asked to', async () => {
    const { stdout } = await run('productiv/basic-user', 'productiv/data/spend-data:edit', '--color', 'always');
    expect(stdout).toContain('\u001b[31mcannot\u001b[39m edit Spend Data');
  });

  it('suggests for every misspelt name at once, and ends with 2', async () => {
    const { code, stdout, stderr } = await run('productiv/basc-user', 'productiv/data/spend-dta:edit');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('error RW2109  productiv has no role "basc-user"\n');
    expect(stderr).toContain('did you mean "productiv/basic-user"?');
    expect(stderr).toContain('error RW2104  unknown permission "productiv/data/spend-dta:edit"\n');
    expect(stderr).toContain('did you mean "productiv/data/spend-data:edit"?');
    const inJson = await run('productiv/basc-user', '--format', 'json');
    expect(inJson.code).toBe(2);
    expect(JSON.parse(inJson.stdout).diagnostics).toMatchObject([{ code: 'RW2109', place: null }]);
  });

  it('refuses two questions at once, and one across applications', async () => {
    const two = await run('productiv/basic-user', 'productiv/data/spend-data:edit', '--area', 'cost');
    expect([two.code, two.stdout, talk(two.stderr)]).toEqual([
      2,
      '',
      'error: a permission and --area are two questions\n   help: ask one of them\n',
    ]);
    const across = await run('productiv/basic-user', 'flex-rental/inventory/view-inventory');
    expect([across.code, talk(across.stderr)]).toEqual([
      2,
      'error: productiv/basic-user is of productiv, and flex-rental/inventory/view-inventory of flex-rental\n' +
        '   help: ask for a permission of its own application\n',
    ]);
    const unknown = await run('flex-rental/front-desk', '--area', 'ROI Dashbord');
    expect([unknown.code, talk(unknown.stderr)]).toEqual([
      2,
      'error: no page and no action of flex-rental is called "ROI Dashbord"\n   help: did you mean "ROI Dashboard"?\n',
    ]);
  });

  it('ends with 1 where the documents are wrong, and with 2 without a role', async () => {
    const wrong = await runRolewright(['explain', 'desk/editor'], { cwd: bad });
    expect([wrong.code, wrong.stdout]).toEqual([1, '']);
    expect((await runRolewright(['explain'], { cwd: sample })).code).toBe(2);
  });
});
