import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../../src/analysis/constraints/check-constraints.ts';
import {
  assignment,
  constraint,
  constraintsExplain,
  constraintsSay,
  customRole,
  document,
  exception,
  list,
  modelOf,
  role,
  today,
} from './sketch.ts';

const reserved = (
  permissions: readonly string[],
  roles: readonly string[],
  ...exceptions: readonly (readonly string[])[]
) =>
  constraint([
    'reserved:',
    ...list('permissions', permissions).map((line) => `  ${line}`),
    ...list('roles', roles).map((line) => `  ${line}`),
    ...(exceptions.length === 0 ? [] : ['exceptions:', ...exceptions.flat()]),
  ]);
const owner = role('owner', { grants: ['data/contract:edit'], more: ['restrictable: true'] });

describe('reserved', () => {
  it('lets the listed roles hold it, and everybody a lower level', () => {
    const viewer = role('viewer', { grants: ['data/contract:view'] });
    expect(constraintsSay([reserved(['data/contract:edit'], ['owner']), owner, viewer])).toEqual([]);
  });

  it('may list several, each for itself', () => {
    const second = role('second', { grants: ['data/contract:edit'] });
    expect(constraintsSay([reserved(['data/contract:edit'], ['owner', 'second']), owner, second])).toEqual([]);
  });

  it('tells who else holds it, at that level or a higher one, at the line that brings it', () => {
    const files = [
      reserved(['data/contract:view'], ['owner']),
      owner,
      role('granted', { grants: ['data/contract:view'] }),
      role('heir', { inherits: ['owner'] }),
    ];
    expect(constraintsSay(files)).toEqual([
      'RW5303 granted.yaml "data/contract:view": granted holds "data/contract:view", which rule reserves',
      'RW5303 heir.yaml "owner": heir holds "data/contract:edit", which rule reserves',
    ]);
    const found = checkConstraints(modelOf(files), today)[1];
    expect(found?.related.map(({ message }) => message)).toEqual([
      'owner grants data/contract:edit',
      'the constraint rule',
    ]);
    expect(found?.help).toBe('it is reserved for owner');
  });

  it('lets no listed role be the default of whoever signs in, whatever exceptions say; a rule by domain may give it', () => {
    const policy = (usual: string, ...rules: readonly string[]) =>
      document('ProvisioningPolicy', 'just-in-time', 'shop', [
        ...['enabled: true', 'default:', `  role: ${usual}`, '  allApps: true'],
        ...rules,
      ]);
    const constraints = reserved(['data/contract:edit'], ['owner'], exception(['role: owner']));
    expect(constraintsSay([constraints, owner, policy('owner')])).toContain(
      'RW5306 just-in-time.yaml "owner": the default role "owner" holds "data/contract:edit", which rule reserves',
    );
    const viewer = role('viewer', { grants: ['data/contract:view'], more: ['restrictable: true'] });
    const rules = [
      'byEmailDomain:',
      '  - domain: acme.example',
      '    connection: sso',
      '    role: owner',
      '    allApps: true',
    ];
    expect(
      constraintsSay([reserved(['data/contract:edit'], ['owner']), owner, viewer, policy('viewer', ...rules)]),
    ).toEqual([]);
  });

  it('shows the other lines that give it too', () => {
    const one = role('one', { grants: ['money/pay'], more: ['assignable: false'] });
    const two = role('two', { grants: ['money/pay'], more: ['assignable: false'] });
    const heir = role('heir', { inherits: ['one', 'two'] });
    const [found, ...others] = checkConstraints(
      modelOf([reserved(['money/pay'], ['owner']), owner, one, two, heir]),
      today,
    );
    expect(others).toEqual([]);
    expect(found?.related.map(({ message }) => message)).toEqual([
      'one grants money/pay',
      'heir inherits two as well',
      'the constraint rule',
    ]);
  });

  it('lets a listed role bring its custom roles and narrowed assignments, and a listed custom role itself only', () => {
    const custom = customRole('custom', 'owner', ['zoom']);
    const narrowed = assignment('narrowed', 'owner', ['auth0|1'], { more: list('apps', ['slack']) });
    expect(constraintsSay([reserved(['data/contract:edit'], ['owner']), owner, custom, narrowed])).toEqual([]);
    expect(constraintsSay([reserved(['data/contract:edit'], ['custom']), owner, custom])).toEqual([
      'RW5303 owner.yaml "data/contract:edit": owner holds "data/contract:edit", which rule reserves',
    ]);
  });

  it('judges the custom roles of a building block', () => {
    const block = role('block', { grants: ['money/pay'], more: ['assignable: false', 'restrictable: true'] });
    const files = [owner, block, customRole('custom', 'block', ['zoom'])];
    expect(constraintsSay([reserved(['money/pay'], ['owner']), ...files])).toEqual([
      'RW5303 custom.yaml "block": custom holds "money/pay", which rule reserves',
    ]);
    expect(constraintsSay([reserved(['money/pay'], ['block']), ...files])).toEqual([]);
  });

  it('excepts a role from all of it, or up to the level that is named', () => {
    const other = role('other', { grants: ['data/contract:edit', 'money/pay'] });
    const rule = (...names: readonly string[]) =>
      reserved(['data/contract:peek', 'money/pay'], ['owner'], exception(names));
    expect(constraintsSay([rule('role: other'), owner, other])).toEqual([]);
    expect(constraintsSay([rule('role: other', 'permission: data/contract:edit'), owner, other])).toEqual([
      'RW5303 other.yaml "money/pay": other holds "money/pay", which rule reserves',
    ]);
    expect(constraintsSay([rule('role: other', 'permission: data/contract:view'), owner, other])).toEqual([
      'RW5303 other.yaml "data/contract:edit": other holds "data/contract:edit", which rule reserves',
      'RW5303 other.yaml "money/pay": other holds "money/pay", which rule reserves',
      'RW5204 rule.yaml "data/contract:view": the exception excepts nothing',
    ]);
  });

  it('says for whom it is reserved, and what has excepted it', () => {
    const roles = [owner, role('second', { grants: ['money/sign'] }), role('other', { grants: ['money/pay'] })];
    const rule = reserved(['money/pay'], ['owner', 'second'], exception(['role: other'], '2026-11-20'));
    expect(constraintsExplain([rule, ...roles])[0]).toEqual({
      message: 'other holds "money/pay", which rule reserves',
      related: ['rule.yaml:5 the constraint rule', 'rule.yaml:17 excepted through 2026-11-20'],
      help: 'it is reserved for owner, second',
    });
  });

  it('excepts no permission of another application that is called the same', () => {
    const rule = constraint(
      [
        ...['reserved:', '  permissions:', '    - shop/money/pay', '  roles:', '    - shop/owner', 'exceptions:'],
        ...exception(['role: shop/other', 'permission: desk/money/pay']),
      ],
      null,
    );
    const told = constraintsSay([rule, owner, role('other', { grants: ['money/pay'] })]);
    expect(told.map((line) => line.slice(0, 6))).toEqual(['RW5303', 'RW5204']);
  });

  it('excepts the permission that is named and no other', () => {
    const other = role('other', { grants: ['data/contract:view'] });
    const rule = reserved(
      ['data/contract:view', 'data/spend:edit'],
      ['owner'],
      exception(['role: other', 'permission: data/spend:edit']),
    );
    expect(constraintsSay([rule, owner, other]).map((line) => line.slice(0, 6))).toEqual(['RW5303', 'RW5204']);
  });

  it('never lets an exception be inherited, nor reach a custom role', () => {
    const other = role('other', { grants: ['money/pay'], more: ['restrictable: true'] });
    const files = [owner, other, role('heir', { inherits: ['other'] }), customRole('custom', 'other', ['zoom'])];
    expect(constraintsSay([reserved(['money/pay'], ['owner'], exception(['role: other'])), ...files])).toEqual([
      'RW5303 custom.yaml "other": custom holds "money/pay", which rule reserves',
      'RW5303 heir.yaml "other": heir holds "money/pay", which rule reserves',
    ]);
  });

  it('spans applications, whose roles of one name are two', () => {
    const rule = constraint(
      ['reserved:', '  permissions:', '    - desk/work/file', '    - shop/money/pay', '  roles:', '    - desk/same'],
      null,
    );
    const files = [
      role('same', { application: 'desk', grants: ['work/file'] }),
      role('payer', { grants: ['money/pay'] }),
    ];
    expect(constraintsSay([rule, ...files])).toEqual([
      'RW5303 payer.yaml "money/pay": shop/payer holds "shop/money/pay", which rule reserves',
    ]);
  });
});
