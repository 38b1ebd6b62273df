import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../../src/analysis/constraints/check-constraints.ts';
import type { SourceFile } from '../../../src/language/source.ts';
import {
  assignment,
  constraint,
  constraintsExplain,
  constraintsSay,
  customRole,
  exception,
  list,
  modelOf,
  role,
  today,
} from './sketch.ts';

const separate = (permissions: readonly string[], exceptions: readonly string[] = []): readonly string[] => [
  'separate:',
  ...list('permissions', permissions).map((line) => `  ${line}`),
  ...(exceptions.length === 0 ? [] : ['exceptions:', ...exceptions]),
];

const duties = constraint(separate(['data/contract:view', 'data/spend:edit']));
const exempt = (...names: readonly string[]): SourceFile =>
  constraint(separate(['data/contract:view', 'data/spend:edit'], exception(names)));

describe('separate, over roles', () => {
  it('says nothing of roles with one of them', () => {
    const one = role('one', { grants: ['data/contract:edit'] });
    const other = role('other', { grants: ['data/spend:edit'] });
    expect(constraintsSay([duties, one, other])).toEqual([]);
  });

  it('means at least the level: more counts, less does not', () => {
    const more = role('more', { grants: ['data/contract:edit', 'data/spend:edit'] });
    const less = role('less', { grants: ['data/contract:edit', 'data/spend:view'] });
    const least = role('least', { grants: ['data/contract:peek', 'data/spend:edit'] });
    expect(constraintsSay([duties, more, less, least])).toEqual([
      'RW5301 more.yaml "data/spend:edit": more holds "data/contract:edit" and "data/spend:edit", which rule keeps apart',
    ]);
  });

  it('looks at a role after inheritance, and tells its own grant, with the chains', () => {
    const parent = role('parent', { grants: ['data/spend:edit'] });
    const heir = role('heir', { inherits: ['parent'], grants: ['data/contract:view'] });
    expect(constraintsSay([duties, parent, heir])).toEqual([
      'RW5301 heir.yaml "data/contract:view": heir holds "data/contract:view" and "data/spend:edit", which rule keeps apart',
    ]);
    const [found] = checkConstraints(modelOf([duties, parent, heir]), today);
    expect(found?.related.map(({ message }) => message)).toEqual([
      'heir inherits parent',
      'parent grants data/spend:edit',
      'the constraint rule',
    ]);
  });

  it('tells the parent that brings the second, where none is granted', () => {
    const files = [
      role('one', { grants: ['data/contract:view'] }),
      role('other', { grants: ['data/spend:edit'] }),
      role('heir', { inherits: ['one', 'other'] }),
    ];
    expect(constraintsSay([duties, ...files])).toEqual([
      'RW5301 heir.yaml "other": heir holds "data/contract:view" and "data/spend:edit", which rule keeps apart',
    ]);
  });

  it('shows the chains of both where neither is granted, and what has excepted them', () => {
    const files = [
      constraint(separate(['data/contract:view', 'data/spend:edit'], exception(['role: heir'], '2026-11-20'))),
      role('one', { grants: ['data/contract:view'] }),
      role('other', { grants: ['data/spend:edit'] }),
      role('heir', { inherits: ['one', 'other'] }),
    ];
    expect(constraintsExplain(files)[0]?.related).toEqual([
      'other.yaml:8 other grants data/spend:edit',
      'heir.yaml:8 heir inherits one',
      'one.yaml:8 one grants data/contract:view',
      'rule.yaml:5 the constraint rule',
      'rule.yaml:15 excepted through 2026-11-20',
    ]);
  });

  it('takes a permission of another application that is called the same for another one', () => {
    const rule = constraint(separate(['desk/work/file', 'shop/money/pay']), null);
    const clerk = role('clerk', { application: 'desk', grants: ['money/pay', 'work/file'] });
    expect(constraintsSay([rule, clerk])).toEqual([]);
    const filer = role('filer', { application: 'desk', grants: ['work/file'] });
    const cashier = role('cashier', { application: 'desk', grants: ['money/pay'] });
    const people = ['filer', 'cashier'].map((name) =>
      assignment(`${name}s`, name, ['auth0|1'], { application: 'desk' }),
    );
    expect(constraintsSay([rule, filer, cashier, ...people])).toEqual([]);
  });

  it('never tells a building block, and always who inherits it', () => {
    const block = role('block', { grants: ['data/contract:view', 'data/spend:edit'], more: ['assignable: false'] });
    const heir = role('heir', { inherits: ['block'] });
    expect(constraintsSay([duties, block])).toEqual([]);
    expect(constraintsSay([duties, block, heir])).toEqual([
      'RW5301 heir.yaml "block": heir holds "data/contract:view" and "data/spend:edit", which rule keeps apart',
    ]);
  });

  it('tells a custom role at its base', () => {
    const base = role('base', { grants: ['data/contract:view', 'data/spend:edit'], more: ['restrictable: true'] });
    expect(constraintsSay([duties, base, customRole('custom', 'base', ['zoom'])])).toEqual([
      'RW5301 base.yaml "data/spend:edit": base holds "data/contract:view" and "data/spend:edit", which rule keeps apart',
      'RW5301 custom.yaml "base": custom holds "data/contract:view" and "data/spend:edit", which rule keeps apart',
    ]);
  });

  it('tells n - 1 of n permissions that are held', () => {
    const three = constraint(separate(['data/contract:view', 'data/spend:edit', 'money/pay', 'money/sign']));
    const manager = role('manager', { grants: ['data/contract:view', 'money/pay', 'money/sign'] });
    expect(constraintsSay([three, manager])).toEqual([
      'RW5301 manager.yaml "money/pay": manager holds "data/contract:view" and "money/pay", which rule keeps apart',
      'RW5301 manager.yaml "money/sign": manager holds "data/contract:view" and "money/sign", which rule keeps apart',
    ]);
  });

  it('excepts the role that is named, and no heir and no custom role of it', () => {
    const both = role('both', { grants: ['data/contract:view', 'data/spend:edit'], more: ['restrictable: true'] });
    expect(constraintsSay([exempt('role: both'), both])).toEqual([]);
    const files = [
      exempt('role: both'),
      both,
      role('heir', { inherits: ['both'] }),
      customRole('custom', 'both', ['zoom']),
    ];
    expect(constraintsSay(files)).toEqual([
      'RW5301 custom.yaml "both": custom holds "data/contract:view" and "data/spend:edit", which rule keeps apart',
      'RW5301 heir.yaml "both": heir holds "data/contract:view" and "data/spend:edit", which rule keeps apart',
    ]);
  });
});

const buyer = role('buyer', { grants: ['data/contract:view'], more: ['restrictable: true'] });
const payer = role('payer', { grants: ['data/spend:edit'], more: ['restrictable: true'] });
const held = (name: string, users: readonly string[], more: readonly string[] = ['allApps: true']): SourceFile =>
  assignment(`${name}s`, name, users, { more });

describe('separate, over people', () => {
  it('tells a person with two assignments, at the one that brings the second', () => {
    const files = [
      duties,
      buyer,
      payer,
      held('buyer', ['auth0|1', 'ann@example.com']),
      held('payer', ['ann@example.com', 'auth0|2']),
    ];
    expect(constraintsSay(files)).toEqual([
      'RW5301 payers.yaml "ann@example.com": ann@example.com (sso) holds "data/contract:view" and "data/spend:edit", which rule keeps apart',
    ]);
    const [found] = checkConstraints(modelOf(files), today);
    expect(found?.related.map(({ message, place }) => `${place.file} ${message}`)).toEqual([
      'buyers.yaml the other assignment',
      'buyers.yaml buyers assigns buyer',
      'buyer.yaml buyer grants data/contract:view',
      'payers.yaml payers assigns payer',
      'payer.yaml payer grants data/spend:edit',
      'rule.yaml the constraint rule',
    ]);
  });

  it('knows an address by any case, and two connections or an id as somebody else', () => {
    const upper = [duties, buyer, payer, held('buyer', ['Ann@Example.com']), held('payer', ['ann@example.com'])];
    expect(constraintsSay(upper)).toHaveLength(1);
    const elsewhere = held('payer', ['ann@example.com']);
    const text = elsewhere.text.replace('connection: sso', 'connection: other');
    expect(constraintsSay([duties, buyer, payer, held('buyer', ['ann@example.com']), { ...elsewhere, text }])).toEqual(
      [],
    );
    expect(constraintsSay([duties, buyer, payer, held('buyer', ['ann@example.com']), held('payer', ['ann'])])).toEqual(
      [],
    );
  });

  it('spans applications, and counts a custom role', () => {
    const files = [
      buyer,
      payer,
      customRole('zoom-buyer', 'buyer', ['zoom']),
      assignment('one', 'zoom-buyer', ['auth0|1']),
      assignment('other', 'desk-clerk', ['auth0|1'], { application: 'desk' }),
      role('desk-clerk', { application: 'desk', grants: ['work/approve'] }),
      constraint(separate(['desk/work/approve', 'shop/data/contract:peek']), null),
    ];
    expect(constraintsSay(files)).toEqual([
      'RW5301 one.yaml "auth0|1": auth0|1 holds "desk/work/approve" and "shop/data/contract:view", which rule keeps apart',
    ]);
  });

  it('forgets who held it until yesterday, and counts today', () => {
    const files = (day: string) => [
      duties,
      buyer,
      payer,
      held('buyer', ['auth0|1']),
      held('payer', [`auth0|1 through ${day}`]),
    ];
    expect(constraintsSay(files('2026-11-21'))).toHaveLength(1);
    expect(constraintsSay(files('2026-11-20'))).toEqual([]);
  });

  it('leaves a role that gives both to the role', () => {
    const both = role('both', { grants: ['data/contract:view', 'data/spend:edit'] });
    const own = [held('buyer', ['auth0|1']), held('payer', ['auth0|1'])];
    const files = [both, buyer, payer, assignment('boths', 'both', ['auth0|1']), ...own];
    expect(constraintsSay([duties, ...files])).toEqual([
      'RW5301 both.yaml "data/spend:edit": both holds "data/contract:view" and "data/spend:edit", which rule keeps apart',
    ]);
    expect(constraintsSay([exempt('role: both'), ...files])).toEqual([]);
  });

  it('tells n - 1 of n permissions that assignments bring', () => {
    const names = ['buyer', 'cashier', 'signer'];
    const grants = ['data/contract:view', 'money/pay', 'money/sign'];
    const files = names.flatMap((name, index) => [
      role(name, { grants: grants.slice(index, index + 1) }),
      assignment(`${name}s`, name, ['auth0|1']),
    ]);
    expect(constraintsSay([constraint(separate(grants)), ...files])).toEqual([
      'RW5301 cashiers.yaml "auth0|1": auth0|1 holds "data/contract:view" and "money/pay", which rule keeps apart',
      'RW5301 signers.yaml "auth0|1": auth0|1 holds "data/contract:view" and "money/sign", which rule keeps apart',
    ]);
  });

  it('tells one who is excepted no more', () => {
    const ended = constraint(
      separate(['data/contract:view', 'data/spend:edit'], exception(['user: auth0|1'], '2026-11-20')),
    );
    const files = [ended, buyer, payer, held('buyer', ['auth0|1']), held('payer', ['auth0|1'])];
    expect(constraintsExplain(files)[0]?.related.slice(-2)).toEqual([
      'rule.yaml:5 the constraint rule',
      'rule.yaml:15 excepted through 2026-11-20',
    ]);
    const live = exempt('user: auth0|1');
    expect(constraintsSay([live, ...files.slice(1)])).toEqual([]);
  });

  it.each(['development', 'staging', 'production'])('knows roles that meet in %s alone', (purpose) => {
    const onlyIn = ['onlyIn:', `  - ${purpose}`];
    const here = role('buyer', { grants: ['data/contract:view'], more: onlyIn });
    const there = role('payer', { grants: ['data/spend:edit'], more: onlyIn });
    const people = [held('buyer', ['auth0|1'], []), held('payer', ['auth0|1'], [])];
    expect(constraintsSay([duties, here, there, ...people])).toHaveLength(1);
  });

  it('knows roles that meet in one of several environments', () => {
    const here = role('buyer', { grants: ['data/contract:view'], more: ['onlyIn:', '  - development', '  - staging'] });
    const there = role('payer', { grants: ['data/spend:edit'], more: ['onlyIn:', '  - production', '  - staging'] });
    const people = [held('buyer', ['auth0|1'], []), held('payer', ['auth0|1'], [])];
    expect(constraintsSay([duties, here, there, ...people])).toHaveLength(1);
  });

  it('knows roles that are never in one environment', () => {
    const dev = role('payer', { grants: ['data/spend:edit'], more: ['onlyIn:', '  - development'] });
    const live = role('buyer', { grants: ['data/contract:view'], more: ['onlyIn:', '  - production', '  - staging'] });
    const people = [held('buyer', ['auth0|1'], []), held('payer', ['auth0|1'], [])];
    expect(constraintsSay([duties, role('another', {}), dev, live, ...people])).toEqual([]);
    const everywhere = role('payer', { grants: ['data/spend:edit'] });
    expect(constraintsSay([duties, everywhere, live, ...people])).toHaveLength(1);
  });

  it('excepts a person as written or as told, or an assignment, but not by a role of one of the two', () => {
    const files = [buyer, payer, held('buyer', ['ann@example.com']), held('payer', ['ann@example.com'])];
    for (const name of [
      'user: ann@example.com',
      'user: ann@example.com (sso)',
      'user: Ann@example.com',
      'user: Ann@example.com (sso)',
      'assignment: payers',
      'assignment: buyers',
    ]) {
      expect(constraintsSay([exempt(name), ...files]), name).toEqual([]);
    }
    expect(constraintsSay([exempt('role: payer'), ...files]).map((line) => line.slice(0, 6))).toEqual([
      'RW5301',
      'RW5204',
    ]);
    for (const name of ['user: bob@example.com', 'user: ann@example.com (SSO)', 'user: ann@example.com (other)']) {
      const codes = constraintsSay([exempt(name), ...files]).map((line) => line.slice(0, 6));
      expect(codes, name).toEqual(['RW5301', 'RW5204']);
    }
  });

  it('takes no exception for unused because another pair is told first', () => {
    const three = separate(['money/pay', 'money/sign', 'data/spend:edit'], exception(['assignment: signers']));
    const files = [
      constraint(three),
      role('signer', { grants: ['money/sign'] }),
      role('cashier', { grants: ['money/pay'] }),
      role('payer', { grants: ['data/spend:edit'] }),
      assignment('signers', 'signer', ['auth0|1']),
      assignment('cashiers', 'cashier', ['auth0|1']),
      assignment('payers', 'payer', ['auth0|1']),
    ];
    expect(constraintsSay(files)).toEqual([
      'RW5301 payers.yaml "auth0|1": auth0|1 holds "money/pay" and "data/spend:edit", which rule keeps apart',
    ]);
  });
});
