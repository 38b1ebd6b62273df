import { describe, expect, it } from 'vitest';
import { catalog, clean, document, findings, role, silenced, viewer, withApps } from './repository.ts';

const lint = 'unheld-permission';

describe(lint, () => {
  it('finds permissions that no role holds, and levels above the highest that is held', () => {
    expect(findings(lint, [catalog, viewer])).toEqual([
      'roles/desk/catalog.yaml:16:21 no role holds "data/contract-data:edit"',
      'roles/desk/catalog.yaml:26:21 no role holds "data/spend-data:edit"',
      'roles/desk/catalog.yaml:31:17 no role holds "settings/manage-settings"',
    ]);
  });

  it('is told once for a permission of which no level is held', () => {
    const contractor = role('contractor', ['grants:', '  - data/contract-data:edit', '  - settings/manage-settings']);
    expect(findings(lint, [catalog, contractor])).toEqual([
      'roles/desk/catalog.yaml:20:17 no role holds "data/spend-data"',
    ]);
  });

  it('finds what only a building block holds that nobody inherits', () => {
    const block = role('block', ['assignable: false', 'grants:', '  - settings/manage-settings']);
    const editor = role('editor', ['grants:', '  - data/contract-data:edit', '  - data/spend-data:edit']);
    expect(findings(lint, [catalog, editor, block])).toHaveLength(1);
    const heir = role('heir', ['inherits:', '  - block']);
    expect(findings(lint, [catalog, editor, block, heir])).toEqual([]);
  });

  it('is content with a lower level, which the higher one includes', () => {
    expect(findings(lint, clean)).toEqual([]);
  });

  it('is content with a custom role of a building block', () => {
    const spec = ['assignable: false', 'restrictable: true', 'grants:'];
    const all = ['  - data/contract-data:edit', '  - data/spend-data:edit', '  - settings/manage-settings'];
    const custom = document('CustomRole', 'zoomers', ['base: block', 'apps:', '  - zoom'], 'roles/desk/zoomers.yaml');
    const files = [...withApps(['apps:', '  - name: zoom']), role('block', [...spec, ...all]), custom];
    expect(findings(lint, files)).toEqual([]);
  });

  it('waits for the first role', () => {
    expect(findings(lint, [catalog])).toEqual([]);
  });

  it('is silenced in the catalog', () => {
    expect(findings(lint, [silenced(catalog, lint), viewer])).toEqual([]);
  });
});
