import { describe, expect, test } from 'vitest';
import { compile } from '../../src/model/compile/compile.ts';
import { customRole, document, environment, modelOf, role } from '../analysis/constraints/sketch.ts';

const clerk = role('clerk', { grants: ['data/contract:view'], more: ['restrictable: true'] });
const team = customRole('team', 'clerk', ['slack', 'zoom']);
const rule = (domain: string, connection: string) => [
  ...[`  - domain: ${domain}`, `    connection: ${connection}`, '    role: team'],
];
const policy = (enabled: boolean, ...rules: readonly (readonly string[])[]) =>
  document('ProvisioningPolicy', 'just-in-time', 'shop', [
    ...[`enabled: ${enabled}`, 'default:', '  role: clerk', '  allApps: true'],
    ...(rules.length === 0 ? [] : ['byEmailDomain:', ...rules.flat()]),
  ]);

function compiled(...files: Parameters<typeof modelOf>[0]) {
  const [state, problems] = compile(modelOf([clerk, team, environment('dev', 'development'), ...files]), 'dev');
  expect(problems).toEqual([]);
  return state;
}

describe('what the identity provider is to give at a first sign-in', () => {
  test('is the default, and the rules by domain and connection', () => {
    const rules = [rule('b.example', 'sso'), rule('a.example', 'sso'), rule('a.example', 'adfs')];
    const { applications = [] } = compiled(policy(true, ...rules)) ?? {};
    expect(applications.find(({ name }) => name === 'shop')?.provisioning).toEqual({
      default: 'clerk',
      byEmailDomain: [
        { domain: 'a.example', connection: 'adfs', role: 'team' },
        { domain: 'a.example', connection: 'sso', role: 'team' },
        { domain: 'b.example', connection: 'sso', role: 'team' },
      ],
    });
  });

  test('is nothing while the policy is not enabled: the state is the very one without it', () => {
    const { applications, digest } = compiled(policy(false)) ?? {};
    expect(applications?.some((application) => 'provisioning' in application)).toBe(false);
    expect(digest).toBe(compiled()?.digest);
    expect(digest).not.toBe(compiled(policy(true))?.digest);
  });
});
