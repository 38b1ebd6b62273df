import { describe, expect, it } from 'vitest';
import { admin, clean, findings, lintFiles, role, silenced, viewer } from './repository.ts';

const lint = 'redundant-grant';

describe(lint, () => {
  it('finds a grant of what is inherited at the same level, with the line that grants it', () => {
    const editor = role('editor', ['inherits:', '  - viewer', 'grants:', '  - data/contract-data:view']);
    expect(findings(lint, [...clean, editor])).toEqual([
      'roles/desk/roles/editor.yaml:10:7 "data/contract-data:view" is inherited from "viewer" already',
    ]);
    const [found] = lintFiles([...clean, editor]).filter(({ code }) => code === 'RW7002');
    expect(found?.related.map(({ message, place }) => [message, place.file, place.line])).toEqual([
      ['inherits "viewer"', 'roles/desk/roles/editor.yaml', 8],
      ['"viewer" grants it', 'roles/desk/roles/viewer.yaml', 8],
    ]);
  });

  it('finds a grant below the level that is inherited, through any number of parents', () => {
    const chief = role('chief', ['inherits:', '  - admin', 'grants:', '  - data/spend-data:view']);
    expect(findings(lint, [...clean, chief])).toEqual([
      'roles/desk/roles/chief.yaml:10:7 "data/spend-data:view" gives nothing: "data/spend-data:edit" is inherited from "admin"',
    ]);
  });

  it('finds a grant of a permission without levels', () => {
    const chief = role('chief', ['inherits:', '  - admin', 'grants:', '  - settings/manage-settings']);
    expect(findings(lint, [...clean, chief])).toHaveLength(1);
  });

  it('takes a grant that raises the level for what it is', () => {
    expect(admin.text).toContain('data/contract-data:edit');
    expect(findings(lint, clean)).toEqual([]);
  });

  it('takes no offence at two parents that grant the same, nor at a role that nobody inherits', () => {
    const other = role('other', ['grants:', '  - data/contract-data:view']);
    const both = role('both', ['inherits:', '  - other', '  - viewer', 'grants:', '  - settings/manage-settings']);
    expect(findings(lint, [...clean, other, both])).toEqual([]);
  });

  it('is silenced in the role', () => {
    const editor = role('editor', ['inherits:', '  - viewer', 'grants:', '  - data/contract-data:view']);
    expect(findings(lint, [...clean, silenced(editor, lint)])).toEqual([]);
    expect(findings(lint, [...clean, editor, silenced(viewer, lint)])).toHaveLength(1);
  });
});
