import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../../src/language/source.ts';
import { linesOf, permissionExplained } from './explained.ts';
import { modelOf } from './real-catalogs.ts';

const catalog = `apiVersion: rolewright/v1
kind: PermissionCatalog
metadata:
  name: shop
spec:
  version: 1.0.0
  sections:
    - name: sales
      restrictedBy: apps
      permissions:
        - name: orders
          levels:
            - name: view
              sensitive: true
            - name: edit
        - name: refunds
        - name: prices
          sensitive: true
        - name: returns
`;

function role(name: string, ...lines: readonly string[]): string {
  return [
    'apiVersion: rolewright/v1\nkind: Role\nmetadata:\n  application: shop',
    `  name: ${name}\nspec:\n  restrictable: true`,
    ...lines,
    '',
  ].join('\n');
}

const grants = (...references: readonly string[]) => ['  grants:', ...references.map((item) => `    - sales/${item}`)];

const documents = [
  catalog,
  'apiVersion: rolewright/v1\nkind: AppDirectory\nmetadata:\n  application: shop\n  name: apps\nspec:\n  apps:\n    - name: till\n    - name: web\n',
  role('clerk', ...grants('returns')),
  role('refunder', ...grants('refunds', 'returns')),
  role('trial', '  onlyIn:\n    - development', ...grants('orders:view', 'refunds', 'returns')),
  role('lead', ...grants('orders:edit', 'refunds', 'returns')),
  role('pricer', ...grants('prices', 'refunds')),
  role('returner', ...grants('orders:view', 'refunds')),
  role('block', '  assignable: false', ...grants('refunds')),
  'apiVersion: rolewright/v1\nkind: CustomRole\nmetadata:\n  application: shop\n  name: web-refunder\nspec:\n  base: refunder\n  apps:\n    - web\n',
];
const files = documents.map((text, index): SourceFile => ({ path: `roles/shop/${index}.yaml`, text }));
const model = modelOf(files);

function alternatives(holder: string, app: string | null = null) {
  const [answer] = permissionExplained(model, holder, 'shop/sales/refunds', app).answers;
  return answer?.alternatives ?? [];
}

describe('who would give it', () => {
  it('comes in order: few permissions, then few sensitive ones, then few levels, then by name', () => {
    expect(alternatives('shop/clerk').map(({ name, additional }) => [name, additional.length])).toEqual([
      ['refunder', 0],
      ['pricer', 1],
      ['returner', 1],
      ['trial', 1],
      ['lead', 1],
    ]);
  });

  it('takes a level that comes with a sensitive lower one for sensitive', () => {
    const lead = alternatives('shop/clerk').find(({ name }) => name === 'lead');
    expect(lead?.additional).toEqual([
      { reference: 'shop/sales/orders:edit', title: 'Orders', level: { name: 'edit', title: 'Edit' }, sensitive: true },
    ]);
  });

  it('puts a custom role before its base, as it reaches fewer apps', () => {
    expect(
      alternatives('shop/clerk', 'shop/web')
        .map(({ name, besides }) => [name, besides])
        .slice(0, 2),
    ).toEqual([
      ['web-refunder', false],
      ['refunder', true],
    ]);
    expect(alternatives('shop/clerk', 'shop/till').map(({ name }) => name)).not.toContain('web-refunder');
  });

  it('says what a person has to know before it is given', () => {
    const lines = linesOf(permissionExplained(model, 'shop/clerk', 'shop/sales/refunds', 'shop/web'));
    expect(lines.slice(lines.indexOf('Roles that would allow it for Web, least privilege first'))).toEqual([
      'Roles that would allow it for Web, least privilege first',
      '  Web Refunder  shop/web-refunder',
      '    brings nothing else',
      '    for Web only',
      '    in place of Clerk, never besides it',
      '  Refunder  shop/refunder',
      '    brings nothing else',
      '  Pricer  shop/pricer',
      '    brings 1 more permission, which is sensitive:',
      '      Prices',
      '    besides Clerk, not in its place: 1 permission would be lost',
      '  Returner  shop/returner',
      '    brings 1 more permission, which is sensitive:',
      '      View on Orders',
      '    besides Clerk, not in its place: 1 permission would be lost',
      '  Trial  shop/trial',
      '    brings 1 more permission, which is sensitive:',
      '      View on Orders',
      '    in environments for development only',
      '  Lead  shop/lead',
      '    brings 1 more permission, which is sensitive:',
      '      Edit on Orders',
      '',
    ]);
  });

  it('does not depend on the order of the files', () => {
    const turned = modelOf(files.toReversed().map(({ text }, index) => ({ path: `roles/shop/${index}.yaml`, text })));
    const [answer] = permissionExplained(turned, 'shop/clerk', 'shop/sales/refunds').answers;
    expect(answer?.alternatives.map(({ name }) => name)).toEqual(alternatives('shop/clerk').map(({ name }) => name));
  });
});
