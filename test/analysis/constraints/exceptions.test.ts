import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../../src/analysis/constraints/check-constraints.ts';
import {
  assignment,
  constraint,
  constraintsExplain,
  constraintsSay,
  exception,
  modelOf,
  problemsOf,
  role,
} from './sketch.ts';

const rule = (last: string) =>
  constraint([
    'reserved:',
    '  permissions:',
    '    - money/pay',
    '  roles:',
    '    - owner',
    'exceptions:',
    ...exception(['role: other'], last),
  ]);
const owner = role('owner', { grants: ['money/pay'] });
const other = role('other', { grants: ['money/pay'] });

describe('the last day of an exception', () => {
  it.each([
    ['2026-12-22', []],
    ['2026-12-21', ['the exception ends on 2026-12-21, in 30 days (owner o@example.com)']],
    ['2026-11-22', ['the exception ends on 2026-11-22, in 1 day (owner o@example.com)']],
    ['2026-11-21', ['the exception ends on 2026-11-21, today (owner o@example.com)']],
  ])('of %s is told on 2026-11-21 from 30 days before on, and excepts through its end', (last, messages) => {
    expect(constraintsSay([rule(last), owner, other])).toEqual(
      messages.map((message) => `RW5203 rule.yaml "${last}": ${message}`),
    );
  });

  it('is an error when it is over, at its token, and what it excepted is told again and shows it', () => {
    const files = [rule('2026-11-20'), owner, other];
    expect(constraintsSay(files)).toEqual([
      'RW5303 other.yaml "money/pay": other holds "money/pay", which rule reserves',
      'RW5202 rule.yaml "2026-11-20": the exception ended on 2026-11-20 (owner o@example.com)',
    ]);
    const [broken] = checkConstraints(modelOf(files), '2026-11-21');
    expect(broken?.related.at(-1)?.message).toBe('excepted through 2026-11-20');
  });

  it.each([
    ['2026-11-20', 'mend what it excepted, or have its owner set a later day'],
    ['2026-11-22', 'mend what it excepts, or set a later day'],
  ])('says of %s what to do', (last, help) => {
    expect(constraintsExplain([rule(last), owner, other]).at(-1)?.help).toBe(help);
  });

  it('is not told of one that is over where another one excepts', () => {
    const both = constraint([
      'supervises:',
      '  supervisor: boss',
      '  supervised:',
      '    - clerk',
      'exceptions:',
      ...exception(['permission: data/contract:edit'], '2026-11-20'),
      ...exception(['permission: data/contract:edit']),
      ...exception(['permission: data/contract:view'], '2026-11-19'),
    ]);
    const clerk = role('clerk', { grants: ['data/contract:edit'] });
    const [broken] = constraintsExplain([both, role('boss', {}), clerk]);
    expect(broken).toEqual({
      message: 'boss lacks "data/contract:view", which clerk holds',
      related: ['clerk.yaml:8 clerk grants data/contract:edit', 'rule.yaml:23 excepted through 2026-11-19'],
      help: 'grant it to boss, or list an exception for "data/contract:peek"',
    });
  });

  it('depends on the day that counts as today alone', () => {
    const files = [rule('2026-11-20'), owner, other];
    expect(constraintsSay(files, '2026-10-20')).toEqual([]);
    expect(constraintsSay(files, '2026-10-21')).toHaveLength(1);
  });

  it('is an error when it is over even if nothing is left to except', () => {
    const nothing = role('other', { grants: ['money/sign'] });
    expect(constraintsSay([rule('2026-11-20'), owner, nothing])).toEqual([
      'RW5202 rule.yaml "2026-11-20": the exception ended on 2026-11-20 (owner o@example.com)',
    ]);
  });
});

describe('an exception of no use', () => {
  it('is told at what it names, and its end is not told besides', () => {
    const nothing = role('other', { grants: ['money/sign'] });
    expect(constraintsSay([rule('2026-11-30'), owner, nothing])).toEqual([
      'RW5204 rule.yaml "other": the exception excepts nothing',
    ]);
    expect(constraintsExplain([rule('2026-11-30'), owner, nothing])[0]?.help).toBe(
      'remove it, or correct what it names',
    );
  });

  it.each([['role: buyer'], ['assignment: buyers'], ['user: ann@example.com'], ['permission: money/pay']])(
    'is told at %s',
    (name) => {
      const [rule, files] = name.startsWith('permission')
        ? [['supervises:', '  supervisor: buyer', '  supervised:', '    - owner'], [role('owner', {})]]
        : [['separate:', '  permissions:', '    - money/pay', '    - money/sign'], []];
      const told = constraintsSay([
        constraint([...rule, 'exceptions:', ...exception([name])]),
        ...files,
        role('buyer', { grants: ['money/pay'] }),
        assignment('buyers', 'buyer', ['auth0|1']),
      ]);
      expect(told).toEqual([`RW5204 rule.yaml "${name.replace(/.*: /u, '')}": the exception excepts nothing`]);
    },
  );
});

describe('a constraint that cannot be right', () => {
  it.each([
    [
      'reserved',
      ['reserved:', '  permissions:', '    - money/pay', '  roles:', '    - owner'],
      ['user: ann'],
      'user',
      'role, perhaps with permission',
    ],
    ['holders', ['holders:', '  role: owner', '  atMost: 1'], ['role: owner', 'user: ann'], 'user', 'role'],
    [
      'supervises',
      ['supervises:', '  supervisor: owner', '  supervised:', '    - other'],
      ['role: other'],
      'role',
      'permission, perhaps with role',
    ],
  ])('excepts from %s what it cannot', (kind, lines, names, token) => {
    const found = names.map((name) => name.replace(/:.*$/u, '')).join(' and ');
    expect(problemsOf([constraint([...lines, 'exceptions:', ...exception(names)]), owner, other])).toEqual([
      `RW5205 rule.yaml "${token}": an exception to ${kind} that names ${found}`,
    ]);
  });

  it('keeps a permission apart from itself', () => {
    const lines = ['separate:', '  permissions:', '    - data/contract:view', '    - data/contract:edit'];
    expect(problemsOf([constraint(lines)])).toEqual([
      'RW5207 rule.yaml "data/contract:edit": "data/contract:view" and "data/contract:edit" are one permission',
    ]);
  });

  it('names something twice', () => {
    const lines = ['supervises:', '  supervisor: owner', '  supervised:', '    - other', '    - other'];
    expect(problemsOf([constraint(lines), owner, other])).toEqual([
      'RW2120 rule.yaml "other": "other" stands twice under supervised',
    ]);
  });

  it('names what does not exist, each an error at its token', () => {
    const lines = [
      'supervises:',
      '  supervisor: ownr',
      '  supervised:',
      '    - othr',
      'exceptions:',
      ...exception(['permission: money/pya']),
    ];
    expect(problemsOf([constraint(lines), owner, other]).map((line) => line.slice(0, 24))).toEqual([
      'RW2109 rule.yaml "ownr":',
      'RW2109 rule.yaml "othr":',
      'RW2104 rule.yaml "money/',
    ]);
    const reserved = ['reserved:', '  permissions:', '    - money/pya', '  roles:', '    - owner'];
    expect(problemsOf([constraint(reserved), owner]).map((line) => line.slice(0, 29))).toEqual([
      'RW2104 rule.yaml "money/pya":',
    ]);
  });
});
