import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../../src/language/source.ts';
import { lookUpApp } from '../../../src/model/look-up/look-up-app.ts';
import { lookUpPermission } from '../../../src/model/look-up/look-up-permission.ts';
import { check } from '../../../src/pipeline.ts';
import { changedDocuments } from '../../cli/run-rolewright.ts';

const catalog: SourceFile = {
  path: 'roles/shop/catalog.yaml',
  text: `apiVersion: rolewright/v1
kind: PermissionCatalog
metadata:
  name: shop
spec:
  version: 1.0.0
  sections:
    - name: data
      permissions:
        - name: contract-data
          formerly:
            - data/contracts
          scope: contracts
        - name: sales
  retired:
    - data/leads
`,
};
const renamedApp = changedDocuments('roles/desk/apps.yaml', (text) =>
  text.replace('    - name: slack\n', '    - name: slack\n      formerly:\n        - chat\n'),
);
const [model, problems] = check([...renamedApp, catalog]);
if (model === null) throw new Error(JSON.stringify(problems, null, 2));
const known = model;

function problem(reference: string) {
  const [found, [first, ...others]] = lookUpPermission(known, reference);
  expect([found, others, first?.place]).toEqual([null, [], null]);
  return { code: first?.code, message: first?.message, suggestion: first?.suggestion, expected: first?.expected };
}

const form = 'application/section/permission, or application/section/permission:level';

describe('a permission on the command line', () => {
  it('is found by its reference in full; without a level all levels are meant', () => {
    const found = ['desk/data/contract-data:edit', 'desk/data/contract-data', 'shop/data/sales'].map((reference) => {
      const [asked] = lookUpPermission(known, reference);
      return [asked?.application.definition.name, asked?.permission.name, asked?.level?.name ?? null];
    });
    expect(found).toEqual([
      ['desk', 'contract-data', 'edit'],
      ['desk', 'contract-data', null],
      ['shop', 'sales', null],
    ]);
  });

  it('is suggested in full where it is misspelt', () => {
    expect(problem('desk/data/contract-dta:view')).toEqual({
      code: 'RW2104',
      message: 'unknown permission "desk/data/contract-dta:view"',
      suggestion: 'desk/data/contract-data:view',
      expected: null,
    });
    expect(problem('desk/data/contract-data:edt')).toEqual({
      code: 'RW2107',
      message: '"desk/data/contract-data" has no level "edt"',
      suggestion: 'desk/data/contract-data:edit',
      expected: 'desk/data/contract-data:view or desk/data/contract-data:edit',
    });
    expect(problem('shop/data/sales:view')).toMatchObject({ code: 'RW2106', suggestion: 'shop/data/sales' });
    expect(problem('dsk/data/spend-data')).toMatchObject({ code: 'RW2110', suggestion: 'desk/data/spend-data' });
    expect(problem('desk/contract-data')).toMatchObject({ code: 'RW2117', expected: form });
  });

  it('is told its new name, or that it is retired', () => {
    expect(problem('shop/data/contracts')).toMatchObject({ code: 'RW2114', suggestion: 'shop/data/contract-data' });
    expect(problem('shop/data/leads')).toMatchObject({ code: 'RW2115', message: '"shop/data/leads" is retired' });
  });

  it('names its application, which is suggested if one alone has it', () => {
    expect(problem('data/contract-data:edit')).toEqual({
      code: 'RW4107',
      message: '"data/contract-data:edit" does not name its application',
      suggestion: 'desk/data/contract-data:edit',
      expected: form,
    });
    expect(problem('data/contract-data')).toMatchObject({ code: 'RW4107', suggestion: null });
    const [, [first]] = lookUpPermission(known, 'data/contract-data');
    expect(first?.help).toBe('it may be desk/data/contract-data or shop/data/contract-data');
    expect(problem('data/contract-dta:edit')).toMatchObject({
      code: 'RW4107',
      suggestion: 'desk/data/contract-data:edit',
    });
    expect(problem('moon')).toMatchObject({ code: 'RW4107', suggestion: null });
  });

  it('is not a scope', () => {
    expect(problem('edit:contract-data')).toMatchObject({ code: 'RW2108', suggestion: 'desk/data/contract-data:edit' });
    expect(problem('contracts')).toMatchObject({ code: 'RW2108', suggestion: 'shop/data/contract-data' });
    expect(problem('desk/edit:contract-data')).toMatchObject({
      code: 'RW2108',
      suggestion: 'desk/data/contract-data:edit',
    });
  });
});

describe('an app on the command line', () => {
  const [desk, shop] = known.applications;

  function appProblem(application: typeof desk, reference: string) {
    if (application === undefined) throw new Error('no application');
    const [found, [first]] = lookUpApp(application, reference);
    expect([found, first?.place]).toEqual([null, null]);
    return { code: first?.code, suggestion: first?.suggestion, help: first?.help };
  }

  it('is found in full, and suggested in full', () => {
    if (desk === undefined) throw new Error('no application');
    expect(lookUpApp(desk, 'desk/zoom')[0]?.title).toBe('Zoom');
    expect(appProblem(desk, 'desk/zom')).toEqual({ code: 'RW2112', suggestion: 'desk/zoom', help: null });
    expect(appProblem(desk, 'zoom')).toEqual({ code: 'RW4107', suggestion: 'desk/zoom', help: null });
    expect(appProblem(desk, 'desk/chat')).toEqual({ code: 'RW2114', suggestion: 'desk/slack', help: null });
    expect(appProblem(shop, 'shop/zoom')).toEqual({ code: 'RW2112', suggestion: null, help: 'shop has no apps' });
  });
});
