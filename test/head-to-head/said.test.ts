import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/reconcile/engine.ts';
import { deployCli } from '../../tools/head-to-head/deploy-cli.ts';
import { plainPulumi } from '../../tools/head-to-head/plain-pulumi.ts';
import { rolewright } from '../../tools/head-to-head/rolewright.ts';

const engine: Engine = {
  ...{ command: 'pulumi', version: '3.200.0', source: 'path', environment: {} },
  plugin: { name: 'auth0', version: '3.49.0', path: 'plugin' },
};
const tools = {
  deployCli: deployCli('main.js'),
  pulumi: plainPulumi(engine, 'node_modules'),
  rolewright: rolewright(engine, `${import.meta.dirname}/../..`),
};
const text = (...lines: readonly string[]) => `${lines.join('\n')}\n`;

describe('what is quoted of a tool', () => {
  it('is every row of a dry run, of a deletion too', () => {
    const output = text(
      'Simulating deployment...',
      '│ Resource   │ Status   │ Name / Identifier │',
      '│ Roles      │ CREATE   │ Reader            │',
      '│            │ DELETE   │ Viewer            │',
    );
    expect(tools.deployCli.said(output)).toEqual(['│ Roles │ CREATE │ Reader │', '│ │ DELETE │ Viewer │']);
    expect(tools.deployCli.complaints('2026-11-22T02:10:42.471Z - error: Problem updating rol_5hggiwn8l5\n')).toEqual([
      'error: Problem updating rol_…',
    ]);
  });

  it('is every resource and every name of a diff, or what the compiler found', () => {
    const diff = text(
      '    ~ auth0:index/rolePermissions:RolePermissions: (update)',
      '        [id=rol_5hggiwn8l5]',
      '          - [1]: {',
      '                  - name                    : "read:reports"',
      '    6 unchanged',
    );
    expect(tools.pulumi.said(diff)).toEqual([
      '~ auth0:index/rolePermissions:RolePermissions: (update)',
      '- name: "read:reports"',
    ]);
    expect(tools.pulumi.said('Resources:\n    7 unchanged\n')).toEqual(['7 unchanged']);
    expect(tools.pulumi.said('index.ts(30,3): error TS2561: Object literal.\n    7 unchanged\n')).toEqual([
      'index.ts(30,3): error TS2561: Object literal.',
    ]);
  });

  it('is every change of a plan in words, and every error with its help', () => {
    const output = text(
      'Plan for stack dev, tenant 127.0.0.1:40283',
      'Reports',
      '  - Viewer loses Read on Reports',
      'error RW6401  the plan takes away 1 of 3 grants',
      '   help: to go ahead all the same: --override maximum-removal',
    );
    expect(tools.rolewright.said(output)).toEqual([
      '- Viewer loses Read on Reports',
      'error RW6401 the plan takes away 1 of 3 grants',
      'help: to go ahead all the same: --override maximum-removal',
    ]);
  });
});
