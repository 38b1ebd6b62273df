import { describe, expect, it } from 'vitest';
import { clean, document, findings, role, silenced, withApps } from './repository.ts';

const lint = 'unused-building-block';
const block = role('shared', ['assignable: false', 'grants:', '  - data/spend-data:view']);

describe(lint, () => {
  it('finds a building block that no role inherits', () => {
    expect(findings(lint, [...clean, block])).toEqual([
      'roles/desk/roles/shared.yaml:5:9 no role is built on "shared"',
    ]);
  });

  it('is content with an heir, be it a building block too', () => {
    const heir = role('heir', ['assignable: false', 'inherits:', '  - shared']);
    expect(findings(lint, [...clean, block, heir])).toEqual([
      'roles/desk/roles/heir.yaml:5:9 no role is built on "heir"',
    ]);
  });

  it('is content with a custom role', () => {
    const base = role('shared', ['assignable: false', 'restrictable: true', 'grants:', '  - data/spend-data:view']);
    const custom = document('CustomRole', 'zoomers', ['base: shared', 'apps:', '  - zoom'], 'roles/desk/zoomers.yaml');
    expect(findings(lint, [...clean, ...withApps(['apps:', '  - name: zoom']), base, custom])).toEqual([]);
  });

  it('says nothing of a role that people can hold', () => {
    expect(findings(lint, [...clean, role('alone', ['grants:', '  - data/spend-data:view'])])).toEqual([]);
  });

  it('is silenced in the building block', () => {
    expect(findings(lint, [...clean, silenced(block, lint)])).toEqual([]);
  });
});
