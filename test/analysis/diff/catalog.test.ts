import { describe, expect, it } from 'vitest';
import { catalogs, causes, control, told } from './told.ts';
import { document, edited, shop, shopDifference } from './trees.ts';

const higher = '            - name: edit\n              sensitive: true\n';

describe('a level', () => {
  it('that is inserted below one that is held is gained, though the level held is the same', () => {
    const inserted = edited('catalog.yaml', higher, `            - name: comment\n${higher}`);
    const difference = shopDifference(inserted);
    expect(told(difference)).toEqual([
      'custom-role zoomers: changed, widening, medium',
      '  data/contract edit for its apps and vendors → edit for its apps and vendors: +comment by head catalog.yaml:18',
      'role owner: changed, widening, medium',
      '  data/contract edit → edit: +comment by head catalog.yaml:18',
    ]);
    expect(causes(difference)).toEqual([
      'head catalog.yaml:18 shop catalog data/contract:comment → data/contract: zoomers, owner',
    ]);
    expect(catalogs(difference)).toEqual([
      'shop changed, 1.0.0 → 1.0.0: minor, which the version does not say',
      '  level data/contract:comment added',
    ]);
  });

  it('that is removed below one that is held is lost, and the version must say so', () => {
    const three = edited('catalog.yaml', higher, `            - name: comment\n${higher}`);
    const two = edited('catalog.yaml', 'version: 1.0.0', 'version: 2.0.0');
    const difference = shopDifference(two, three);
    expect(told(difference).slice(2)).toEqual([
      'role owner: changed, narrowing, low',
      '  data/contract edit → edit: -comment by base catalog.yaml:18',
    ]);
    expect(catalogs(difference)).toEqual([
      'shop changed, 1.0.0 → 2.0.0: major',
      '  level data/contract:comment removed',
    ]);
  });

  it('that changes places with the one above widens whoever held the lower one', () => {
    const lower = '            - name: view\n            - name: edit\n';
    const swapped = edited('catalog.yaml', lower, '            - name: edit\n            - name: view\n');
    const difference = shopDifference(swapped, {
      'clerk.yaml': document('Role', 'clerk', ['grants:', '  - data/spend:view']),
    });
    expect(told(difference)).toEqual([
      'custom-role zoomers: changed, narrowing, low',
      '  data/spend edit for its apps → edit for its apps: -view by head catalog.yaml:26',
      'role clerk: changed, widening, medium',
      '  data/spend view → view: +edit by head catalog.yaml:25',
      'role owner: changed, narrowing, low',
      '  data/spend edit → edit: -view by head catalog.yaml:26',
    ]);
    expect(catalogs(difference)).toEqual([
      'shop changed, 1.0.0 → 1.0.0: patch, which the version does not say',
      '  permission data/spend reordered (view, edit)',
    ]);
  });

  it('that comes to be the highest of two that are held, by lines that are as they were, gains by the catalog', () => {
    const before = '            - name: view\n            - name: comment\n            - name: edit\n';
    const after = '            - name: comment\n            - name: edit\n            - name: view\n';
    const base = edited('catalog.yaml', '            - name: view\n            - name: edit\n', before);
    const block = (name: string) => document('Role', name, ['assignable: false', 'grants:', '  - data/spend:view']);
    const clerk = (parents: readonly string[]) =>
      document('Role', 'clerk', [
        'inherits:',
        ...parents.map((name) => `  - ${name}`),
        'grants:',
        '  - data/spend:comment',
      ]);
    const difference = shopDifference(
      // One line more gives the same again, and is not to blame either.
      { 'catalog.yaml': base['catalog.yaml']?.replace(before, after) ?? null, 'clerk.yaml': clerk(['block', 'other']) },
      { ...base, 'block.yaml': block('block'), 'other.yaml': block('other'), 'clerk.yaml': clerk(['block']) },
    );
    expect(told(difference).slice(2, 5)).toEqual([
      'role clerk: changed, widening, medium',
      '  inherits from other',
      '  data/spend comment → view: +edit by head catalog.yaml:26',
    ]);
  });

  it('that keeps its scope under a new name is the same access', () => {
    const difference = shopDifference({
      ...edited('catalog.yaml', higher, higher.replace('edit', 'change\n              scope: edit:contract')),
      ...edited('owner.yaml', 'contract:edit', 'contract:change'),
    });
    expect(told(difference)).toEqual([]);
    expect(catalogs(difference)).toEqual([
      'shop changed, 1.0.0 → 1.0.0: patch, which the version does not say',
      '  level data/contract:change renamed (data/contract:edit)',
      '  level data/contract:change retitled (Edit)',
    ]);
  });
});

describe('a permission', () => {
  it('that is removed while it is held is lost by the catalog, whose version must say so', () => {
    const without = shop['catalog.yaml']?.split('    - name: money')[0]?.replace('1.0.0', '1.1.0') ?? '';
    const difference = shopDifference({ 'catalog.yaml': without, ...edited('owner.yaml', '    - money/pay\n', '') });
    expect(told(difference)).toEqual([
      'custom-role zoomers: changed, narrowing, low',
      '  money/pay held → none: -held by base catalog.yaml:30',
      'role owner: changed, narrowing, low',
      '  money/pay held → none: -held by base catalog.yaml:30',
    ]);
    expect(catalogs(difference)).toEqual([
      'shop changed, 1.0.0 → 1.1.0: major, which the version does not say',
      '  section money removed',
      '  permission money/pay removed',
    ]);
  });

  it('that is renamed and moved is neither lost nor gained, but its scope is gone', () => {
    const pay = '        - name: pay\n';
    const difference = shopDifference({
      ...edited('catalog.yaml', pay, '        - name: settle\n          formerly:\n            - money/pay\n'),
      ...edited('owner.yaml', 'money/pay', 'money/settle'),
    });
    expect(told(difference)).toEqual([]);
    expect(catalogs(difference)).toEqual([
      'shop changed, 1.0.0 → 1.0.0: major, which the version does not say',
      '  permission money/settle renamed (money/pay)',
      '  permission money/settle retitled (Pay)',
    ]);
  });

  it('that another one takes over, scope and all, is removed', () => {
    const pay = '        - name: pay\n';
    const difference = shopDifference({
      ...edited('catalog.yaml', pay, '        - name: settle\n          scope: pay\n'),
      ...edited('owner.yaml', 'money/pay', 'money/settle'),
    });
    expect(difference.catalogs[0]?.calls).toBe('major');
    expect(told(difference).slice(3)).toEqual([
      'role owner: changed, both, medium',
      '  money/pay held → none: -held by base catalog.yaml:30',
      '  money/settle none → held: +held by head owner.yaml:13',
    ]);
  });

  it('that is renamed and raised tells the level alone, of the new name', () => {
    const spend = '        - name: spend\n';
    const difference = shopDifference(
      {
        ...edited('catalog.yaml', spend, '        - name: costs\n          formerly:\n            - data/spend\n'),
        ...edited('owner.yaml', 'data/spend:edit', 'data/costs:edit'),
        'clerk.yaml': document('Role', 'clerk', ['grants:', '  - data/costs:edit']),
      },
      { 'clerk.yaml': document('Role', 'clerk', ['grants:', '  - data/spend:view']) },
    );
    expect(told(difference)).toEqual([
      'role clerk: changed, widening, medium',
      '  data/costs view → edit: +edit by head clerk.yaml:8',
    ]);
  });

  it('that is restricted by apps no longer widens whoever is narrowed, and loosens', () => {
    const spend = '        - name: spend\n';
    const difference = shopDifference(edited('catalog.yaml', spend, `${spend}          restrictedBy: nothing\n`));
    expect(told(difference)).toEqual([
      'custom-role zoomers: changed, widening, medium',
      '  data/spend edit for its apps → edit: +view +edit by head catalog.yaml:23',
    ]);
    expect(control(difference)).toEqual([
      'looser: restrictedBy data/spend changed: nothing (before: apps) @ head catalog.yaml:23',
    ]);
    // It is told as control, and once; the version must say it all the same.
    expect(catalogs(difference)).toEqual(['shop changed, 1.0.0 → 1.0.0: patch, which the version does not say']);
  });

  it('that comes to be restricted narrows, and is stricter', () => {
    const pay = '      restrictedBy: nothing\n';
    const difference = shopDifference(edited('catalog.yaml', pay, '      restrictedBy: apps\n'));
    expect(told(difference)).toEqual([
      'custom-role zoomers: changed, narrowing, low',
      '  money/pay held → held for its apps: -held by head catalog.yaml:30',
    ]);
    expect(control(difference)).toEqual([
      'stricter: restrictedBy money/pay changed: apps (before: nothing) @ head catalog.yaml:30',
    ]);
  });

  it('that is described, retitled or requires something else gives and takes nothing', () => {
    const pay = '        - name: pay\n';
    const described = `${pay}          title: Pay Bills
          description: From the current account.
          whenDenied:
            hidden:
              - Bills
          requires:
            - data/spend:view
`;
    const difference = shopDifference(edited('catalog.yaml', pay, described));
    expect(told(difference)).toEqual([]);
    expect(catalogs(difference)).toEqual([
      'shop changed, 1.0.0 → 1.0.0: patch, which the version does not say',
      '  permission money/pay changed (requires nothing)',
      '  permission money/pay described',
      '  permission money/pay retitled (Pay)',
    ]);
  });
});

describe('a section that is covered', () => {
  const clerk = (name: string, more: readonly string[]) =>
    document('Role', name, ['grants:', '  - money/pay', ...more, 'covers:', '  - section: money']);

  it('and grows is decided on: who grants it gains, who leaves it out differs in nothing', () => {
    const pay = '        - name: pay\n';
    const difference = shopDifference(
      {
        ...edited('catalog.yaml', pay, `${pay}        - name: refund\n`),
        'clerk.yaml': clerk('clerk', ['  - money/refund']),
        'payer.yaml': `${clerk('payer', [])}      except:\n        - money/refund\n`,
      },
      { 'clerk.yaml': clerk('clerk', []), 'payer.yaml': clerk('payer', []) },
    );
    expect(told(difference)).toEqual([
      'role clerk: changed, widening, medium',
      '  money/refund none → held: +held by head clerk.yaml:9',
      'role payer: changed, neutral, low',
      '  leaves out money/refund on purpose',
    ]);
    expect(control(difference)).toEqual([]);
  });

  it('and leaves the catalog takes its promises with it', () => {
    const without = shop['catalog.yaml']?.split('    - name: money')[0] ?? '';
    const difference = shopDifference(
      {
        'catalog.yaml': without,
        ...edited('owner.yaml', '    - money/pay\n', ''),
        'clerk.yaml': document('Role', 'clerk', ['grants:', '  - data/spend:view']),
      },
      { 'clerk.yaml': clerk('clerk', []) },
    );
    expect(control(difference)).toEqual([]);
  });

  it('is covered no longer: nobody gains, but what judged the catalog is gone', () => {
    const uncovered = document('Role', 'clerk', ['grants:', '  - money/pay']);
    const difference = shopDifference({ 'clerk.yaml': uncovered }, { 'clerk.yaml': clerk('clerk', []) });
    expect(told(difference)).toEqual([]);
    expect(control(difference)).toEqual(['looser: covers clerk removed: covers money no longer @ base clerk.yaml:10']);
  });
});

describe('the version of a catalog', () => {
  const versions = (base: string, head: string, text: string) =>
    shopDifference(
      { 'catalog.yaml': text.replace('version: 1.0.0', `version: ${head}`) },
      edited('catalog.yaml', 'version: 1.0.0', `version: ${base}`),
    ).catalogs[0]?.versionIsEnough;
  const catalog = shop['catalog.yaml'] ?? '';
  const pay = '        - name: pay\n';
  const more = catalog.replace(pay, `${pay}        - name: refund\n`);
  const otherwise = catalog.replace(pay, `${pay}          title: Pay Bills\n`);
  const removed = catalog.replace(/ {8}- name: pay\n/u, '        - name: settle\n');

  it.for([
    ['1.0.0', '1.0.1', otherwise, true],
    ['1.0.0', '1.0.1', more, false],
    ['1.0.0', '1.1.0', more, true],
    ['1.9.3', '2.0.0', more, true],
    ['1.2.0', '1.1.9', more, false],
    ['1.0.0', '1.0.0', otherwise, false],
    ['0.3.0', '0.3.1', more, true],
    ['0.3.1', '0.3.1', more, false],
    ['1.2.0', '1.1.0', catalog, false],
    ['1.2.0', '1.2.1', catalog, true],
  ] as const)('from %s to %s', ([base, head, text, isEnough]) => {
    expect(versions(base, head, text)).toBe(isEnough);
  });

  it.for([
    ['1.0.0', '1.1.0', false],
    ['1.0.0', '2.0.0', true],
    ['0.3.0', '0.4.0', true],
    ['0.3.0', '0.3.1', false],
  ] as const)('from %s to %s, where a permission is removed', ([base, head, isEnough]) => {
    const { catalogs: changed } = shopDifference(
      {
        'catalog.yaml': removed.replace('version: 1.0.0', `version: ${head}`),
        ...edited('owner.yaml', '    - money/pay\n', ''),
      },
      edited('catalog.yaml', 'version: 1.0.0', `version: ${base}`),
    );
    expect(changed[0]).toMatchObject({ calls: 'major', versionIsEnough: isEnough });
  });
});
