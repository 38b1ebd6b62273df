import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../../src/analysis/constraints/check-constraints.ts';
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

const holders = (lines: readonly string[], ...exceptions: readonly (readonly string[])[]) =>
  constraint([
    'holders:',
    '  role: admin',
    ...lines.map((line) => `  ${line}`),
    ...(exceptions.length === 0 ? [] : ['exceptions:', ...exceptions.flat()]),
  ]);
const admin = role('admin', { grants: ['money/pay'], more: ['restrictable: true'] });
const whole = (name: string, users: readonly string[]) => assignment(name, 'admin', users, { more: ['allApps: true'] });
const narrowed = (name: string, users: readonly string[]) =>
  assignment(name, 'admin', users, { more: list('apps', ['zoom']) });

describe('holders', () => {
  it('counts people and not entries, over all assignments', () => {
    const files = [admin, whole('one', ['auth0|1', 'auth0|2']), whole('two', ['auth0|2', 'ann@example.com'])];
    expect(constraintsSay([holders(['atLeast: 3', 'atMost: 3']), ...files])).toEqual([]);
    expect(constraintsSay([holders(['atLeast: 4']), ...files])).toEqual([
      'RW5304 rule.yaml "admin": admin is held by 3 people, and at least 4 are wanted',
    ]);
    expect(constraintsSay([holders(['atMost: 2']), ...files])).toEqual([
      'RW5304 rule.yaml "admin": admin is held by 3 people, and at most 2 are allowed',
    ]);
  });

  it('counts nobody where nobody is assigned', () => {
    expect(constraintsSay([holders(['atLeast: 1']), admin])).toEqual([
      'RW5304 rule.yaml "admin": admin is held by 0 people, and at least 1 are wanted',
    ]);
    expect(constraintsSay([holders(['atLeast: 0', 'atMost: 0']), admin])).toEqual([]);
  });

  it('counts whom it ends for today, and not whom it ended for yesterday', () => {
    const files = [admin, whole('one', ['auth0|1 through 2026-11-21', 'auth0|2 through 2026-11-20'])];
    expect(constraintsSay([holders(['atLeast: 1', 'atMost: 1']), ...files])).toEqual([]);
  });

  it('counts the narrowed against a limit, and not for a minimum', () => {
    const custom = [customRole('custom', 'admin', ['slack']), assignment('three', 'custom', ['auth0|3'])];
    const files = [admin, whole('one', ['auth0|1']), narrowed('two', ['auth0|2']), ...custom];
    expect(constraintsSay([holders(['atLeast: 2', 'atMost: 2']), ...files])).toEqual([
      'RW5304 rule.yaml "admin": admin is held by 1 person, and at least 2 are wanted',
      'RW5304 rule.yaml "admin": admin is held by 3 people, and at most 2 are allowed',
    ]);
  });

  it('counts the holders of a custom role, and no heirs', () => {
    const custom = customRole('custom', 'admin', ['slack']);
    const rule = constraint(['holders:', '  role: custom', '  atLeast: 1', '  atMost: 1']);
    expect(constraintsSay([rule, admin, custom, assignment('one', 'custom', ['auth0|1'])])).toEqual([]);
    const heir = role('heir', { inherits: ['admin'] });
    expect(constraintsSay([holders(['atMost: 0']), admin, heir, assignment('one', 'heir', ['auth0|1'])])).toEqual([]);
  });

  it('counts nobody who holds a custom role of another role', () => {
    const other = role('other', { grants: ['money/sign'], more: ['restrictable: true'] });
    const custom = [customRole('custom', 'other', ['slack']), assignment('one', 'custom', ['auth0|1'])];
    expect(constraintsSay([holders(['atMost: 0']), admin, other, ...custom])).toEqual([]);
  });

  it('shows each person once, with the assignment, and what has excepted them', () => {
    const ended = exception(['role: admin'], '2026-11-20');
    const people = [whole('one', ['auth0|1', 'ann@example.com']), whole('two', ['Ann@example.com'])];
    expect(constraintsExplain([holders(['atMost: 1'], ended), admin, ...people])[0]).toEqual({
      message: 'admin is held by 2 people, and at most 1 are allowed',
      related: [
        'one.yaml:10 auth0|1 by one',
        'one.yaml:11 ann@example.com (sso) by one',
        'rule.yaml:14 excepted through 2026-11-20',
      ],
      help: null,
    });
  });

  it('says nothing of a role that could not be resolved, which has been told', () => {
    const model = modelOf([holders(['atLeast: 1']), admin]);
    const applications = model.applications.map((application) => ({ ...application, roles: [] }));
    expect(checkConstraints(model, today)).toHaveLength(1);
    expect(checkConstraints({ ...model, applications }, today)).toEqual([]);
  });

  it('is excepted for its own role', () => {
    expect(constraintsSay([holders(['atLeast: 1'], exception(['role: admin'])), admin])).toEqual([]);
    const other = role('other', { grants: ['money/pay'] });
    expect(constraintsSay([holders(['atMost: 1'], exception(['role: other'])), admin, other])).toEqual([
      'RW5204 rule.yaml "other": the exception excepts nothing',
    ]);
  });
});
