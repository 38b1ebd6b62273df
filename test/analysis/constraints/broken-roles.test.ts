import { describe, expect, it } from 'vitest';
import { checkConstraints } from '../../../src/analysis/constraints/check-constraints.ts';
import { check } from '../../../src/pipeline.ts';
import { catalogs, document, modelOf, role, today, told } from './sketch.ts';

const circle = [role('one', { inherits: ['other'] }), role('other', { inherits: ['one'] })];
const sound = role('sound', { grants: ['money/pay'] });
const rule = (lines: readonly string[]) => document('Constraint', 'rule', 'shop', lines);

describe('a role that could not be resolved', () => {
  it.each([
    [['supervises:', '  supervisor: one', '  supervised:', '    - sound']],
    [['supervises:', '  supervisor: sound', '  supervised:', '    - one']],
    [['holders:', '  role: one', '  atLeast: 1']],
    [['reserved:', '  permissions:', '    - money/pay', '  roles:', '    - one', '    - sound']],
  ])('breaks no rule, as nobody knows what it holds: %s', (lines) => {
    const files = [...catalogs, ...circle, sound, rule(lines)];
    const [model, problems] = check(files);
    expect(model).toBeNull();
    expect(told(problems, files)).toEqual(['RW3101 other.yaml "one": roles inherit in a circle: one → other → one']);
  });

  it('hides no rule that another one breaks', () => {
    const lines = ['reserved:', '  permissions:', '    - money/pay', '  roles:', '    - one'];
    const files = [...catalogs, ...circle, sound, rule(lines)];
    expect(check(files)[1].map(({ code }) => code)).toEqual(['RW3101', 'RW5303']);
  });
});

describe('an application that is not there', () => {
  it('is a mistake of who calls, and never a rule that holds', () => {
    const lines = ['reserved:', '  permissions:', '    - money/pay', '  roles:', '    - sound'];
    const model = modelOf([sound, rule(lines)]);
    expect(() => checkConstraints({ ...model, applications: [] }, today)).toThrow('no application shop');
  });
});
