import { describe, expect, it } from 'vitest';
import { catalogs, causes, control, told } from './told.ts';
import { assignment, document, edited, shop, shopDifference } from './trees.ts';

describe('an app', () => {
  it('added to a custom role gains all that it holds for its apps, and is sensitive if that is', () => {
    const difference = shopDifference(edited('zoomers.yaml', '    - zoom\n', '    - slack\n    - zoom\n'));
    expect(told(difference)).toEqual([
      'custom-role zoomers: changed, widening, high (sensitive)',
      '  + app slack (sensitive): data/contract:edit, data/spend:edit by head zoomers.yaml:9',
    ]);
    expect(causes(difference)).toEqual(['head zoomers.yaml:9 apps gained app slack: zoomers']);
    expect(difference.summary).toMatchObject({ reachGained: 1, sensitive: 1 });
    expect(difference.subjects[0]?.reach?.head?.map(({ name }) => name)).toEqual(['slack', 'zoom']);
  });

  it('exchanged for another goes both ways, and a level lowered with it is told besides', () => {
    const difference = shopDifference({
      ...edited('zoomers.yaml', '- zoom', '- slack'),
      ...edited('owner.yaml', 'data/spend:edit', 'data/spend:view'),
    });
    expect(told(difference).slice(0, 4)).toEqual([
      'custom-role zoomers: changed, both, high (sensitive)',
      '  data/spend edit for its apps → view for its apps: -edit by head owner.yaml:12',
      '  + app slack (sensitive): data/contract:edit, data/spend:view by head zoomers.yaml:9',
      '  - app zoom (sensitive): data/contract:edit, data/spend:edit by base zoomers.yaml:9',
    ]);
  });

  it('that is renamed is the same app', () => {
    const difference = shopDifference({
      ...edited('apps.yaml', '    - name: zoom\n', '    - name: zoom-one\n      formerly:\n        - zoom\n'),
      ...edited('zoomers.yaml', '- zoom', '- zoom-one'),
    });
    expect(told(difference)).toEqual([]);
    expect(catalogs(difference)).toEqual([
      'shop changed, 1.0.0 → 1.0.0: none',
      '  app zoom-one renamed (zoom)',
      '  app zoom-one retitled (Zoom)',
    ]);
  });

  it('that leaves the directory is lost by its entry there', () => {
    const difference = shopDifference(
      { ...edited('apps.yaml', '    - name: slack\n', ''), 'zoomers.yaml': shop['zoomers.yaml'] ?? null },
      edited('zoomers.yaml', '    - zoom\n', '    - slack\n    - zoom\n'),
    );
    expect(told(difference)).toEqual([
      'custom-role zoomers: changed, narrowing, low',
      '  - app slack (sensitive): data/contract:edit, data/spend:edit by base apps.yaml:10',
    ]);
  });

  it('counts for nothing where nothing is held for apps', () => {
    const base = {
      ...edited('catalog.yaml', 'restrictedBy: apps', 'restrictedBy: nothing'),
      'zoomers.yaml': shop['zoomers.yaml'] ?? null,
    };
    const difference = shopDifference(edited('zoomers.yaml', '    - zoom\n', '    - slack\n    - zoom\n'), base);
    expect(told(difference)).toEqual([
      'custom-role zoomers: changed, neutral, low',
      '  + app slack: nothing by head zoomers.yaml:9',
    ]);
  });
});

describe('a vendor', () => {
  const vendor = edited('apps.yaml', '    - name: zoom\n', '    - name: zoom\n      vendor: acme-inc\n');

  it('given to an app widens every restriction to it, by the levels marked for vendors, told once', () => {
    const difference = shopDifference(vendor, { 'people.yaml': assignment('people', 'viewer', ['auth0|1'], ['zoom']) });
    expect(told(difference)).toEqual([
      'assignment people: changed, widening, medium (holders)',
      '  + vendor acme-inc: data/contract:view by head apps.yaml:11',
      'custom-role zoomers: changed, widening, medium',
      '  + vendor acme-inc: data/contract:view by head apps.yaml:11',
    ]);
    expect(causes(difference)).toEqual(['head apps.yaml:11 directory gained vendor acme-inc: people, zoomers']);
    expect(catalogs(difference)).toEqual([
      'shop changed, 1.0.0 → 1.0.0: none',
      '  app zoom changed (without a vendor)',
    ]);
  });

  it('of an app that is added comes by the line of the app', () => {
    const difference = shopDifference(edited('zoomers.yaml', '    - zoom\n', '    - slack\n    - zoom\n'), {
      ...edited('apps.yaml', '    - name: slack\n', '    - name: slack\n      vendor: acme-inc\n'),
    });
    expect(causes(difference)).toEqual([
      'head zoomers.yaml:9 apps gained app slack: zoomers',
      'head zoomers.yaml:9 apps gained vendor acme-inc: zoomers',
    ]);
  });

  it('is reached by a level that comes to be marked for vendors', () => {
    const spend = '        - name: spend\n          levels:\n            - name: view\n';
    const difference = shopDifference(
      edited('catalog.yaml', spend, `${spend}              alsoForVendors: true\n`),
      vendor,
    );
    expect(told(difference)).toEqual([
      'custom-role zoomers: changed, widening, medium',
      '  data/spend edit for its apps → edit for its apps and vendors: +view by head catalog.yaml:25',
    ]);
    expect(catalogs(difference)[1]).toBe('  level data/spend:view changed (not for vendors)');
  });

  it('that nobody reaches makes a mark differ in nothing', () => {
    const spend = '        - name: spend\n          levels:\n            - name: view\n';
    const difference = shopDifference(edited('catalog.yaml', spend, `${spend}              alsoForVendors: true\n`));
    expect(told(difference)).toEqual([]);
  });

  it('brings its resellers, and a reseller given to it is told of its entry', () => {
    const reseller = (base: string | undefined) =>
      base?.replace('    - name: acme-inc\n', '    - name: acme-inc\n      resellers:\n        - cdw\n') ?? null;
    const base = vendor['apps.yaml'] ?? undefined;
    expect(told(shopDifference({ 'apps.yaml': reseller(base) }, vendor))).toEqual([
      'custom-role zoomers: changed, widening, medium',
      '  + reseller cdw: data/contract:view by head apps.yaml:8',
    ]);
    // The vendor has had its reseller all along: it is the app that brings both.
    expect(
      causes(shopDifference({ 'apps.yaml': reseller(base) }, { 'apps.yaml': reseller(shop['apps.yaml']) })),
    ).toEqual([
      'head apps.yaml:13 directory gained reseller cdw: zoomers',
      'head apps.yaml:13 directory gained vendor acme-inc: zoomers',
    ]);
    const both = shopDifference({ 'apps.yaml': reseller(base) });
    expect(causes(both)).toEqual([
      'head apps.yaml:8 directory gained reseller cdw: zoomers',
      'head apps.yaml:13 directory gained vendor acme-inc: zoomers',
    ]);
  });
});

describe('an assignment', () => {
  const people = (apps: readonly string[]) => ({ 'people.yaml': assignment('people', 'owner', ['auth0|1'], apps) });

  it('of all apps that comes to name some loses the others, permission by permission', () => {
    const difference = shopDifference(people(['slack', 'zoom']), people([]));
    expect(told(difference)).toEqual([
      'assignment people: changed, narrowing, medium (holders)',
      '  data/contract edit → edit for its apps and vendors: -view -edit! by head people.yaml:9',
      '  data/spend edit → edit for its apps: -view -edit by head people.yaml:9',
      '  - all-apps all-apps (sensitive): data/contract:edit, data/spend:edit by head people.yaml:9',
    ]);
    expect(difference.subjects[0]?.reach?.head?.map(({ name }) => name)).toEqual(['slack', 'zoom']);
  });

  it('of some apps that comes to be of all gains the others', () => {
    expect(told(shopDifference(people([]), people(['zoom'])))).toEqual([
      'assignment people: changed, widening, high (sensitive, holders)',
      '  data/contract edit for its apps and vendors → edit: +view +edit! by head people.yaml:7',
      '  data/spend edit for its apps → edit: +view +edit by head people.yaml:7',
      '  + all-apps all-apps (sensitive): data/contract:edit, data/spend:edit by head people.yaml:7',
    ]);
  });

  it('that gives a custom role in the stead of a role is narrowed by the line that gives it', () => {
    const given = { 'people.yaml': assignment('people', 'zoomers', ['auth0|1']).replace('  allApps: true\n', '') };
    const difference = shopDifference(given, people([]));
    expect(causes(difference)).toEqual([
      'head people.yaml:7 people assigns zoomers → data/contract: people',
      'head people.yaml:7 people assigns zoomers → data/spend: people',
      'head people.yaml:7 assigns lost all-apps all-apps: people',
    ]);
  });

  it('that gives another custom role tells both by the line that gives it', () => {
    const given = (role: string) => assignment('people', role, ['auth0|1']).replace('  allApps: true\n', '');
    const slackers = { 'slackers.yaml': document('CustomRole', 'slackers', ['base: viewer', 'apps:', '  - slack']) };
    const difference = shopDifference(
      { 'people.yaml': given('slackers') },
      { 'people.yaml': given('zoomers'), ...slackers },
    );
    expect(told(difference)).toEqual([
      'assignment people: changed, both, medium (holders)',
      '  based on slackers, was zoomers',
      '  data/contract edit for its apps and vendors → view for its apps and vendors: -edit! by head people.yaml:7',
      '  data/spend edit for its apps → none: -view -edit by head people.yaml:7',
      '  money/pay held → none: -held by head people.yaml:7',
      '  + app slack: data/contract:view by head people.yaml:7',
      '  - app zoom (sensitive): data/contract:edit, data/spend:edit by head people.yaml:7',
    ]);
  });
});

describe('a custom role that is new', () => {
  it('gains all its apps, and is no line of a reach that others share', () => {
    const difference = shopDifference({
      'slackers.yaml': document('CustomRole', 'slackers', ['base: viewer', 'apps:', '  - slack']),
    });
    expect(told(difference)).toEqual([
      'custom-role slackers: new, widening, medium',
      '  data/contract none → view for its apps and vendors: +view by head slackers.yaml:7',
      '  + app slack: data/contract:view by head slackers.yaml:9',
    ]);
    expect([difference.reachCauses, control(difference)]).toEqual([[], []]);
    const sensitive = shopDifference({
      'slackers.yaml': document('CustomRole', 'slackers', ['base: owner', 'apps:', '  - slack']),
    });
    // Its one sensitive permission counts, and not the app as well.
    expect(sensitive.summary).toMatchObject({ reachGained: 1, sensitive: 1 });
  });
});
