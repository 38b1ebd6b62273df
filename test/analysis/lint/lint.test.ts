import { describe, expect, it } from 'vitest';
import { catalog, clean, lintFiles, role, silenced, viewer } from './repository.ts';

const empty = role('newcomer', ['restrictable: false']);
const told = (levels: Parameters<typeof lintFiles>[1]) =>
  lintFiles([...clean, empty], levels).map(({ code, severity }) => `${code} ${severity}`);

describe('lint', () => {
  it('finds nothing where there is nothing', () => {
    expect(lintFiles(clean)).toEqual([]);
  });

  it('says the name of the lint, by which it can be silenced', () => {
    expect(lintFiles([...clean, empty])).toEqual([
      {
        code: 'RW7004',
        severity: 'advice',
        message: '"newcomer" gives no permission [role-without-grants]',
        place: { file: 'roles/desk/roles/newcomer.yaml', line: 5, column: 9, endLine: 5, endColumn: 17 },
        expected: null,
        suggestion: null,
        related: [],
        help: 'grant something, or remove the role',
      },
    ]);
  });

  it('takes the level of the settings', () => {
    expect(told({})).toEqual(['RW7004 advice']);
    expect(told({ 'role-without-grants': 'warning' })).toEqual(['RW7004 warning']);
    expect(told({ 'role-without-grants': 'error' })).toEqual(['RW7004 error']);
    expect(told({ 'role-without-grants': 'off' })).toEqual([]);
    expect(told({ 'redundant-grant': 'error' })).toEqual(['RW7004 advice']);
  });

  it('silences what the settings call an error, but not what is one by itself', () => {
    const files = [...clean, silenced(empty, 'role-without-grants')];
    expect(lintFiles(files, { 'role-without-grants': 'error' })).toEqual([]);
    const misspelt = [...clean, silenced(viewer, 'no-such-lint')];
    expect(lintFiles(misspelt, { 'unused-silence': 'advice' }).map(({ severity }) => severity)).toEqual(['error']);
    expect(lintFiles(misspelt, { 'unused-silence': 'off' })).toEqual([]);
  });

  it('silences a document, not its file: another document of the same file is told', () => {
    const both = {
      path: 'roles/desk/both.yaml',
      text: `${silenced(empty, 'role-without-grants').text}---\n${role('other', ['restrictable: false']).text}`,
    };
    expect(lintFiles([...clean, both]).map(({ message }) => message)).toEqual([
      '"other" gives no permission [role-without-grants]',
    ]);
  });

  it('does not depend on the order of the files', () => {
    const files = [
      catalog,
      role('b', ['inherits:', '  - a']),
      role('a', ['grants:', '  - data/spend-data:view']),
      empty,
    ];
    const sorted = (all: typeof files) =>
      lintFiles(all)
        .map((item) => JSON.stringify(item))
        .toSorted();
    expect(sorted(files.toReversed())).toEqual(sorted(files));
  });
});
