import { describe, expect, it } from 'vitest';
import { linesOf, missingExplained } from './explained.ts';
import { modelOf, people, realFiles } from './real-catalogs.ts';

const model = modelOf([...(await realFiles()), people]);
const explained = (holder: string, app: string | null = null) => linesOf(missingExplained(model, holder, app));

describe('what a role has not', () => {
  it('stands by section, with what is lost', () => {
    expect(explained('productiv/basic-user')).toEqual([
      'Basic User has 4 of 14 permissions in full and 4 in part.',
      'What a person misses:',
      '',
      'Data',
      '  App Contacts: Edit (has View)',
      '    not documented: The page does not say',
      '  Contract Data: Edit (has View)',
      '    cannot  change contract information',
      '  Spend Data: Edit (has View)',
      '    cannot  change spend information; upload spend information',
      '  File Uploads: Edit',
      '    cannot  upload HR information from the Settings page; upload contracts from the Settings page',
      '  App Contract Uploads: Edit',
      '    cannot  upload contracts from the Contracts page of an app',
      '',
      'Connections',
      '  App Configuration: Edit',
      '    cannot  connect an app to Productiv',
      '  License Automation: Edit',
      "    cannot  look after the workflows that automate an app's licenses",
      '',
      'Workflows',
      '  Workflow Management: Edit',
      '    cannot  build workflows; publish workflows',
      '',
      'Administration',
      '  Productiv User Management: View, Edit',
      '    cannot  change the role of a user on the User Settings page',
      '',
      'Notifications',
      '  Email Notifications: Act as Admin (has Act)',
      '    cannot  act on notifications meant for Application Admins or greater',
      '    keeps   receiving these notifications',
      '',
    ]);
  });

  it('puts the areas of a menu together, names all of them, and cuts long lists of actions', () => {
    const lines = explained('flex-rental/front-desk');
    expect(lines[0]).toBe('Front Desk has 8 of 43 permissions.');
    expect(lines).toContain(
      '    does not see  Inventory > Inventory Settings, Inventory Worksheet, Maintenance Procedures',
    );
    expect(lines).toContain('                  copy inventory items; create Equipment Lists; and 7 more');
    expect(lines).toContain('    not documented: Announced by the publisher, not yet described');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(110);
  });

  it('says once that nothing is documented where that is so', () => {
    const lines = explained('flexnet-operations/executive');
    expect(lines[1]).toBe('What a person misses (its effects are not documented):');
    expect(lines.filter((line) => line.includes('documented'))).toHaveLength(1);
  });

  it('says for which apps the rest is held, and what is missing for one', () => {
    expect(explained('productiv/zoom-administrators')[1]).toBe('What apps narrow, it has for Zoom only.');
    const { inFull } = missingExplained(model, 'productiv/zoom-administrators', 'productiv/zoom');
    const other = missingExplained(model, 'productiv/zoom-administrators', 'productiv/github');
    expect(other.inFull).toBeLessThan(inFull);
    expect(linesOf(other)[0]).toBe('Zoom Administrators has 2 of 14 permissions for GitHub in full and 1 in part.');
  });

  it('is nothing where everything is held', () => {
    expect(explained('productiv/super-admin')).toEqual(['Super Admin has all 14 permissions of productiv.', '']);
  });
});
