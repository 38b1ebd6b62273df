import { describe, expect, it } from 'vitest';
import { told } from './told.ts';
import type { Changes } from './trees.ts';
import { document, edited, shopDifference } from './trees.ts';

const clerk = { 'clerk.yaml': document('Role', 'clerk', ['grants:', '  - data/spend:view']) };
const payer = { 'payer.yaml': document('Role', 'payer', ['inherits:', '  - clerk', 'grants:', '  - money/pay']) };

const gives = (role: string, more: readonly string[] = [], enabled = true): Changes => ({
  'policy.yaml': document('ProvisioningPolicy', 'jit', [`enabled: ${enabled}`, 'default:', `  role: ${role}`, ...more]),
});
const domain = (role: string) => [
  'byEmailDomain:',
  '  - domain: a.example',
  '    connection: sso',
  `    role: ${role}`,
];

function rules(head: Changes, base: Changes): readonly string[] {
  return shopDifference(head, { ...clerk, ...payer, ...base }).provisioning.map(
    ({ rule, base: before, head: after, direction, severity, place: { side, file, line } }) =>
      `${rule}: ${before} → ${after}, ${direction}, ${severity} @ ${side} ${file}:${line}`,
  );
}

describe('what new people get', () => {
  it.for([
    ['clerk', 'payer', 'widening, high'],
    ['payer', 'clerk', 'narrowing, medium'],
  ] as const)('from %s to %s', ([base, head, direction]) => {
    expect(rules(gives(head), gives(base))).toEqual([`default: ${base} → ${head}, ${direction} @ head policy.yaml:9`]);
  });

  it('is nothing where the policy is not in force', () => {
    expect(rules(gives('clerk'), gives('clerk', [], false))).toEqual([
      'default: null → clerk, widening, high @ head policy.yaml:9',
    ]);
    expect(rules(gives('clerk', [], false), gives('clerk'))).toEqual([
      'default: clerk → null, narrowing, medium @ base policy.yaml:9',
    ]);
    expect(rules(gives('payer', [], false), gives('clerk', [], false))).toEqual([]);
  });

  it('is told of each rule by domain; one that is sensitive asks for more attention', () => {
    const sensitive = { 'boss.yaml': document('CustomRole', 'boss', ['base: owner', 'apps:', '  - zoom']) };
    expect(rules(gives('clerk', domain('payer')), { ...gives('clerk', domain('clerk')) })).toEqual([
      'a.example: clerk → payer, widening, medium @ head policy.yaml:13',
    ]);
    expect(rules(gives('clerk', domain('boss')), { ...sensitive, ...gives('clerk') })).toEqual([
      'a.example: null → boss, widening, high @ head policy.yaml:13',
    ]);
  });

  it('is told of the role that gains, where it is the default, and the rule does not differ', () => {
    const difference = shopDifference(edited('viewer.yaml', 'view\n', 'view\n    - money/pay\n'), {
      ...gives('viewer', ['  allApps: true']),
    });
    expect(difference.provisioning).toEqual([]);
    expect(told(difference)).toContain('role viewer: changed, widening, high (default-role)');
  });

  it('is the same where the role is renamed', () => {
    const renamed = document(
      'Role',
      'cashier',
      ['inherits:', '  - clerk', 'grants:', '  - money/pay'],
      ['formerly:', '  - payer'],
    );
    expect(rules({ 'payer.yaml': null, 'cashier.yaml': renamed, ...gives('cashier') }, gives('payer'))).toEqual([]);
  });
});
