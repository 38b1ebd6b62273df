import { describe, expect, it } from 'vitest';
import { told } from './told.ts';
import { assignment, edited, shopDifference } from './trees.ts';

const people = (users: readonly string[], role = 'viewer') => ({ 'people.yaml': assignment('people', role, users) });

describe('the people of an assignment', () => {
  it.for([
    ['auth0|1 2027-03-31', 'auth0|1 2027-12-31', 'widening', 'extended, 2027-03-31 → 2027-12-31'],
    ['auth0|1 2027-12-31', 'auth0|1 2027-03-31', 'narrowing', 'shortened, 2027-12-31 → 2027-03-31'],
    ['auth0|1 2027-12-31', 'auth0|1', 'widening', 'extended, 2027-12-31 → null'],
    ['auth0|1', 'auth0|1 2027-12-31', 'narrowing', 'shortened, null → 2027-12-31'],
  ] as const)('%s becomes %s', ([base, head, direction, change]) => {
    expect(told(shopDifference(people([head]), people([base])))).toEqual([
      `assignment people: changed, ${direction}, medium (holders)`,
      `  auth0|1 ${change}`,
    ]);
  });

  it('who are added hold all of it, which is sensitive if any of it is', () => {
    const difference = shopDifference(people(['auth0|1', 'auth0|2'], 'owner'), people(['auth0|1'], 'owner'));
    expect(told(difference)).toEqual([
      'assignment people: changed, widening, high (sensitive, holders)',
      '  auth0|2 added, null → null',
    ]);
    expect(difference.summary).toMatchObject({ widening: 1, peopleGained: 1, peopleLost: 0 });
  });

  it('who leave lose it, and the place is where they stood', () => {
    const difference = shopDifference(people(['auth0|1']), people(['auth0|1', 'auth0|2']));
    expect(told(difference)).toEqual([
      'assignment people: changed, narrowing, medium (holders)',
      '  auth0|2 removed, null → null',
    ]);
    expect(difference.subjects[0]?.people[0]?.place).toMatchObject({ side: 'base', file: 'people.yaml', line: 11 });
  });

  it('whose last day is over have lost it already, and gain it by another day', () => {
    const over = people(['auth0|1', 'auth0|2 2026-11-20']);
    expect(told(shopDifference(people(['auth0|1']), over))).toEqual([]);
    expect(told(shopDifference(people(['auth0|1', 'auth0|2 2027-01-31']), over))[1]).toBe(
      '  auth0|2 added, null → 2027-01-31',
    );
  });

  it('are the same however their address is written', () => {
    const by = (email: string) => ({
      'people.yaml': assignment('people', 'viewer', ['x']).replace(
        '- id: x',
        `- email: ${email}\n      connection: sso`,
      ),
    });
    expect(told(shopDifference(by('Dana@Example.com'), by('dana@example.com')))).toEqual([]);
  });

  it('are counted once for what reaches them twice', () => {
    const twice = { ...people(['auth0|1', 'auth0|2']), 'more.yaml': assignment('more', 'viewer', ['auth0|1']) };
    const difference = shopDifference(edited('viewer.yaml', 'view\n', 'view\n    - money/pay\n'), twice);
    expect(difference.causes[0]?.people).toBe(2);
    expect(difference.subjects.map(({ name, holders }) => [name, holders])).toEqual([
      ['more', 1],
      ['people', 2],
      ['viewer', 2],
    ]);
  });

  it('are not known of an application that declares none', () => {
    const difference = shopDifference(edited('viewer.yaml', 'view\n', 'view\n    - money/pay\n'));
    expect([difference.causes[0]?.people, difference.subjects[0]?.holders]).toEqual([null, null]);
  });
});
