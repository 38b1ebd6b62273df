import { describe, expect, it } from 'vitest';
import { causes, told } from './told.ts';
import { assignment, document, edited, shopDifference } from './trees.ts';

const heirs = ['amber', 'blue', 'coral', 'denim', 'ebony', 'flint'];
const withHeirs = Object.fromEntries(
  heirs.map((name) => [`${name}.yaml`, document('Role', name, ['inherits:', '  - viewer'])]),
);

describe('a change of one inherited grant', () => {
  it('is told once with its reach, over heirs, bases and assignments, itself first', () => {
    const difference = shopDifference(edited('viewer.yaml', 'view\n', 'view\n    - data/spend:view\n'), {
      ...withHeirs,
      'narrowed.yaml': document('CustomRole', 'narrowed', ['base: viewer', 'apps:', '  - slack']),
      'people.yaml': assignment('people', 'viewer', ['auth0|1', 'auth0|2'], ['zoom']),
    });
    expect(causes(difference)).toEqual([
      `head viewer.yaml:10 viewer grants data/spend:view → data/spend: viewer, people, narrowed, ${heirs.join(', ')}`,
    ]);
    expect(difference.causes[0]).toMatchObject({
      people: 2,
      direction: 'widening',
      head: { level: 'view', everywhere: false },
    });
    // Whoever held more than that before does not differ.
    expect(difference.subjects.map(({ name }) => name)).not.toContain('owner');
  });

  it('has an entry of its own for whom it means something else', () => {
    const difference = shopDifference(edited('viewer.yaml', 'view\n', 'view\n    - data/spend:edit\n'), {
      'amber.yaml': document('Role', 'amber', ['inherits:', '  - viewer']),
      'lead.yaml': document('Role', 'lead', ['inherits:', '  - viewer', 'grants:', '  - data/spend:view']),
    });
    expect(causes(difference)).toEqual([
      'head viewer.yaml:10 viewer grants data/spend:edit → data/spend: viewer, amber',
      'head viewer.yaml:10 viewer grants data/spend:edit → data/spend: lead',
    ]);
    expect(difference.causes.map(({ base }) => base?.level ?? null)).toEqual([null, 'view']);
  });

  it('is not told of a line that gives again what was held, where the catalog gives more', () => {
    const edit = '            - name: edit\n              sensitive: true\n';
    const difference = shopDifference(
      {
        ...edited('catalog.yaml', edit, `            - name: comment\n${edit}`),
        'amber.yaml': document('Role', 'amber', ['inherits:', '  - owner', 'grants:', '  - data/contract:edit']),
      },
      {
        'amber.yaml': document('Role', 'amber', ['inherits:', '  - owner']),
        'blue.yaml': document('Role', 'blue', ['inherits:', '  - amber']),
      },
    );
    expect(causes(difference)).toEqual([
      'head catalog.yaml:18 shop catalog data/contract:comment → data/contract: zoomers, amber, blue, owner',
    ]);
  });

  it('is told of the grant, although the line that inherits is new as well', () => {
    const difference = shopDifference({
      ...edited('viewer.yaml', 'view\n', 'view\n    - money/pay\n'),
      'clerk.yaml': document('Role', 'clerk', ['inherits:', '  - viewer']),
    });
    expect(causes(difference)).toEqual([
      'head clerk.yaml:8 clerk inherits viewer → data/contract: clerk',
      'head viewer.yaml:10 viewer grants money/pay → money/pay: viewer, clerk',
    ]);
  });

  it('of a building block reaches those who hold it, and the block is none of them', () => {
    const block = (more: readonly string[]) => document('Role', 'block', ['assignable: false', 'grants:', ...more]);
    const clerk = document('Role', 'clerk', ['inherits:', '  - block']);
    const difference = shopDifference(
      { 'block.yaml': block(['  - data/spend:view', '  - money/pay']) },
      { 'block.yaml': block(['  - data/spend:view']), 'clerk.yaml': clerk },
    );
    expect(causes(difference)).toEqual(['head block.yaml:10 block grants money/pay → money/pay: clerk']);
    expect(told(difference)[0]).toBe('role clerk: changed, widening, medium');
  });
});

describe('a line that inherits', () => {
  const clerk = (parents: readonly string[]) =>
    document('Role', 'clerk', [
      ...(parents.length === 0 ? [] : ['inherits:', ...parents.map((name) => `  - ${name}`)]),
      'grants:',
      '  - data/spend:view',
    ]);

  it('is named for what it brings, and on the base for what went with it', () => {
    const [without, inheriting] = [{ 'clerk.yaml': clerk([]) }, { 'clerk.yaml': clerk(['viewer']) }];
    expect(told(shopDifference(inheriting, without))).toEqual([
      'role clerk: changed, widening, medium',
      '  inherits from viewer',
      '  data/contract none → view: +view by head clerk.yaml:8',
    ]);
    expect(told(shopDifference(without, inheriting))).toEqual([
      'role clerk: changed, narrowing, low',
      '  inherits from viewer no longer',
      '  data/contract view → none: -view by base clerk.yaml:8',
    ]);
  });

  it('of two that bring the same is not named while the other stays', () => {
    const both = { 'clerk.yaml': clerk(['amber', 'viewer']), ...withHeirs };
    expect(told(shopDifference({ 'clerk.yaml': clerk(['viewer']) }, both))).toEqual([
      'role clerk: changed, neutral, low',
      '  inherits from amber no longer',
    ]);
  });

  it('is named with the other, where both are taken away', () => {
    const both = { 'clerk.yaml': clerk(['amber', 'viewer']), ...withHeirs };
    expect(causes(shopDifference({ 'clerk.yaml': clerk([]) }, both))).toEqual([
      'base clerk.yaml:8 clerk inherits amber → data/contract: clerk',
      'base clerk.yaml:9 clerk inherits viewer → data/contract: clerk',
    ]);
  });
});

describe('a base', () => {
  it('that is exchanged is one line for all that is gained and lost', () => {
    const difference = shopDifference(edited('zoomers.yaml', 'base: owner', 'base: viewer'), {
      'people.yaml': assignment('people', 'zoomers', ['auth0|1']).replace('  allApps: true\n', ''),
    });
    expect(told(difference)).toEqual([
      'assignment people: changed, narrowing, medium (holders)',
      '  data/contract edit for its apps and vendors → view for its apps and vendors: -edit! by head zoomers.yaml:7',
      '  data/spend edit for its apps → none: -view -edit by head zoomers.yaml:7',
      '  money/pay held → none: -held by head zoomers.yaml:7',
      'custom-role zoomers: changed, narrowing, medium (holders)',
      '  based on viewer, was owner',
      '  data/contract edit for its apps and vendors → view for its apps and vendors: -edit! by head zoomers.yaml:7',
      '  data/spend edit for its apps → none: -view -edit by head zoomers.yaml:7',
      '  money/pay held → none: -held by head zoomers.yaml:7',
    ]);
    expect(causes(difference)[2]).toBe('head zoomers.yaml:7 zoomers base viewer → money/pay: zoomers, people');
  });

  it('that is renamed is the same base', () => {
    const reader = document(
      'Role',
      'reader',
      ['restrictable: true', 'grants:', '  - data/contract:view'],
      ['formerly:', '  - viewer'],
    );
    const difference = shopDifference(
      {
        'viewer.yaml': null,
        'reader.yaml': reader,
        ...edited('owner.yaml', '- viewer', '- reader'),
        ...edited('zoomers.yaml', 'base: owner', 'base: reader'),
      },
      edited('zoomers.yaml', 'base: owner', 'base: viewer'),
    );
    expect(difference.subjects.map(({ name }) => name)).toEqual(['reader']);
  });
});
