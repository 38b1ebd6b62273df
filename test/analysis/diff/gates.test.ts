import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../../src/analysis/constraints/check-constraints.ts';
import { diffModels } from '../../../src/analysis/diff/diff-models.ts';
import type { Gate } from '../../../src/analysis/diff/gate.ts';
import { gateForms, parseGate } from '../../../src/analysis/diff/gate.ts';
import { gates } from '../../../src/analysis/diff/gates.ts';
import { brokenByChange, judgedByBase } from '../../../src/analysis/diff/judged-by-base.ts';
import type { Refusal } from '../../../src/analysis/diff/refusals.ts';
import { overriding } from '../../../src/analysis/diff/refusals.ts';
import { formatPlace } from '../../../src/language/source.ts';
import type { Changes } from './trees.ts';
import { assignment, document, edited, modelOf, production, shop, shopWith } from './trees.ts';

const today = '2026-11-21';

function refusals(asked: readonly string[], head: Changes, base: Changes = {}): readonly Refusal[] {
  const [before, after] = [modelOf(shopWith(base)), modelOf(shopWith({ ...base, ...head }))];
  const difference = diffModels(before, after, { base: 'main', head: 'the branch' });
  const broken = brokenByChange(checkConstraints(before, today), checkConstraints(judgedByBase(before, after), today));
  return gates(difference, before, after, asked.map(gate), broken);
}

function gate(text: string): Gate {
  const [parsed, problems] = parseGate(text);
  if (parsed === null) throw new Error(problems[0]?.message);
  return parsed;
}

/** `RW6601 new access for shop/viewer @ viewer.yaml:10:7`, and what it points at below. */
function told(all: readonly Refusal[]): readonly string[] {
  return all.flatMap(({ diagnostic: { code, message, place, related } }) => [
    `${code} ${message}${place === null ? '' : ` @ ${formatPlace(place)}`}`,
    ...related.map((item) => `  ${item.message} @ ${formatPlace(item.place)}`),
  ]);
}

const widened = edited('viewer.yaml', 'view\n', 'view\n    - money/pay\n');

describe('the gate no-new-access', () => {
  it('refuses what a parent brings, with its line and its reach, and says how to go past it', () => {
    const heir = { 'clerk.yaml': document('Role', 'clerk', ['inherits:', '  - viewer']) };
    const refused = refusals(['no-new-access'], widened, heir);
    expect(told(refused)).toEqual([
      'RW6601 new access for shop/clerk and shop/viewer @ viewer.yaml:10:7',
      '  viewer and 1 more gain money/pay @ viewer.yaml:10:7',
    ]);
    expect(refused[0]).toMatchObject({
      override: 'no-new-access',
      diagnostic: { help: 'to go ahead all the same: --override no-new-access' },
    });
  });

  it.for([
    ['an app', edited('zoomers.yaml', '    - zoom\n', '    - slack\n    - zoom\n'), {}, 'zoomers'],
    [
      'a vendor',
      edited('apps.yaml', '    - name: zoom\n', '    - name: zoom\n      vendor: acme-inc\n'),
      {},
      'zoomers',
    ],
    [
      'a person',
      { 'people.yaml': assignment('people', 'viewer', ['auth0|1', 'auth0|2']) },
      { 'people.yaml': assignment('people', 'viewer', ['auth0|1']) },
      'people',
    ],
    [
      'a later day',
      { 'people.yaml': assignment('people', 'viewer', ['auth0|1']) },
      { 'people.yaml': assignment('people', 'viewer', ['auth0|1 2027-01-31']) },
      'people',
    ],
    [
      'a rename that widens',
      {
        'clerk.yaml': null,
        'payer.yaml': document(
          'Role',
          'payer',
          ['grants:', '  - data/spend:view', '  - money/pay'],
          ['formerly:', '  - clerk'],
        ),
      },
      { 'clerk.yaml': document('Role', 'clerk', ['grants:', '  - data/spend:view']) },
      'payer',
    ],
    [
      'another base',
      edited('zoomers.yaml', 'base: owner', 'base: owner'),
      edited('zoomers.yaml', 'owner', 'viewer'),
      'zoomers',
    ],
    [
      'a level inserted below a held one',
      edited(
        'catalog.yaml',
        '            - name: edit\n              sens',
        '            - name: comment\n            - name: edit\n              sens',
      ),
      {},
      'owner and shop/zoomers',
    ],
    ['a new role', { 'clerk.yaml': document('Role', 'clerk', ['grants:', '  - data/spend:view']) }, {}, 'clerk'],
  ] as const)('refuses %s', ([, head, base, who]) => {
    const [refused] = refusals(['no-new-access'], head, base);
    expect(refused?.diagnostic.message).toBe(`new access for shop/${who}`);
    expect(refused?.diagnostic.place).not.toBeNull();
  });

  it('refuses another default role, and lets pass what only takes away or is renamed', () => {
    const policy = (role: string) => ({
      'policy.yaml': document('ProvisioningPolicy', 'jit', ['enabled: true', 'default:', `  role: ${role}`]),
      'clerk.yaml': document('Role', 'clerk', ['grants:', '  - data/spend:view']),
      'payer.yaml': document('Role', 'payer', ['inherits:', '  - clerk', 'grants:', '  - money/pay']),
    });
    expect(told(refusals(['no-new-access'], policy('payer'), policy('clerk')))).toEqual([
      'RW6601 new access for shop provisioning (default) @ policy.yaml:9:11',
      '  provisioning (default) gives payer @ policy.yaml:9:11',
    ]);
    expect(refusals(['no-new-access'], policy('clerk'), policy('payer'))).toEqual([]);
    expect(refusals(['no-new-access'], edited('owner.yaml', '    - money/pay\n', ''))).toEqual([]);
  });
});

describe('the gate no-new-access, of environments', () => {
  const tester = document('Role', 'tester', ['onlyIn:', '  - staging', 'grants:', '  - data/contract:edit']);
  const base = { 'production.yaml': production(), 'tester.yaml': tester };

  it('refuses one that is new, or comes to have roles by another purpose', () => {
    expect(told(refusals(['no-new-access'], { 'production.yaml': production() }))).toEqual([
      'RW6601 new access for shop in production @ production.yaml:9:13',
      '  production comes to have roles of shop @ production.yaml:9:13',
    ]);
    const staging = { 'production.yaml': production([], 'staging') };
    expect(told(refusals(['no-new-access', 'no-sensitive'], staging, base))).toEqual([
      'RW6601 new access for shop in production @ production.yaml:9:13',
      '  production comes to have roles of shop @ production.yaml:9:13',
      'RW6602 new sensitive access for shop in production @ production.yaml:9:13',
      '  production comes to have roles of shop @ production.yaml:9:13',
    ]);
  });

  it('is sensitive only where a role that comes to be there is', () => {
    const unmarked = edited('catalog.yaml', '              sensitive: true\n', '');
    expect(refusals(['no-sensitive'], { 'production.yaml': production() })).toHaveLength(1);
    expect(refusals(['no-sensitive'], { 'production.yaml': production() }, unmarked)).toEqual([]);
  });

  it('lets pass one that is removed, and tells a role that comes to it of the role', () => {
    expect(refusals(['no-new-access'], { 'production.yaml': null }, base)).toEqual([]);
    const anywhere = { 'tester.yaml': tester.replace('  onlyIn:\n    - staging\n', '') };
    expect(told(refusals(['no-new-access'], anywhere, base))).toEqual([
      'RW6601 new access for shop/tester @ tester.yaml:5:9',
      '  shop/tester is in every purpose @ tester.yaml:5:9',
    ]);
  });
});

describe('the gates no-sensitive and no-reserved', () => {
  const raised = edited('viewer.yaml', 'contract:view', 'contract:edit');

  it('take the word of the base: the mark that is taken away with the same change still counts', () => {
    const unmarked = { ...raised, ...edited('catalog.yaml', '              sensitive: true\n', '') };
    expect(told(refusals(['no-sensitive'], unmarked))).toEqual([
      'RW6602 new sensitive access for shop/viewer @ viewer.yaml:9:7',
      '  viewer gains data/contract:edit @ viewer.yaml:9:7',
    ]);
    expect(refusals(['no-sensitive'], widened)).toEqual([]);
  });

  it('refuse somebody who is given a role that holds such a thing', () => {
    const people = (users: readonly string[]) => ({ 'people.yaml': assignment('people', 'owner', users) });
    expect(told(refusals(['no-sensitive'], people(['auth0|1', 'auth0|2']), people(['auth0|1'])))).toEqual([
      'RW6602 new sensitive access for shop/people @ people.yaml:11:11',
      '  auth0|2 is given shop/people @ people.yaml:11:11',
    ]);
  });

  it('take the word of a constraint of either side, at its level and above', () => {
    const reserving = (level: string) => ({
      'rule.yaml': document('Constraint', 'rule', [
        'reserved:',
        '  permissions:',
        `    - data/contract:${level}`,
        '  roles:',
        '    - owner',
        '    - viewer',
      ]),
    });
    const gone = { ...raised, 'rule.yaml': null };
    expect(told(refusals(['no-reserved'], gone, reserving('edit')))).toEqual([
      'RW6603 new reserved access for shop/viewer @ viewer.yaml:9:7',
      '  viewer gains data/contract:edit @ viewer.yaml:9:7',
    ]);
    expect(refusals(['no-reserved'], { ...raised, ...reserving('view') })).toHaveLength(1);
    expect(refusals(['no-reserved'], raised)).toEqual([]);
  });

  it('are not evaded by a new name for the reserved level', () => {
    const rule = {
      'rule.yaml': document('Constraint', 'rule', [
        'reserved:',
        '  permissions:',
        '    - data/spend:edit',
        '  roles:',
        '    - owner',
      ]),
    };
    const head = {
      ...edited(
        'catalog.yaml',
        '            - name: view\n            - name: edit\n',
        '            - name: view\n            - name: change\n',
      ),
      ...edited('owner.yaml', 'data/spend:edit', 'data/spend:change'),
      ...edited('viewer.yaml', 'view\n', 'view\n    - data/spend:change\n'),
      'rule.yaml': null,
    };
    expect(refusals(['no-reserved'], head, rule)[0]?.diagnostic.message).toContain('shop/viewer');
  });
});

describe('the other gates', () => {
  it('max-removal counts levels and apps of what is taken away, and not what is renamed', () => {
    // viewer: 1; owner: 5; zoomers: 5 and an app. Without spend:edit, owner and zoomers lose one each.
    const head = edited('owner.yaml', 'data/spend:edit', 'data/spend:view');
    expect(told(refusals(['max-removal=16%'], head))).toEqual([
      'RW6604 2 of 12 grants of shop are taken away (16.7 %), more than the 16 % asked for',
    ]);
    expect(refusals(['max-removal=17%'], head)).toEqual([]);
  });

  it('no-removed-role names what is gone, and takes a rename for none', () => {
    expect(told(refusals(['no-removed-role'], { 'zoomers.yaml': null }))).toEqual(['RW6605 shop/zoomers removed']);
    const people = { 'people.yaml': assignment('people', 'viewer', ['auth0|1']) };
    expect(refusals(['no-removed-role'], { 'people.yaml': null }, people)).toEqual([]);
    const renamed = (shop['zoomers.yaml'] ?? '').replace(
      'name: zoomers\n',
      'name: talkers\n  formerly:\n    - zoomers\n',
    );
    expect(refusals(['no-removed-role'], { 'zoomers.yaml': null, 'talkers.yaml': renamed })).toEqual([]);
  });

  it('no-control-change refuses whatever changes what judges', () => {
    const head = edited('catalog.yaml', '              sensitive: true\n', '');
    expect(told(refusals(['no-control-change'], head))).toEqual([
      'RW6606 what judges changes is changed: sensitive data/contract:edit removed @ catalog.yaml:18:21',
      '  is sensitive no longer @ catalog.yaml:18:21',
    ]);
  });

  it('no-default-change refuses another default role, and another meaning of the same', () => {
    const policy = {
      'policy.yaml': document('ProvisioningPolicy', 'jit', [
        'enabled: true',
        'default:',
        '  role: viewer',
        '  allApps: true',
      ]),
    };
    expect(told(refusals(['no-default-change'], widened, policy))[0]).toMatch(/^RW6607 .*: shop\/viewer @/u);
    expect(told(refusals(['no-default-change'], { 'policy.yaml': null }, policy))).toEqual([
      'RW6607 what new people get is changed: shop provisioning (default)',
    ]);
    expect(refusals(['no-default-change'], edited('owner.yaml', '    - money/pay\n', ''), policy)).toEqual([]);
  });
});

describe('the guards of an environment', () => {
  const guarded = (lines: readonly string[]) => ({ 'production.yaml': production(['guards:', ...lines]) });
  const head = edited('owner.yaml', 'data/spend:edit', 'data/spend:view');

  it.for([
    ['the base', guarded(['  maximumRemoval: 80%']), guarded(['  maximumRemoval: 10%'])],
    ['the head', guarded(['  maximumRemoval: 10%']), guarded(['  maximumRemoval: 80%'])],
    ['the base, where the head has none', { 'production.yaml': production() }, guarded(['  maximumRemoval: 10%'])],
  ] as const)('refuse what %s does not allow', ([, after, before]) => {
    expect(told(refusals([], { ...head, ...after }, before))).toEqual([
      'RW6611 2 of 12 grants in production are taken away (16.7 %), more than the 10 % that it allows',
    ]);
  });

  it('count only what is in that environment', () => {
    const staging = document('Role', 'tester', ['onlyIn:', '  - staging', 'grants:', '  - money/pay']);
    const base = { ...guarded(['  maximumRemoval: 0%']), 'tester.yaml': staging };
    expect(refusals([], { 'tester.yaml': null }, base)).toEqual([]);
    const moved = { 'tester.yaml': staging.replace('- staging', '- production') };
    expect(refusals([], { 'tester.yaml': staging }, { ...base, ...moved })).toHaveLength(1);
  });

  it('of an environment that is removed judge what else is taken away', () => {
    const base = guarded(['  maximumRemoval: 10%']);
    expect(refusals([], { 'production.yaml': null }, base)).toEqual([]);
    expect(refusals([], { ...head, 'production.yaml': null }, base)).toHaveLength(1);
  });

  it('require what the base required, although the head does not', () => {
    const base = guarded(['  requiredRoles:', '    - role: shop/zoomers']);
    const refused = refusals([], { 'zoomers.yaml': null, 'production.yaml': production() }, base);
    expect(told(refused)).toEqual(['RW6612 production requires shop/zoomers, which would not be there']);
    expect(refused[0]?.override).toBe('required-role:production:shop/zoomers');
  });

  it('refuse a required role that is emptied, and know it by its new name', () => {
    const clerk = (grants: readonly string[], metadata: readonly string[] = []) =>
      document(
        'Role',
        metadata.length === 0 ? 'clerk' : 'desk',
        grants.length === 0 ? ['assignable: true'] : ['grants:', ...grants],
        metadata,
      );
    const base = {
      ...guarded(['  requiredRoles:', '    - role: shop/clerk']),
      'clerk.yaml': clerk(['  - money/pay']),
    };
    expect(told(refusals([], { 'clerk.yaml': clerk([]) }, base))).toEqual([
      'RW6613 production requires shop/clerk, which would be emptied',
    ]);
    const renamed = { 'clerk.yaml': null, 'desk.yaml': clerk(['  - money/pay'], ['formerly:', '  - clerk']) };
    expect(refusals([], { ...renamed, 'production.yaml': production() }, base)).toEqual([]);
  });
});

describe('the constraints of the base', () => {
  const rule = (roles: readonly string[], more: readonly string[] = []) => ({
    'rule.yaml': document('Constraint', 'payments', [
      'reserved:',
      '  permissions:',
      '    - money/pay',
      '  roles:',
      ...roles.map((role) => `    - ${role}`),
      ...more,
    ]),
  });
  const except = (role: string, day: string) => [
    'exceptions:',
    `  - role: ${role}`,
    '    owner: o@example.com',
    '    reason: For now.',
    `    validThrough: ${day}`,
  ];

  it.for([
    ['removed', { 'rule.yaml': null }],
    ['loosened', rule(['owner', 'viewer'])],
    ['excepted from', rule(['owner'], except('viewer', '2027-12-31'))],
  ] as const)('refuse what they refused, though the rule is %s by the same change', ([, loosened]) => {
    const refused = refusals([], { ...widened, ...loosened }, rule(['owner']));
    expect(told(refused)).toEqual([
      'RW6614 by the rules of main: viewer holds "money/pay", which payments reserves (RW5303) @ viewer.yaml:10:7',
    ]);
    expect(refused[0]?.override).toBe('base-constraint:payments');
  });

  it('are judged in the names of the head', () => {
    const renamed = (shop['owner.yaml'] ?? '').replace('name: owner\n', 'name: boss\n  formerly:\n    - owner\n');
    const head = {
      'owner.yaml': null,
      'boss.yaml': renamed,
      ...edited('zoomers.yaml', 'base: owner', 'base: boss'),
      ...rule(['boss']),
    };
    expect(refusals([], head, rule(['owner']))).toEqual([]);
  });

  it('refuse nothing that was broken before', () => {
    const expired = rule(['viewer'], except('owner', '2026-01-31'));
    expect(refusals([], edited('viewer.yaml', 'view\n', 'view\n    - data/spend:view\n'), expired)).toEqual([]);
  });

  it('never stand in the way of what only takes away, however a broken rule then reads', () => {
    const apart = {
      'rule.yaml': document('Constraint', 'duties', [
        'separate:',
        '  permissions:',
        '    - data/contract:view',
        '    - data/spend:view',
        ...except('owner', '2026-01-31'),
      ]),
    };
    const narrowed = edited('owner.yaml', 'data/spend:edit', 'data/spend:view');
    expect(refusals([], narrowed, apart)).toEqual([]);
    expect(refusals([], { ...narrowed, ...widened }, apart)).not.toEqual([]);
  });

  it('hold in an environment that is new, although no role differs', () => {
    const never = {
      'rule.yaml': document('Constraint', 'payments', [
        'never:',
        '  purpose: production',
        '  permissions:',
        '    - data/spend:edit',
        ...except('zoomers', '2027-12-31'),
      ]),
    };
    expect(told(refusals([], { 'production.yaml': production() }, never))[0]).toMatch(
      /^RW6614 by the rules of main: owner holds "data\/spend:edit"/u,
    );
  });

  it('hold in an environment whose purpose changes, for the purpose that it had', () => {
    const never = {
      'rule.yaml': document('Constraint', 'payments', [
        'never:',
        '  purpose: production',
        '  permissions:',
        '    - money/pay',
        'exceptions:',
        ...['owner', 'zoomers'].flatMap((role) => except(role, '2027-12-31').slice(1)),
      ]),
      'production.yaml': production(),
    };
    const head = { ...widened, 'production.yaml': production([], 'staging') };
    expect(told(refusals([], head, never))[0]).toMatch(/^RW6614 by the rules of main: viewer holds "money\/pay"/u);
  });
});

describe('a gate that is asked for', () => {
  it.for(gateForms)('%s is known', (form) => {
    const [parsed, problems] = parseGate(form);
    expect([parsed?.kind, problems]).toEqual([form.split('=')[0], []]);
  });

  it.for([
    ['no-new-acces', 'RW6621', 'no-new-access'],
    ['max-removals=10%', 'RW6621', 'max-removal=25%'],
    ['everything', 'RW6621', null],
    ['', 'RW6621', null],
  ] as const)('"%s" is no gate, and never passes in silence', ([text, code, suggestion]) => {
    const [parsed, [problem]] = parseGate(text);
    expect([parsed, problem?.code, problem?.suggestion]).toEqual([null, code, suggestion]);
    expect(problem?.expected).toBe(`one of ${gateForms.join(', ')}`);
  });

  it.for([
    ['max-removal', 'no share', 'max-removal=25%'],
    ['max-removal=25', '"25"', 'max-removal=25%'],
    ['max-removal=101%', '"101%"', 'max-removal=25%'],
    ['max-removal=1e1%', '"1e1%"', 'max-removal=25%'],
    ['no-sensitive=yes', 'a value, "yes"', 'no-sensitive'],
  ] as const)('"%s" is no gate either', ([text, found, expected]) => {
    const [parsed, [problem]] = parseGate(text);
    expect([parsed, problem?.code, problem?.expected]).toEqual([null, 'RW6622', expected]);
    expect(problem?.message).toContain(found);
  });
});

describe('an override', () => {
  const head = { ...widened, 'zoomers.yaml': null };

  it('goes past exactly the refusal that it names', () => {
    const all = refusals(['no-new-access', 'no-removed-role'], head);
    const { refused, overridden, unknown } = overriding(all, ['no-removed-role']);
    expect(refused.map(({ override }) => override)).toEqual(['no-new-access']);
    expect(overridden.map(({ override }) => override)).toEqual(['no-removed-role']);
    expect(unknown).toEqual([]);
  });

  it('of another environment or constraint goes past nothing', () => {
    const guard = { 'production.yaml': production(['guards:', '  maximumRemoval: 0%']) };
    const all = refusals([], { 'zoomers.yaml': null }, guard);
    expect(overriding(all, ['maximum-removal:staging']).refused).toHaveLength(1);
    expect(overriding(all, ['maximum-removal:production']).refused).toEqual([]);
  });

  it('that names no gate and no guard is a usage error with the nearest name', () => {
    const { unknown } = overriding([], ['no-new-acess', 'required-role:production:shop/owner']);
    expect(unknown.map(({ code, suggestion }) => [code, suggestion])).toEqual([['RW6623', 'no-new-access']]);
  });
});
