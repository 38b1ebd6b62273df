import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../../src/analysis/constraints/check-constraints.ts';
import {
  constraint,
  constraintsExplain,
  constraintsSay,
  customRole,
  environment,
  exception,
  modelOf,
  role,
  today,
} from './sketch.ts';

const never = (permission: string, ...exceptions: readonly (readonly string[])[]) =>
  constraint([
    'never:',
    '  permissions:',
    `    - ${permission}`,
    '  purpose: production',
    ...(exceptions.length === 0 ? [] : ['exceptions:', ...exceptions.flat()]),
  ]);
const production = environment('production', 'production');
const tester = role('tester', { grants: ['data/contract:edit'] });

describe('never', () => {
  it('tells a role that reaches an environment of the purpose, at its line', () => {
    const files = [never('data/contract:view'), production, environment('staging', 'staging'), tester];
    expect(constraintsSay(files)).toEqual([
      'RW5305 tester.yaml "data/contract:edit": tester holds "data/contract:edit" in production, an environment for production',
    ]);
    const [found] = checkConstraints(modelOf(files), today);
    expect(found?.related.map(({ message, place }) => `${place.file}:${place.line} ${message}`)).toEqual([
      'rule.yaml:5 the constraint rule',
      'production.yaml:12 the environment production',
    ]);
  });

  it('says what to do, and what has excepted it', () => {
    const files = [never('data/contract:view', exception(['role: tester'], '2026-11-20')), production, tester];
    expect(constraintsExplain(files).at(-1)).toMatchObject({
      related: [
        'rule.yaml:5 the constraint rule',
        'production.yaml:12 the environment production',
        'rule.yaml:15 excepted through 2026-11-20',
      ],
      help: 'take it away, or keep the role out of production with onlyIn',
    });
  });

  it('says nothing where the environment is without the application', () => {
    const without = { ...production, text: production.text.replace(/ {4}- name: shop\n(?: {6}.*\n)+/u, '') };
    expect(constraintsSay([never('data/contract:view'), without, tester])).toEqual([]);
  });

  it('tells it once for two environments', () => {
    expect(
      constraintsSay([never('data/contract:view'), production, environment('zurich', 'production'), tester]),
    ).toEqual([
      'RW5305 tester.yaml "data/contract:edit": tester holds "data/contract:edit" in production and zurich, environments for production',
    ]);
  });

  it('says nothing of a lower level, or where there is no such environment', () => {
    const viewer = role('viewer', { grants: ['data/contract:view'] });
    expect(constraintsSay([never('data/contract:edit'), production, viewer])).toEqual([]);
    expect(constraintsSay([never('data/contract:view'), environment('staging', 'staging'), tester])).toEqual([]);
  });

  it('respects onlyIn, of custom roles too, and judges heirs', () => {
    const elsewhere = ['onlyIn:', '  - development', '  - staging', 'restrictable: true'];
    const away = role('away', { grants: ['data/contract:edit'], more: elsewhere });
    const custom = customRole('custom', 'away', ['zoom'], ['onlyIn:', '  - development']);
    expect(constraintsSay([never('data/contract:view'), production, away, custom])).toEqual([]);
    const heir = role('heir', { inherits: ['tester'] });
    expect(
      constraintsSay([never('data/contract:view', exception(['role: tester'])), production, tester, heir]),
    ).toEqual([
      'RW5305 heir.yaml "tester": heir holds "data/contract:edit" in production, an environment for production',
    ]);
  });

  it('excepts a role, with the permission or without', () => {
    for (const names of [['role: tester'], ['role: tester', 'permission: data/contract:edit']]) {
      expect(constraintsSay([never('data/contract:view', exception(names)), production, tester])).toEqual([]);
    }
  });
});
