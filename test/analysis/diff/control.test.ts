import { describe, expect, it } from 'vitest';
import { diffModels } from '../../../src/analysis/diff/diff-models.ts';
import { control } from './told.ts';
import type { Changes } from './trees.ts';
import { assignment, document, edited, modelOf, production, shop, shopDifference, shopWith } from './trees.ts';

const rule = (spec: readonly string[], metadata: readonly string[] = []): Changes => ({
  'rule.yaml': document('Constraint', 'rule', spec, metadata),
});
const changed = (head: Changes, base: Changes) => control(shopDifference(head, base));

const apart = (...permissions: readonly string[]) => rule(['separate:', '  permissions:', ...listOf(permissions)]);
const reserved = (permissions: readonly string[], roles: readonly string[]) =>
  rule(['reserved:', '  permissions:', ...listOf(permissions), '  roles:', ...listOf(roles)]);

function listOf(entries: readonly string[]): readonly string[] {
  return entries.map((entry) => `    - ${entry}`);
}

describe('a constraint', () => {
  const both = apart('money/pay', 'data/spend:view');
  const apartFromOwner = {
    ...edited('owner.yaml', '    - money/pay\n', ''),
    'zoomers.yaml': shop['zoomers.yaml'] ?? null,
  };

  it('that is removed loosens, and one that is added does not', () => {
    expect(changed({ 'rule.yaml': null }, { ...both, ...apartFromOwner })).toEqual([
      'looser: constraint rule removed: keeps apart shop/data/spend:view and shop/money/pay @ base rule.yaml:5',
    ]);
    expect(changed(both, apartFromOwner)).toEqual([
      'stricter: constraint rule added: keeps apart shop/data/spend:view and shop/money/pay @ head rule.yaml:5',
    ]);
  });

  it('whose permissions stand in another order is the same', () => {
    expect(changed(apart('data/spend:view', 'money/pay'), { ...both, ...apartFromOwner })).toEqual([]);
  });

  it.for([
    ['separate, at a higher level', apart('money/pay', 'data/spend:edit'), both, true],
    ['separate, at a lower level', both, apart('money/pay', 'data/spend:edit'), false],
    ['separate, with one more', apart('money/pay', 'data/spend:view', 'data/contract:view'), both, false],
    ['separate, with another', apart('money/pay', 'data/contract:view'), both, true],
    ['reserved, for one more', reserved(['money/pay'], ['owner', 'viewer']), reserved(['money/pay'], ['owner']), true],
    ['reserved, for fewer', reserved(['money/pay'], ['owner']), reserved(['money/pay'], ['owner', 'viewer']), false],
    ['another rule', reserved(['money/pay'], ['owner']), both, true],
    [
      'supervises, one fewer',
      rule(['supervises:', '  supervisor: owner', '  supervised:', '    - viewer']),
      rule(['supervises:', '  supervisor: owner', '  supervised:', '    - clerk', '    - viewer']),
      true,
    ],
    [
      'holders, with a lower limit',
      rule(['holders:', '  role: viewer', '  atMost: 2']),
      rule(['holders:', '  role: viewer', '  atMost: 5']),
      false,
    ],
    [
      'holders, fewer wanted',
      rule(['holders:', '  role: viewer', '  atLeast: 1']),
      rule(['holders:', '  role: viewer', '  atLeast: 2']),
      true,
    ],
    [
      'never, for another purpose',
      rule(['never:', '  purpose: staging', '  permissions:', '    - data/spend:edit']),
      rule(['never:', '  purpose: development', '  permissions:', '    - data/spend:edit']),
      true,
    ],
  ] as const)('%s', ([, head, base, loosens]) => {
    const others = {
      ...apartFromOwner,
      'owner.yaml': document('Role', 'owner', ['restrictable: true', 'inherits:', '  - viewer']),
      'clerk.yaml': document('Role', 'clerk', ['grants:', '  - data/contract:view']),
      'people.yaml': assignment('people', 'viewer', ['auth0|1', 'auth0|2']),
    };
    const { control: changes } = shopDifference(head, { ...others, ...base });
    expect(changes.map(({ subject, action, loosens: isLooser }) => [subject, action, isLooser])).toEqual([
      ['constraint', 'changed', loosens],
    ]);
  });

  it('that is renamed, or whose names are, is the same rule', () => {
    const renamed = document(
      'Constraint',
      'payments',
      ['reserved:', '  permissions:', '    - money/settle', '  roles:', '    - boss'],
      ['formerly:', '  - rule'],
    );
    const boss = (shop['owner.yaml'] ?? '')
      .replace('  name: owner\n', '  name: boss\n  formerly:\n    - owner\n')
      .replace('money/pay', 'money/settle');
    const pay = '        - name: pay\n';
    const head = {
      'rule.yaml': null,
      'payments.yaml': renamed,
      'owner.yaml': null,
      'boss.yaml': boss,
      ...edited('catalog.yaml', pay, '        - name: settle\n          formerly:\n            - money/pay\n'),
      ...edited('zoomers.yaml', 'base: owner', 'base: boss'),
    };
    expect(changed(head, reserved(['money/pay'], ['owner']))).toEqual([]);
  });

  it('that loses a permission with the catalog is no looser', () => {
    const rest = { ...edited('catalog.yaml', shop['catalog.yaml']?.split('    - name: money')[1] ?? '', '') };
    const withoutMoney = { 'catalog.yaml': rest['catalog.yaml']?.replace('    - name: money', '') ?? null };
    const base = { ...reserved(['money/pay', 'data/spend:edit'], ['owner']) };
    const head = {
      ...withoutMoney,
      ...edited('owner.yaml', '    - money/pay\n', ''),
      ...reserved(['data/spend:edit'], ['owner']),
    };
    expect(changed(head, base)).toEqual([]);
    expect(changed({ ...head, 'rule.yaml': null }, reserved(['money/pay'], ['owner']))).toEqual([
      'stricter: constraint rule removed: reserves shop/money/pay for shop/owner, of which nothing is left @ base rule.yaml:5',
    ]);
  });
});

describe('an exception', () => {
  const excepting = (exceptions: readonly (readonly [role: string, day: string])[]) =>
    rule([
      'reserved:',
      '  permissions:',
      '    - money/pay',
      '  roles:',
      '    - viewer',
      'exceptions:',
      ...exceptions.flatMap(([role, day]) => [
        `  - role: ${role}`,
        '    owner: o@example.com',
        '    reason: For now.',
        `    validThrough: ${day}`,
      ]),
    ]);
  const one = excepting([
    ['owner', '2027-06-30'],
    ['zoomers', '2027-06-30'],
  ]);

  it('that is added loosens, and one that is removed does not', () => {
    const three = excepting([
      ['owner', '2027-06-30'],
      ['viewer', '2027-06-30'],
      ['zoomers', '2027-06-30'],
    ]);
    expect(changed(three, one)).toEqual([
      'looser: exception rule added: for shop/viewer until 2027-06-30, by o@example.com: For now. @ head rule.yaml:20',
    ]);
    expect(changed(one, three)).toEqual([
      'stricter: exception rule removed: for shop/viewer until 2027-06-30, by o@example.com: For now. @ base rule.yaml:20',
    ]);
  });

  it.for([
    ['2027-12-31', 'looser'],
    ['2027-01-31', 'stricter'],
  ] as const)('that lasts until %s instead is %s', ([day, verdict]) => {
    const other = excepting([
      ['owner', day],
      ['zoomers', '2027-06-30'],
    ]);
    expect(changed(other, one)).toEqual([
      `${verdict}: exception rule changed: for shop/owner until ${day}, by o@example.com: For now. (before: until 2027-06-30, by o@example.com: For now.) @ head rule.yaml:16`,
    ]);
  });

  it('that stands elsewhere in the list is the same', () => {
    const turned = excepting([
      ['zoomers', '2027-06-30'],
      ['owner', '2027-06-30'],
    ]);
    expect(changed(turned, one)).toEqual([]);
  });
});

describe('an environment', () => {
  const guards = (maximum: string | null, required: readonly string[] = []): Changes => ({
    'production.yaml': production([
      'guards:',
      ...(maximum === null ? [] : [`  maximumRemoval: ${maximum}`]),
      ...(required.length === 0 ? [] : ['  requiredRoles:', ...required]),
    ]),
  });
  const owner = ['    - role: shop/owner', '      minimumHolders: 2'];

  it('whose guards allow more loosens, and whose guards allow less does not', () => {
    expect(changed(guards('80%'), guards('25%'))).toEqual([
      'looser: guard production changed: maximum removal 80% (before: 25%) @ head production.yaml:4',
    ]);
    expect(changed(guards('0%', owner), guards(null, owner))).toEqual([
      'stricter: guard production added: maximum removal 0% @ head production.yaml:4',
    ]);
    expect(changed(guards(null, owner), guards('25%', owner))).toEqual([
      'looser: guard production removed: maximum removal 25% @ head production.yaml:4',
    ]);
  });

  it('that requires a role no longer, or fewer holders of it, loosens', () => {
    expect(changed(guards('25%'), guards('25%', owner))).toEqual([
      'looser: guard production removed: requires shop/owner with at least 2 holders @ base production.yaml:14',
    ]);
    expect(changed(guards('25%', ['    - role: shop/owner', '      minimumHolders: 1']), guards('25%', owner))).toEqual(
      [
        'looser: guard production changed: requires shop/owner with at least 1 holder (before: requires shop/owner with at least 2 holders) @ head production.yaml:14',
      ],
    );
  });

  it('that is protected no longer loosens; what another purpose does, nobody can tell', () => {
    expect(changed({ 'production.yaml': production() }, { 'production.yaml': production(['protect: true']) })).toEqual([
      'looser: protection production removed: applications and roles are protected no longer @ head production.yaml:4',
    ]);
    expect(changed({ 'production.yaml': production([], 'staging') }, { 'production.yaml': production() })).toEqual([
      'unclear: purpose production changed: staging (before: production) @ head production.yaml:4',
    ]);
  });

  it('that is removed takes its guards with it', () => {
    expect(changed({ 'production.yaml': null }, guards('25%', owner))).toEqual([
      'unclear: guard production removed: maximum removal 25% @ base production.yaml:4',
      'unclear: guard production removed: requires shop/owner with at least 2 holders @ base production.yaml:14',
    ]);
  });

  it('that differs in anything else is told as an environment', () => {
    const base = { 'production.yaml': production() };
    const head = {
      'production.yaml': production(['    tokenLifetime: 2h']).replace('shop.eu.auth0', 'shop-two.eu.auth0'),
    };
    const difference = shopDifference(head, base);
    expect(control(difference)).toEqual([]);
    expect(difference.environments).toMatchObject([
      {
        name: 'production',
        action: 'changed',
        details: ['tenant shop-two.eu.auth0.com, was shop.eu.auth0.com', 'token lifetime of shop 2h, was 1h'],
      },
    ]);
  });

  it('that moves to another identity provider says so', () => {
    const onKeycloak = '  target: keycloak\n  tenant: sso.shop.example/realms/shop';
    const head = { 'production.yaml': production().replace('  tenant: shop.eu.auth0.com', onKeycloak) };
    expect(shopDifference(head, { 'production.yaml': production() }).environments).toMatchObject([
      { details: ['target keycloak, was auth0', 'tenant sso.shop.example/realms/shop, was shop.eu.auth0.com'] },
    ]);
  });
});

describe('a mark or a silence', () => {
  it('"sensitive" that is taken away loosens, and one that is set does not', () => {
    const without = edited('catalog.yaml', '              sensitive: true\n', '');
    expect(changed(without, {})).toEqual([
      'looser: sensitive data/contract:edit removed: is sensitive no longer @ head catalog.yaml:18',
    ]);
    expect(changed({ 'catalog.yaml': shop['catalog.yaml'] ?? null }, without)).toEqual([
      'stricter: sensitive data/contract:edit added: is sensitive @ head catalog.yaml:18',
    ]);
  });

  it('that silences a lint loosens, in an old document and in a new one', () => {
    const silences = ['silences:', '  - lint: same-permissions', '    reason: Kept apart.'];
    const viewer = document('Role', 'viewer', ['restrictable: true', 'grants:', '  - data/contract:view'], silences);
    const clerk = document('Role', 'clerk', ['grants:', '  - data/contract:view'], silences);
    expect(changed({ 'viewer.yaml': viewer, 'clerk.yaml': clerk }, {})).toEqual([
      'looser: silence clerk added: same-permissions: Kept apart. @ head clerk.yaml:7',
      'looser: silence viewer added: same-permissions: Kept apart. @ head viewer.yaml:7',
    ]);
    expect(changed({ 'viewer.yaml': shop['viewer.yaml'] ?? null }, { 'viewer.yaml': viewer })).toEqual([
      'stricter: silence viewer removed: same-permissions: Kept apart. @ base viewer.yaml:7',
    ]);
  });
});

describe('a role test', () => {
  const tests = (name: string, lines: readonly string[]) => document('RoleTest', name, ['tests:', ...lines]);
  const owner = (can: string, cannot: string) =>
    tests('basics', [
      '  - role: owner',
      '    can:',
      `      - ${can}`,
      '  - role: viewer',
      '    cannot:',
      `      - ${cannot}`,
    ]);
  const base = { 'tests.yaml': owner('data/spend:edit', 'data/spend:view') };

  it('that expects less loosens, and says what', () => {
    expect(changed({ 'tests.yaml': owner('data/spend:edit', 'data/spend:edit') }, base)).toEqual([
      'looser: role-test basics changed: expects no longer: viewer cannot data/spend:view; expects: viewer cannot data/spend:edit @ head tests.yaml:5',
    ]);
    expect(changed({ 'tests.yaml': null }, base)).toEqual([
      'looser: role-test basics removed: expects no longer: owner can data/spend:edit, viewer cannot data/spend:view @ base tests.yaml:5',
    ]);
  });

  it('that expects more is stricter', () => {
    const lower = { 'tests.yaml': owner('data/spend:view', 'data/spend:edit') };
    expect(changed(base, lower)).toEqual([
      'stricter: role-test basics changed: expects: owner can data/spend:edit, viewer cannot data/spend:view @ head tests.yaml:5',
    ]);
    const exact = tests('basics', [
      '  - role: owner',
      '    exact:',
      '      - data/contract:edit',
      '      - data/spend:edit',
      '      - money/pay',
      '  - role: viewer',
      '    exact:',
      '      - data/contract:view',
    ]);
    expect(shopDifference({ 'tests.yaml': exact }, base).control).toMatchObject([{ loosens: false }]);
  });

  it('whose expectations move to another document is as strict as before', () => {
    const [first = '', second = ''] = [
      tests('owners', ['  - role: owner', '    can:', '      - data/spend:edit']),
      tests('viewers', ['  - role: viewer', '    cannot:', '      - data/spend:view']),
    ];
    expect(changed({ 'tests.yaml': `${first}---\n${second}` }, base)).toEqual([]);
  });

  it('of a role that is gone is gone with it', () => {
    const clerk = document('Role', 'clerk', ['grants:', '  - data/contract:view']);
    const test = tests('clerks', ['  - role: clerk', '    can:', '      - data/contract:view']);
    expect(changed({ 'clerk.yaml': null, 'tests.yaml': null }, { 'clerk.yaml': clerk, 'tests.yaml': test })).toEqual(
      [],
    );
  });
});

describe('files that judge a change', () => {
  it('are told by what they are, and nobody can tell what they do', () => {
    const model = modelOf(shopWith({}));
    const base = new Map([
      ['.github/workflows/check.yaml', 'a'],
      ['policy/index.ts', 'a'],
      ['rolewright.config.yaml', 'a'],
      ['.github/CODEOWNERS', 'a'],
    ]);
    const head = new Map([
      ['.github/workflows/check.yaml', 'b'],
      ['.github/CODEOWNERS', 'a'],
      ['rolewright.config.yaml', 'b'],
      ['.github/workflows/other.yaml', 'b'],
    ]);
    const difference = diffModels(model, model, { base: 'main', head: 'the branch' }, { base, head });
    expect(control(difference)).toEqual([
      'unclear: settings rolewright.config.yaml changed @ no line',
      'unclear: workflow .github/workflows/check.yaml changed @ no line',
      'unclear: workflow .github/workflows/other.yaml added @ no line',
      'unclear: policy-pack policy/index.ts removed @ no line',
    ]);
    expect(difference.summary).toMatchObject({ control: 4, loosening: 0 });
  });
});
