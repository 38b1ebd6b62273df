import { describe, expect, it } from 'vitest';
import { lookUpHolder } from '../../../src/analysis/explain/look-up-holder.ts';
import { modelOf, people, realFiles } from './real-catalogs.ts';

const renamed = [...(await realFiles()), people].map(({ path, text }) => ({
  path,
  text: path.endsWith('roles/basic-user.yaml')
    ? text.replace('  name: basic-user\n', '  name: basic-user\n  formerly:\n    - plain-user\n')
    : text,
}));
const model = modelOf(renamed);

function problem(reference: string) {
  const [found, [first, ...others]] = lookUpHolder(model, reference);
  expect([found, others, first?.place]).toEqual([null, [], null]);
  return [first?.code, first?.suggestion, first?.message];
}

describe('who is asked about', () => {
  it('may be a role, a custom role or an assignment', () => {
    const kinds = ['basic-user', 'emea-procurement', 'chat-team'].map((name) => {
      const [found] = lookUpHolder(model, `productiv/${name}`);
      return found?.holder.kind;
    });
    expect(kinds).toEqual(['role', 'custom-role', 'assignment']);
  });

  it('is suggested where it is misspelt', () => {
    expect(problem('productiv/basc-user')).toEqual([
      'RW2109',
      'productiv/basic-user',
      'productiv has no role "basc-user"',
    ]);
    expect(problem('prodctiv/basic-user')).toEqual([
      'RW2110',
      'productiv/basic-user',
      'unknown application "prodctiv"',
    ]);
    expect(problem('productiv/moon')).toEqual(['RW2109', null, 'productiv has no role "moon"']);
  });

  it('is named with its application, which is never guessed', () => {
    expect(problem('basic-user')).toEqual([
      'RW4107',
      'productiv/basic-user',
      '"basic-user" does not name its application',
    ]);
    expect(problem('basicuser').slice(0, 2)).toEqual(['RW4107', 'productiv/basic-user']);
    expect(problem('moon').slice(0, 2)).toEqual(['RW4107', null]);
  });

  it('is told its new name', () => {
    expect(problem('productiv/plain-user')).toEqual([
      'RW2114',
      'productiv/basic-user',
      '"productiv/plain-user" is now called "productiv/basic-user"',
    ]);
  });
});
