import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../../src/analysis/constraints/check-constraints.ts';
import {
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

const supervises = (supervisor: string, supervised: readonly string[], exceptions: readonly string[] = []) => [
  'supervises:',
  `  supervisor: ${supervisor}`,
  ...list('supervised', supervised).map((line) => `  ${line}`),
  ...(exceptions.length === 0 ? [] : ['exceptions:', ...exceptions]),
];
const overClerk = (...exceptions: readonly (readonly string[])[]) =>
  constraint(supervises('boss', ['clerk'], exceptions.flat()));

describe('supervises', () => {
  it('is content with the same, more, and whatever is inherited', () => {
    const clerk = role('clerk', { grants: ['data/contract:view', 'money/pay'] });
    expect(constraintsSay([overClerk(), clerk, role('boss', { inherits: ['clerk'] })])).toEqual([]);
    const boss = role('boss', { grants: ['data/contract:edit', 'money/pay', 'money/sign'] });
    expect(constraintsSay([overClerk(), clerk, boss])).toEqual([]);
  });

  it('tells each lacking permission at the supervisor, with the chain of who holds it', () => {
    const base = role('base', { grants: ['data/contract:view'] });
    const clerk = role('clerk', { inherits: ['base'], grants: ['money/pay'] });
    const files = [overClerk(), base, clerk, role('boss', { grants: ['money/sign'] })];
    expect(constraintsSay(files)).toEqual([
      'RW5302 rule.yaml "boss": boss lacks "data/contract:view", which clerk holds',
      'RW5302 rule.yaml "boss": boss lacks "money/pay", which clerk holds',
    ]);
    const [first] = checkConstraints(modelOf(files), today);
    expect(first?.related.map(({ message, place }) => `${place.file} ${message}`)).toEqual([
      'clerk.yaml clerk inherits base',
      'base.yaml base grants data/contract:view',
    ]);
  });

  it('tells a permission once that several hold, at the highest level that is lacking', () => {
    const files = [
      constraint(supervises('boss', ['clerk', 'expert'])),
      role('clerk', { grants: ['data/contract:view'] }),
      role('expert', { grants: ['data/contract:edit'] }),
      role('boss', { grants: ['data/contract:peek'] }),
    ];
    expect(constraintsSay(files)).toEqual([
      'RW5302 rule.yaml "boss": boss lacks "data/contract:edit", which clerk and expert hold',
    ]);
    const [found] = checkConstraints(modelOf(files), today);
    expect(found?.help).toBe('grant it to boss, or list an exception for "data/contract:view"');
    const [, ...roles] = files;
    expect(constraintsSay([constraint(supervises('boss', ['expert', 'clerk'])), ...roles])).toEqual([
      'RW5302 rule.yaml "boss": boss lacks "data/contract:edit", which expert and clerk hold',
    ]);
  });

  it('says for which apps alone it has that very level, and of several roles shows the one that has most more', () => {
    const clerk = role('clerk', { grants: ['data/contract:edit'], more: ['restrictable: true'] });
    const viewer = role('viewer', { grants: ['data/contract:view'], more: ['restrictable: true'] });
    const roles = [clerk, viewer, customRole('boss', 'viewer', ['zoom']), customRole('lesser', 'clerk', ['zoom'])];
    const told = (...supervised: readonly string[]) =>
      constraintsExplain([constraint(supervises('boss', supervised)), ...roles]).map(({ message, help }) => [
        message,
        help,
      ]);
    expect(told('lesser')).toEqual([
      [
        'boss lacks "data/contract:edit", which lesser holds',
        'grant it to boss, or list an exception for "data/contract:edit"',
      ],
    ]);
    for (const both of [
      ['clerk', 'lesser'],
      ['lesser', 'clerk'],
    ]) {
      expect(told(...both)).toEqual([
        [
          `boss lacks "data/contract:edit", which ${both.join(' and ')} hold`,
          'grant it to boss, or list an exception for "data/contract:peek"',
        ],
      ]);
    }
    expect(told('lesser', 'viewer')).toEqual([
      [
        'boss lacks "data/contract:edit", which lesser and viewer hold',
        'grant it to boss, or list an exception for "data/contract:edit"',
      ],
    ]);
    expect(told('viewer')).toEqual([
      [
        'boss lacks "data/contract:view" for any app but zoom, which viewer holds',
        'give boss the other apps, or list an exception for "data/contract:peek"',
      ],
    ]);
  });

  it('excepts the level that is named and those above, not those below', () => {
    const clerk = role('clerk', { grants: ['data/contract:edit'] });
    const boss = role('boss', {});
    const edit = exception(['permission: data/contract:edit']);
    const peek = exception(['permission: data/contract:peek']);
    expect(constraintsSay([overClerk(edit), clerk, boss])).toEqual([
      'RW5302 rule.yaml "boss": boss lacks "data/contract:view", which clerk holds',
    ]);
    expect(constraintsSay([overClerk(peek), clerk, boss])).toEqual([]);
    expect(constraintsSay([overClerk(edit), clerk, role('boss', { grants: ['data/contract:view'] })])).toEqual([]);
  });

  it('tells an exception below what the supervisor holds as of no use', () => {
    const exceptions = [exception(['permission: data/contract:edit']), exception(['permission: data/contract:view'])];
    const clerk = role('clerk', { grants: ['data/contract:edit'] });
    expect(constraintsSay([overClerk(...exceptions), clerk, role('boss', { grants: ['data/contract:view'] })])).toEqual(
      ['RW5204 rule.yaml "data/contract:view": the exception excepts nothing'],
    );
  });

  it('excepts for one supervised role only, where one is named', () => {
    const rule = constraint(
      supervises('boss', ['clerk', 'expert'], exception(['permission: money/pay', 'role: clerk'])),
    );
    const clerk = role('clerk', { grants: ['money/pay'] });
    const boss = role('boss', {});
    expect(constraintsSay([rule, clerk, role('expert', {}), boss])).toEqual([]);
    expect(constraintsSay([rule, clerk, role('expert', { grants: ['money/pay'] }), boss])).toEqual([
      'RW5302 rule.yaml "boss": boss lacks "money/pay", which expert holds',
    ]);
  });

  it('tells an exception for what is not lacking, or that nobody supervised holds, as of no use', () => {
    const clerk = role('clerk', { grants: ['data/contract:view'] });
    const boss = role('boss', { grants: ['data/contract:view'] });
    for (const permission of ['data/contract:peek', 'data/contract:edit', 'money/pay']) {
      expect(constraintsSay([overClerk(exception([`permission: ${permission}`])), clerk, boss])).toEqual([
        `RW5204 rule.yaml "${permission}": the exception excepts nothing`,
      ]);
    }
  });

  it('asks a narrowed supervisor for every app that is reached', () => {
    const clerk = role('clerk', { grants: ['data/contract:view', 'money/pay'], more: ['restrictable: true'] });
    const boss = customRole('boss', 'clerk', ['slack', 'zoom']);
    expect(constraintsSay([overClerk(), clerk, boss])).toEqual([
      'RW5302 rule.yaml "boss": boss lacks "data/contract:view" for any app but slack and zoom, which clerk holds',
    ]);
    const overLesser = (apps: readonly string[]) => [
      constraint(supervises('boss', ['lesser'])),
      clerk,
      boss,
      customRole('lesser', 'clerk', apps),
    ];
    expect(constraintsSay(overLesser(['zoom']))).toEqual([]);
    expect(constraintsSay(overLesser(['asana', 'zoom']))).toHaveLength(1);
    expect(constraintsSay([constraint(supervises('clerk', ['boss'])), clerk, boss])).toEqual([]);
    const expert = role('expert', { grants: ['data/spend:view'] });
    expect(constraintsSay([constraint(supervises('boss', ['expert'])), clerk, boss, expert])).toEqual([
      'RW5302 rule.yaml "boss": boss lacks "data/spend:view", which expert holds',
    ]);
    expect(constraintsSay([overClerk(exception(['permission: data/contract:peek'])), clerk, boss])).toEqual([]);
  });

  it('says that apps are missing, and not the permission', () => {
    const clerk = role('clerk', { grants: ['data/contract:view'], more: ['restrictable: true'] });
    const files = [overClerk(), clerk, customRole('boss', 'clerk', ['slack', 'zoom'])];
    expect(constraintsExplain(files)[0]?.help).toBe(
      'give boss the other apps, or list an exception for "data/contract:peek"',
    );
  });

  it('excepts no other permission at the same level, and none of another application', () => {
    const clerk = role('clerk', { grants: ['money/pay', 'money/sign'] });
    const told = constraintsSay([overClerk(exception(['permission: money/pay'])), clerk, role('boss', {})]);
    expect(told).toEqual(['RW5302 rule.yaml "boss": boss lacks "money/sign", which clerk holds']);
    const across = constraint(supervises('shop/boss', ['shop/clerk'], exception(['permission: desk/money/pay'])), null);
    expect(
      constraintsSay([across, clerk, role('boss', { grants: ['money/sign'] })]).map((line) => line.slice(0, 6)),
    ).toEqual(['RW5302', 'RW5204']);
  });

  it('lacks what it holds in its own application and not in the other, narrowed or not', () => {
    const rule = constraint(supervises('desk/boss', ['shop/clerk']), null);
    const clerk = role('clerk', { grants: ['data/contract:view', 'money/pay'] });
    const boss = role('boss', { application: 'desk', grants: ['money/pay'] });
    expect(constraintsSay([rule, clerk, boss])).toEqual([
      'RW5302 rule.yaml "desk/boss": desk/boss lacks "shop/data/contract:view", which shop/clerk holds',
      'RW5302 rule.yaml "desk/boss": desk/boss lacks "shop/money/pay", which shop/clerk holds',
    ]);
  });

  it('lacks all of another application', () => {
    const rule = constraint(supervises('shop/boss', ['desk/clerk', 'shop/boss']), null);
    const clerk = role('clerk', { application: 'desk', grants: ['work/file'] });
    expect(constraintsSay([rule, clerk, role('boss', { grants: ['money/pay'] })])).toEqual([
      'RW5302 rule.yaml "shop/boss": shop/boss lacks "desk/work/file", which desk/clerk holds',
    ]);
  });
});
