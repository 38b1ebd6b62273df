import { describe, expect, it } from 'vitest';
import { admin, catalog, clean, findings, lintFiles, role, silenced, viewer } from './repository.ts';

const lint = 'unused-silence';
const empty = role('newcomer', ['restrictable: false']);

describe(lint, () => {
  it('finds a silence that silences nothing, at the name of the lint', () => {
    expect(findings(lint, [...clean, silenced(viewer, 'redundant-grant')])).toEqual([
      'roles/desk/roles/viewer.yaml:5:13 "redundant-grant" finds nothing in this document that could be silenced',
    ]);
  });

  it('refuses a silence of a lint that does not exist, and says which was meant', () => {
    const [found, ...others] = lintFiles([...clean, silenced(viewer, 'redundant-grants')]);
    expect(others).toEqual([]);
    expect([found?.code, found?.severity, found?.suggestion]).toEqual(['RW7010', 'error', 'redundant-grant']);
    expect(found?.message).toBe('there is no lint "redundant-grants" [unused-silence]');
  });

  it('takes no offence at a silence that silences something, once or more', () => {
    expect(findings(lint, [...clean, silenced(empty, 'role-without-grants')])).toEqual([]);
    const twice = role('twice', [
      'inherits:',
      '  - admin',
      'grants:',
      '  - data/contract-data:view',
      '  - data/spend-data:view',
    ]);
    expect(findings(lint, [...clean, silenced(twice, 'redundant-grant')])).toEqual(
      // It gives what `admin` gives, which is another lint's concern.
      [],
    );
  });

  it('finds the second of two silences of one lint', () => {
    const twice = silenced(empty, 'role-without-grants').text.replace(
      '      reason: It is meant.',
      '      reason: It is meant.\n    - lint: role-without-grants\n      reason: It is meant.',
    );
    expect(findings(lint, [...clean, { ...empty, text: twice }])).toHaveLength(1);
  });

  it('looks at the document of the silence, not at its file, nor at another document', () => {
    const both = {
      path: 'roles/desk/both.yaml',
      text: `${silenced(viewer, 'role-without-grants').text}---\n${empty.text}`,
    };
    expect(lintFiles([catalog, both, admin]).map(({ message }) => message)).toEqual([
      '"newcomer" gives no permission [role-without-grants]',
      '"role-without-grants" finds nothing in this document that could be silenced [unused-silence]',
    ]);
  });

  it('cannot be silenced itself: whatever silences it is unused', () => {
    expect(findings(lint, [...clean, silenced(viewer, lint)])).toEqual([
      'roles/desk/roles/viewer.yaml:5:13 "unused-silence" finds nothing in this document that could be silenced',
    ]);
  });

  it('does not take a lint that is off for unused', () => {
    const files = [...clean, silenced(empty, 'role-without-grants')];
    expect(lintFiles(files, { 'role-without-grants': 'off' })).toEqual([]);
  });
});
