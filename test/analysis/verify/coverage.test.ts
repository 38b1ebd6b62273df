import { describe, expect, it } from 'vitest';
import { verifyRoleTests } from '../../../src/analysis/verify/verify-role-tests.ts';
import type { WantedCoverage } from '../../../src/language/settings.ts';
import type { Place, SourceFile } from '../../../src/language/source.ts';
import { assignment, customRole, list, modelOf, role } from '../constraints/sketch.ts';
import { roleTests } from './role-tests.ts';

const place: Place = { file: 'rolewright.config.yaml', line: 2, column: 3, endLine: 2, endColumn: 7 };
const wanting = (application: string, percent: number): WantedCoverage => ({ application, percent, place });
const roles = [
  role('block', { grants: ['money/pay'], more: ['assignable: false'] }),
  role('reader', { grants: ['data/contract:view', 'money/pay'], more: ['restrictable: true'] }),
  customRole('talkers', 'reader', ['zoom']),
  assignment('readers', 'reader', ['auth0|1'], { more: ['allApps: true'] }),
];
const shop = (files: readonly SourceFile[]) =>
  verifyRoleTests(modelOf([...roles, ...files])).coverage.find(({ application }) => application === 'shop');

describe('coverage', () => {
  it('has a cell for each role or custom role that people can hold, and permission', () => {
    expect(shop([])).toEqual({
      application: 'shop',
      covered: 0,
      cells: 8,
      share: 0,
      wanted: null,
      roles: ['reader', 'talkers'].map((name) => ({
        role: name,
        covered: 0,
        cells: 4,
        untested: ['data/contract', 'data/spend', 'money/pay', 'money/sign'],
      })),
    });
  });

  it('counts a permission that is named, at any level and however the test ends', () => {
    const lines = ['role: reader', ...list('can', ['data/contract:peek', 'data/spend:view'])];
    const twice = ['role: reader', ...list('cannot', ['data/contract:edit'])];
    expect(shop([roleTests(lines, twice)])).toMatchObject({
      covered: 2,
      share: 0.25,
      roles: [
        { role: 'reader', untested: ['money/pay', 'money/sign'] },
        { role: 'talkers', covered: 0 },
      ],
    });
  });

  it('counts all of a role whose set is told, also of a custom role on one app', () => {
    const reader = ['role: reader', ...list('exact', ['data/contract:view', 'money/pay'])];
    const talkers = ['role: talkers', 'app: asana', ...list('exact', ['money/pay'])];
    expect(shop([roleTests(reader, talkers)])).toMatchObject({ covered: 8, share: 1 });
  });

  it('counts neither assignments, nor building blocks, nor what could not be asked', () => {
    const blocks = [
      ['assignment: readers', ...list('can', ['money/pay'])],
      ['role: block', ...list('can', ['money/pay'])],
      ['role: talkers', ...list('can', ['data/contract:view'])],
    ];
    expect(shop([roleTests(...blocks)])).toMatchObject({ covered: 0 });
  });

  it('is whole where there is nothing to cover', () => {
    const { coverage } = verifyRoleTests(modelOf([]));
    expect(coverage.map(({ application, cells, share }) => [application, cells, share])).toEqual([
      ['desk', 0, 1],
      ['shop', 0, 1],
    ]);
  });
});

describe('a wanted coverage', () => {
  const lines = ['role: reader', ...list('exact', ['data/contract:view', 'money/pay'])];
  const model = modelOf([...roles, roleTests(lines)]);

  it('is met at its very share, and told below it, at the line of the settings', () => {
    expect(verifyRoleTests(model, [wanting('shop', 50)]).diagnostics).toEqual([]);
    const { diagnostics, coverage } = verifyRoleTests(model, [wanting('shop', 51)]);
    expect(diagnostics).toMatchObject([
      {
        code: 'RW5408',
        severity: 'error',
        place,
        message: 'role tests cover 50 % of shop, and 51 % is asked for',
        help: 'talkers has 0 of 4, and not data/contract, data/spend, money/pay',
      },
    ]);
    expect(coverage.map(({ wanted }) => wanted)).toEqual([null, 51]);
  });

  it('of an application that does not exist is an error, with the nearest', () => {
    const { diagnostics } = verifyRoleTests(model, [wanting('shopp', 50)]);
    expect(diagnostics).toMatchObject([{ code: 'RW2110', place, suggestion: 'shop' }]);
  });
});
