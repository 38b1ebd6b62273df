import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { differenceText } from '../../../src/report/difference/text.ts';
import { coloured, plain } from '../../../src/report/paint.ts';
import { differenceOf, pullRequests } from './cases.ts';

/** What the terminal shows of a golden pull request, without its first and its last line. */
function told(name: string): string {
  return differenceText(differenceOf(name), plain).split('\n\n').slice(1, -1).join('\n\n');
}

describe('a difference in words', () => {
  it('has the sides first, one sentence, what is lost and by which line, and the counts last', () => {
    expect(differenceText(differenceOf('level-lowered'), plain)).toBe(
      [
        'Changes from main to the pull request',
        '',
        'productiv: Basic User loses Edit on Contract Data (keeps View)',
        '',
        'May do less',
        '  - Basic User loses Edit on Contract Data (keeps View)',
        '      can no longer  change contract information',
        '      grants         data/contract-data:view at roles/productiv/roles/basic-user.yaml:8',
        '',
        'Difference: roles and assignments: 0 new, 1 changed, 0 removed; permissions: 0 gained, 1 lost.',
        '',
      ].join('\n'),
    );
  });

  it('tells what many inherit once, and whom it reaches', () => {
    expect(told('parent-of-six-widened')).toBe(
      [
        'productiv: Basic User, and 6 roles with it, gain Edit on Spend Data (sensitive)',
        '',
        'May do more',
        '  + Basic User gains Edit on Spend Data   SENSITIVE',
        '      now sees  what an app costs',
        '      may now   change spend information; upload spend information',
        '      with it   Analyst (had View), Auditor, Buyer, Planner, Renewal Manager and Team Lead',
        '      grants    data/spend-data:edit at roles/productiv/roles/basic-user.yaml:9',
      ].join('\n'),
    );
  });

  it('tells of rules first, and of a version that does not say what changes', () => {
    expect(told('exception-added').indexOf('Rules that judge changes')).toBeLessThan(
      told('exception-added').indexOf('May do more'),
    );
    expect(told('catalog-version-not-raised')).toContain(
      '  ~ The catalog of Productiv: its version is 1.4.0, and must be 2.0.0 or higher\n',
    );
  });

  it('names the application where there are several', () => {
    expect(told('two-applications')).toContain('  + shop: Clerk gains Give Discounts   SENSITIVE\n');
    expect(told('level-lowered')).not.toContain('- productiv:');
  });

  it('says that nothing changes', () => {
    for (const name of ['comments-only', 'line-ends-only', 'role-moved']) {
      expect(differenceText(differenceOf(name), plain)).toBe(
        'No change from main to the pull request: everybody may do exactly what they could before.\n',
      );
    }
  });

  it.for(pullRequests())('%s: says the same with colours and without', (name) => {
    const text = differenceText(differenceOf(name), coloured);
    expect(stripVTControlCharacters(text)).toBe(differenceText(differenceOf(name), plain));
  });

  it('has signs in colour', () => {
    const text = differenceText(differenceOf('permissions-swapped'), coloured);
    expect(text).toContain('\u001b[32m+\u001b[39m \u001b[1mBasic User\u001b[22m gains');
    expect(text).toContain('\u001b[31m-\u001b[39m \u001b[1mBasic User\u001b[22m loses');
  });
});
