import { describe, expect, it } from 'vitest';
import { clean, document, findings, role, silenced, viewer, withApps } from './repository.ts';

const lint = 'same-permissions';
const grants = ['grants:', '  - data/contract-data:view', '  - data/spend-data:view'];

describe(lint, () => {
  it('finds a role that gives exactly what another one gives', () => {
    expect(findings(lint, [...clean, role('watcher', grants)])).toEqual([
      'roles/desk/roles/watcher.yaml:5:9 "watcher" gives exactly what "viewer" gives',
    ]);
  });

  it('finds a role that inherits and adds nothing', () => {
    expect(findings(lint, [...clean, role('watcher', ['inherits:', '  - viewer'])])).toHaveLength(1);
  });

  it('is told at each but the first of three', () => {
    const others = [role('onlooker', grants), role('watcher', grants)];
    expect(findings(lint, [...clean, ...others])).toEqual([
      'roles/desk/roles/viewer.yaml:5:9 "viewer" gives exactly what "onlooker" gives',
      'roles/desk/roles/watcher.yaml:5:9 "watcher" gives exactly what "onlooker" gives',
    ]);
  });

  it('tells a level less, a permission less, and roles of other applications apart', () => {
    const lower = role('lower', ['grants:', '  - data/contract-data:view', '  - data/spend-data:edit']);
    const fewer = role('fewer', ['grants:', '  - data/contract-data:view']);
    const elsewhere = [...clean].map(({ path, text }) => ({
      path: path.replace('desk', 'shop'),
      text: text.replace('application: desk', 'application: shop').replace('name: desk', 'name: shop'),
    }));
    expect(findings(lint, [...clean, lower, fewer, ...elsewhere])).toEqual([]);
  });

  it('leaves building blocks, empty roles, and roles for other environments alone', () => {
    const block = role('block', ['assignable: false', ...grants]);
    const forStaging = role('forStaging'.toLowerCase(), ['onlyIn:', '  - staging', ...grants]);
    const empty = [role('blank', []), role('void', [])].map(({ path, text }) => ({
      path,
      text: text.replace('spec:', 'spec:\n  restrictable: false'),
    }));
    expect(findings(lint, [...clean, block, forStaging, ...empty])).toEqual([]);
  });

  it('tells a role that can be narrowed from one that cannot', () => {
    const narrowable = role('narrowable', ['restrictable: true', ...grants]);
    expect(findings(lint, [...clean, narrowable])).toEqual([]);
  });

  it('compares custom roles by their apps as well', () => {
    const files = [
      ...clean,
      ...withApps(['apps:', '  - name: slack', '  - name: zoom']),
      role('narrowable', ['restrictable: true', ...grants]),
      custom('talkers', ['slack', 'zoom']),
      custom('slackers', ['slack']),
    ];
    expect(findings(lint, files)).toEqual([]);
    expect(findings(lint, [...files, custom('zoomers', ['slack', 'zoom'])])).toEqual([
      'roles/desk/custom-roles/zoomers.yaml:5:9 "zoomers" gives exactly what "talkers" gives',
    ]);
  });

  it('is silenced in the role at which it is told', () => {
    expect(findings(lint, [...clean, silenced(role('watcher', grants), lint)])).toEqual([]);
    expect(findings(lint, [...clean, role('watcher', grants), silenced(viewer, lint)])).toHaveLength(1);
  });
});

function custom(name: string, apps: readonly string[]) {
  const spec = ['base: narrowable', 'apps:', ...apps.map((app) => `  - ${app}`)];
  return document('CustomRole', name, spec, `roles/desk/custom-roles/${name}.yaml`);
}
