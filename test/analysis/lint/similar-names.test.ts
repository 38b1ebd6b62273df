import { describe, expect, it } from 'vitest';
import { differenceInSpelling } from '../../../src/analysis/lint/spelling.ts';
import { catalog, clean, document, findings, role, silenced, withApps } from './repository.ts';

const lint = 'similar-names';

function catalogOf(...sections: readonly (readonly string[])[]) {
  const [heading = ''] = catalog.text.split('    - name: data');
  const lines = sections.flatMap(([name, ...permissions]) => [
    `    - name: ${name}`,
    `      scopePrefix: ${name}`,
    '      permissions:',
    ...permissions.map((permission) => `        - name: ${permission}`),
  ]);
  return { ...catalog, text: `${heading}${lines.join('\n')}\n` };
}

describe('names that differ only in spelling', () => {
  it.each([
    ['sub-account', 'subaccount', 'hyphens'],
    ['manual-activation', 'manual-activations', 'a plural "s"'],
    ['view-reports-daily', 'view-report-daily', 'a plural "s"'],
    ['procurement', 'procuremnet', 'two letters that are swapped'],
    ['view-contarct-data', 'view-contract-data', 'two letters that are swapped'],
  ])('%s and %s: %s', (one, other, difference) => {
    expect(differenceInSpelling(one, other)).toBe(difference);
    expect(differenceInSpelling(other, one)).toBe(difference);
  });

  it.each([
    ['view', 'edit'],
    ['return', 'repair'],
    ['view-users', 'view-roles'],
    ['create-short-code-asrs', 'delete-short-code-asrs'],
    // Digits tell versions and counts apart.
    ['tls1-2', 'tls12'],
    ['office-365', 'office-356'],
    ['tier-1', 'tier-2'],
    // Short words are words of their own.
    ['new', 'news'],
    ['view-form', 'view-from'],
    // No plural.
    ['acces', 'access'],
    ['view-status', 'view-statuses'],
    // Two differences are no slip of the pen.
    ['sub-accounts', 'subaccount'],
    ['procurement', 'procuremetn-x'],
    // One letter more, less, or another.
    ['warehouse-lead', 'warehouse-leader'],
    ['contract', 'contact'],
    ['importer', 'exporter'],
    // Words in another order.
    ['view-data-export', 'export-view-data'],
  ])('not %s and %s', (one, other) => {
    expect(differenceInSpelling(one, other)).toBeNull();
  });
});

describe(lint, () => {
  it('finds two permissions of one section, at the later one', () => {
    expect(findings(lint, [catalogOf(['licensing', 'manual-activation', 'return', 'manual-activations'])])).toEqual([
      'roles/desk/catalog.yaml:13:17 "manual-activations" and "manual-activation" differ only in a plural "s"',
    ]);
  });

  it('takes no offence at the same pair in two sections, whose references name the section', () => {
    const files = [catalogOf(['storage', 'manual-activation'], ['licensing', 'manual-activations'])];
    expect(findings(lint, files)).toEqual([]);
  });

  it('finds sections, levels, roles, custom roles, assignments, apps, vendors and resellers', () => {
    const apps = [
      'vendors:',
      '  - name: zoom-inc',
      '  - name: zoominc',
      '    resellers:',
      '      - softwareone',
      'apps:',
      '  - name: whiteboard',
      '    resellers:',
      '      - software-one',
      '      - softwareone',
      '  - name: white-board',
    ];
    const [restricted, directory] = withApps(apps);
    if (restricted === undefined || directory === undefined) throw new Error('no apps');
    const levels = restricted.text.replace('name: edit', 'name: views').replace('name: settings', 'name: datas');
    const files = [
      { ...restricted, text: levels.replace('name: data\n', 'name: data-s\n') },
      directory,
      role('reader', ['restrictable: true', 'grants:', '  - data-s/contract-data:view']),
      document('CustomRole', 'readers', ['base: reader', 'apps:', '  - whiteboard'], 'roles/desk/readers.yaml'),
      person('zoom-people', '1'),
      person('zoompeople', '2'),
    ];
    expect(findings(lint, files).map((line) => line.replace(/^\S+ /u, ''))).toEqual([
      '"datas" and "data-s" differ only in hyphens',
      '"views" and "view" differ only in a plural "s"',
      '"reader" and "readers" differ only in a plural "s"',
      '"zoompeople" and "zoom-people" differ only in hyphens',
      '"white-board" and "whiteboard" differ only in hyphens',
      '"zoominc" and "zoom-inc" differ only in hyphens',
      '"software-one" and "softwareone" differ only in hyphens',
    ]);
  });

  it('compares names of one kind alone: a role may be called like an app or like those who hold it', () => {
    const spec = ['restrictable: true', 'grants:', '  - data/contract-data:view'];
    const files = [...clean, ...withApps(['apps:', '  - name: white-board']), role('whiteboard', spec)];
    expect(findings(lint, [...files, person('whiteboards', '1', 'whiteboard', 'white-board')])).toEqual([]);
  });

  it('is silenced in the document of the later name', () => {
    const file = silenced(catalogOf(['licensing', 'manual-activation', 'manual-activations']), lint);
    expect(findings(lint, [file])).toEqual([]);
  });
});

function person(name: string, id: string, of = 'reader', app = 'whiteboard') {
  const spec = [`role: ${of}`, 'apps:', `  - ${app}`, 'users:', `  - id: auth0|${id}`];
  return document('Assignment', name, spec, `roles/desk/assignments/${name}.yaml`);
}
