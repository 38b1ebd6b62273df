import { describe, expect, it } from 'vitest';
import { causes, control, told } from './told.ts';
import { differenceOf, document, edited, production, shop, shopDifference, shopWith } from './trees.ts';

describe('a grant', () => {
  it('that is swapped for another goes both ways, each with its line', () => {
    const difference = shopDifference(edited('viewer.yaml', 'data/contract:view', 'data/spend:view'));
    expect(told(difference)).toEqual([
      'role viewer: changed, both, medium',
      '  data/contract view → none: -view by base viewer.yaml:9',
      '  data/spend none → view: +view by head viewer.yaml:9',
    ]);
  });

  it('at a higher level gains what lies between, and says which of it is sensitive', () => {
    const difference = shopDifference(edited('viewer.yaml', 'data/contract:view', 'data/contract:edit'));
    expect(told(difference)).toEqual([
      'role viewer: changed, widening, high (sensitive)',
      '  data/contract view → edit: +edit! by head viewer.yaml:9',
    ]);
    expect(difference.subjects[0]?.permissions[0]?.gains).toEqual([
      {
        level: 'edit',
        title: 'Edit',
        sensitive: true,
        reserved: false,
        hidden: [],
        refused: ['save a contract'],
        remains: [],
        documented: true,
      },
    ]);
  });

  it('at a lower level loses the levels above, by the line as it reads now', () => {
    const difference = shopDifference(edited('owner.yaml', 'data/spend:edit', 'data/spend:view'));
    expect(told(difference)).toEqual([
      'custom-role zoomers: changed, narrowing, low',
      '  data/spend edit for its apps → view for its apps: -edit by head owner.yaml:12',
      'role owner: changed, narrowing, low',
      '  data/spend edit → view: -edit by head owner.yaml:12',
    ]);
    expect(difference.subjects[1]?.permissions[0]?.losses).toMatchObject([{ level: 'edit', documented: false }]);
  });

  it('that a parent gives as well makes no difference', () => {
    const difference = shopDifference(edited('owner.yaml', '    - money/pay\n', ''), {
      'viewer.yaml': shop['viewer.yaml']?.concat('    - money/pay\n') ?? null,
    });
    expect(told(difference)).toEqual([]);
  });
});

describe('a role', () => {
  const renamed = document(
    'Role',
    'reader',
    ['restrictable: true', 'grants:', '  - data/contract:view'],
    ['formerly:', '  - viewer'],
  );
  const heir = edited('owner.yaml', '- viewer', '- reader');

  it('that is renamed is neither removed nor added, and its heirs do not differ', () => {
    const difference = shopDifference({ 'viewer.yaml': null, 'reader.yaml': renamed, ...heir });
    expect(told(difference)).toEqual([
      'role reader: changed, neutral, low',
      '  renamed from viewer',
      '  title was Viewer',
    ]);
    expect(difference.summary).toMatchObject({ renamed: 1, subjectsNew: 0, subjectsRemoved: 0, widening: 0 });
  });

  it('that is renamed and widened is compared with the one that it was', () => {
    const difference = shopDifference({
      'viewer.yaml': null,
      'reader.yaml': `${renamed}    - data/spend:view\n`,
      ...heir,
    });
    expect(told(difference)).toEqual([
      'role reader: changed, widening, medium',
      '  renamed from viewer',
      '  title was Viewer',
      '  data/spend none → view: +view by head reader.yaml:12',
    ]);
  });

  it('that takes in two others is the one that it was called last', () => {
    const payers = ['clerk', 'teller'].map((name) => document('Role', name, ['grants:', '  - money/pay']));
    const merged = document('Role', 'cashier', ['grants:', '  - money/pay'], ['formerly:', '  - clerk', '  - teller']);
    const difference = shopDifference(
      { 'clerk.yaml': null, 'teller.yaml': null, 'cashier.yaml': merged },
      { 'clerk.yaml': payers[0] ?? null, 'teller.yaml': payers[1] ?? null },
    );
    expect(difference.subjects.map(({ name, renamedFrom, action }) => [name, renamedFrom, action])).toEqual([
      ['cashier', 'teller', 'changed'],
      ['clerk', null, 'removed'],
    ]);
  });

  it('whose new name does not list the old one is removed and added, as the engine does it', () => {
    const unlisted = renamed.replace('  formerly:\n    - viewer\n', '');
    const difference = shopDifference({ 'viewer.yaml': null, 'reader.yaml': unlisted, ...heir });
    expect(told(difference)).toEqual([
      'role owner: changed, neutral, low',
      '  inherits from reader',
      '  inherits from viewer no longer',
      'role reader: new, widening, medium',
      '  data/contract none → view: +view by head reader.yaml:9',
      'role viewer: removed, narrowing, low',
      '  data/contract view → none: -view by base viewer.yaml:9',
    ]);
  });

  it('that takes a rename back without listing the name is another role', () => {
    const base = shopWith({ 'viewer.yaml': null, 'reader.yaml': renamed, ...heir });
    expect(told(differenceOf(base, shopWith({}))).filter((line) => !line.startsWith(' '))).toEqual([
      'role owner: changed, neutral, low',
      'role reader: removed, narrowing, low',
      'role viewer: new, widening, medium',
    ]);
  });

  it('that moves to another file, or between others, does not differ', () => {
    const { 'viewer.yaml': viewer = '', 'owner.yaml': owner = '' } = shop;
    const difference = shopDifference({
      'viewer.yaml': null,
      'owner.yaml': null,
      'all.yaml': `${owner}---\n${viewer}`,
    });
    expect([difference.subjects, difference.causes]).toEqual([[], []]);
  });

  it('that is split in two loses what the new one has: holders keep the old one only', () => {
    const difference = shopDifference(
      {
        'clerk.yaml': document('Role', 'clerk', ['grants:', '  - data/contract:view']),
        'payer.yaml': document('Role', 'payer', ['grants:', '  - money/pay']),
      },
      { 'clerk.yaml': document('Role', 'clerk', ['grants:', '  - data/contract:view', '  - money/pay']) },
    );
    expect(told(difference)).toEqual([
      'role clerk: changed, narrowing, low',
      '  money/pay held → none: -held by base clerk.yaml:9',
      'role payer: new, widening, medium',
      '  money/pay none → held: +held by head payer.yaml:8',
    ]);
  });

  it('that is new and inherits has what it inherits by that line', () => {
    const lines = ['inherits:', '  - viewer', 'grants:', '  - money/pay'];
    const difference = shopDifference({ 'clerk.yaml': document('Role', 'clerk', lines) });
    expect(causes(difference)).toEqual([
      'head clerk.yaml:8 clerk inherits viewer → data/contract: clerk',
      'head clerk.yaml:10 clerk grants money/pay → money/pay: clerk',
    ]);
  });

  it('that becomes a building block is removed, by the declaration that says so', () => {
    const difference = shopDifference(
      { 'clerk.yaml': document('Role', 'clerk', ['assignable: false', 'grants:', '  - money/pay']) },
      { 'clerk.yaml': document('Role', 'clerk', ['grants:', '  - money/pay']) },
    );
    expect(told(difference)).toEqual([
      'role clerk: removed, narrowing, low',
      '  money/pay held → none: -held by base clerk.yaml:5',
    ]);
    expect(difference.causes[0]?.line).toBe('assignable');
  });

  it('that becomes a custom role of its own name keeps its holders, and is narrowed', () => {
    const difference = shopDifference(
      { 'clerk.yaml': document('CustomRole', 'clerk', ['base: viewer', 'apps:', '  - zoom']) },
      { 'clerk.yaml': document('Role', 'clerk', ['grants:', '  - data/contract:view']) },
    );
    expect(told(difference)).toEqual([
      'custom-role clerk: changed, narrowing, low',
      '  was a role',
      '  data/contract view → view for its apps and vendors: -view by head clerk.yaml:9',
      '  - all-apps all-apps: data/contract:view by head clerk.yaml:9',
    ]);
  });

  it('that comes to exist in production widens, and one that leaves it narrows', () => {
    const only = (purposes: readonly string[]) =>
      document('Role', 'tester', [
        'onlyIn:',
        ...purposes.map((one) => `  - ${one}`),
        'grants:',
        '  - data/contract:edit',
      ]);
    const staging = { 'tester.yaml': only(['staging']) };
    const both = { 'tester.yaml': only(['production', 'staging']) };
    expect(told(shopDifference(both, staging))).toEqual([
      'role tester: changed, widening, high (sensitive)',
      '  only in production, staging, was staging',
    ]);
    expect(told(shopDifference(staging, both))[0]).toBe('role tester: changed, narrowing, low');
  });

  it('tells what gives and takes nothing, and calls it neutral', () => {
    const difference = shopDifference({
      'viewer.yaml': document(
        'Role',
        'viewer',
        ['restrictable: true', 'grants:', '  - data/contract:view'],
        ['title: Reader', 'description: Reads contracts.', 'owners:', '  - desk'],
      ),
    });
    expect(told(difference)).toEqual([
      'role viewer: changed, neutral, low',
      '  title was Viewer',
      '  described anew',
      '  owned by desk, was nobody',
    ]);
  });
});

describe('what is no difference', () => {
  const everything = { 'production.yaml': production() };

  it.for([
    ['comments', (text: string) => text.replaceAll('\n', ' # as agreed\n')],
    ['line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['empty lines', (text: string) => text.replaceAll('\nspec:', '\n\nspec:')],
  ] as const)('%s', ([, rewritten]) => {
    const base = shopWith(everything);
    const head = base.map(({ path, text }) => ({ path, text: rewritten(text) }));
    const difference = differenceOf(base, head);
    const { control: changes, catalogs, subjects, causes: lines, provisioning, environments } = difference;
    expect([changes, catalogs, subjects, lines, provisioning, environments].flat()).toEqual([]);
    expect(control(difference)).toEqual([]);
  });
});
