import { expect, test } from 'vitest';
import { build } from '../../src/pipeline.ts';

const environment = `apiVersion: rolewright/v1
kind: Environment
metadata:
  name: dev
spec:
  purpose: development
  tenant: loopback
  applications:
    - name: shop
      audience: https://shop.example
      tokenLifetime: 1h
`;

/** What a catalog's scopes were called before, by what they are called now. */
function formerScopes(sections: string): Readonly<Record<string, readonly string[] | undefined>> {
  const catalog = `apiVersion: rolewright/v1
kind: PermissionCatalog
metadata:
  name: shop
spec:
  version: 1.0.0
  sections:
${sections}`;
  const files = [
    { path: 'roles/shop/catalog.yaml', text: catalog },
    { path: 'roles/environments/dev.yaml', text: environment },
  ];
  const [desired, problems] = build(files, 'dev');
  expect(problems).toEqual([]);
  return Object.fromEntries(desired?.applications[0]?.scopes.map(({ value, formerly }) => [value, formerly]) ?? []);
}

test('a renamed permission keeps the scopes of its former names in mind, at each level', () => {
  expect(
    formerScopes(`    - name: data
      permissions:
        - name: agreements
          formerly:
            - data/contracts
            - data/papers
          levels:
            - name: view
            - name: edit
        - name: reports
`),
  ).toEqual({
    'edit:agreements': ['edit:contracts', 'edit:papers'],
    'view:agreements': ['view:contracts', 'view:papers'],
    reports: undefined,
  });
});

test('one that moved brings the prefix of the section that it was in', () => {
  expect(
    formerScopes(`    - name: buyers
      scopePrefix: buyer
      permissions:
        - name: return
          formerly:
            - sellers/take-back
    - name: sellers
      scopePrefix: seller
      permissions:
        - name: send
`),
  ).toEqual({ 'buyer:return': ['seller:take-back'], 'seller:send': undefined });
});

test('so it does where nothing else is left in that section', () => {
  expect(
    formerScopes(`    - name: buyers
      permissions:
        - name: return
          formerly:
            - sellers/return
    - name: sellers
      scopePrefix: seller
      permissions: []
`),
  ).toEqual({ return: ['seller:return'] });
});

test('what a section gave that is gone cannot be known', () => {
  expect(
    formerScopes(`    - name: data
      permissions:
        - name: agreements
          formerly:
            - papers/contracts
            - data/contracts
`),
  ).toEqual({ agreements: ['contracts'] });
});

test('a move that leaves the scope as it was is no former scope', () => {
  expect(
    formerScopes(`    - name: data
      permissions:
        - name: contracts
          formerly:
            - papers/contracts
    - name: papers
      permissions: []
`),
  ).toEqual({ contracts: undefined });
});

test('a scope that is written down was the same before', () => {
  expect(
    formerScopes(`    - name: data
      permissions:
        - name: agreements
          scope: papers
          formerly:
            - data/contracts
`),
  ).toEqual({ papers: undefined });
});
