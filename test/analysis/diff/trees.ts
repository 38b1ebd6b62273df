import { diffModels } from '../../../src/analysis/diff/diff-models.ts';
import { hasErrors } from '../../../src/language/diagnostic.ts';
import type { SourceFile } from '../../../src/language/source.ts';
import type { Difference } from '../../../src/model/difference.ts';
import type { EffectiveModel } from '../../../src/model/effective-model.ts';
import { check } from '../../../src/pipeline.ts';
import { caseOptions, written } from '../../support/cases.ts';

/** A small shop, file by file: two restricted permissions with levels, one that nothing restricts, two apps. */
export const shop: Readonly<Record<string, string>> = {
  'catalog.yaml': `apiVersion: rolewright/v1
kind: PermissionCatalog
metadata:
  name: shop
spec:
  version: 1.0.0
  sections:
    - name: data
      restrictedBy: apps
      permissions:
        - name: contract
          levels:
            - name: view
              alsoForVendors: true
              whenDenied:
                hidden:
                  - Contracts
            - name: edit
              sensitive: true
              whenDenied:
                refused:
                  - save a contract
        - name: spend
          levels:
            - name: view
            - name: edit
    - name: money
      restrictedBy: nothing
      permissions:
        - name: pay
`,
  'apps.yaml': `apiVersion: rolewright/v1
kind: AppDirectory
metadata:
  application: shop
  name: apps
spec:
  vendors:
    - name: acme-inc
  apps:
    - name: slack
    - name: zoom
`,
  'viewer.yaml': document('Role', 'viewer', ['restrictable: true', 'grants:', '  - data/contract:view']),
  'owner.yaml': document('Role', 'owner', [
    'restrictable: true',
    'inherits:',
    '  - viewer',
    'grants:',
    '  - data/contract:edit',
    '  - data/spend:edit',
    '  - money/pay',
  ]),
  'zoomers.yaml': document('CustomRole', 'zoomers', ['base: owner', 'apps:', '  - zoom']),
};

/** A document of the shop, whose spec is given line by line; further lines of its metadata come after the name. */
export function document(
  kind: string,
  name: string,
  spec: readonly string[],
  metadata: readonly string[] = [],
): string {
  const lines = [
    'apiVersion: rolewright/v1',
    `kind: ${kind}`,
    'metadata:',
    '  application: shop',
    `  name: ${name}`,
    ...metadata.map((line) => `  ${line}`),
    'spec:',
    ...spec.map((line) => `  ${line}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** An assignment of a role of the shop; each user is an id, or an id with its last day: `auth0|1 2027-03-31`. */
export function assignment(name: string, role: string, users: readonly string[], apps: readonly string[] = []): string {
  return document('Assignment', name, [
    `role: ${role}`,
    ...(apps.length === 0 ? ['allApps: true'] : ['apps:', ...apps.map((app) => `  - ${app}`)]),
    'users:',
    ...users.flatMap((user) => {
      const [id, day] = user.split(' ');
      return [`  - id: ${id}`, ...(day === undefined ? [] : [`    validThrough: ${day}`])];
    }),
  ]);
}

/** The environment production of the shop; further lines of its spec come last. */
export function production(more: readonly string[] = [], purpose: string = 'production'): string {
  const lines = [
    'apiVersion: rolewright/v1',
    'kind: Environment',
    'metadata:',
    '  name: production',
    'spec:',
    `  purpose: ${purpose}`,
    '  tenant: shop.eu.auth0.com',
    '  applications:',
    '    - name: shop',
    '      audience: https://api.shop.example',
    ...more.map((line) => `  ${line}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** Files by path; null takes one of the shop's away. */
export type Changes = Readonly<Record<string, string | null>>;

/** The shop with some files otherwise. */
export function shopWith(changes: Changes): readonly SourceFile[] {
  return Object.entries({ ...shop, ...changes }).flatMap(([path, text]) => (text === null ? [] : [{ path, text }]));
}

/** A file of the shop with a text in it replaced; the text must be there. */
export function edited(path: string, from: string, to: string): Changes {
  const text = shop[path] ?? '';
  if (!text.includes(from)) throw new Error(`${path} has no ${JSON.stringify(from)}`);
  return { [path]: text.replace(from, to) };
}

/** The effective model of files without an error that would keep it from being resolved. */
export function modelOf(files: readonly SourceFile[]): EffectiveModel {
  const [model, problems] = check(files, caseOptions);
  if (model === null) throw new Error(written(problems));
  return model;
}

/** The difference of two trees that are in order: broken constraints and failed tests are mistakes of the test. */
export function differenceOf(base: readonly SourceFile[], head: readonly SourceFile[]): Difference {
  for (const files of [base, head]) {
    const [, problems] = check(files, caseOptions);
    if (hasErrors(problems)) throw new Error(written(problems));
  }
  return diffModels(modelOf(base), modelOf(head), { base: 'main', head: 'the branch' });
}

/** What differs of the shop when some files are otherwise, and some perhaps before as well. */
export function shopDifference(head: Changes, base: Changes = {}): Difference {
  return differenceOf(shopWith(base), shopWith({ ...base, ...head }));
}
