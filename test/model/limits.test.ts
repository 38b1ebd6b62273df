import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../src/language/source.ts';
import { build, check } from '../../src/pipeline.ts';
import { caseOptions, written } from '../support/cases.ts';

/** One application with so many permissions, in one environment. */
function repositoryWith(permissions: number): readonly SourceFile[] {
  const names = Array.from({ length: permissions }, (_, index) => `        - name: thing-${index}`);
  const catalog = ['metadata:', '  name: shop', 'spec:', '  version: 1.0.0', '  sections:', '    - name: orders'];
  return [
    file('PermissionCatalog', [...catalog, '      permissions:', ...names]),
    file('Environment', [
      'metadata:',
      '  name: production',
      'spec:',
      '  purpose: production',
      '  tenant: acme.eu.auth0.com',
      '  applications:',
      '    - name: shop',
      '      audience: https://api.shop.example',
    ]),
  ];
}

function file(kind: string, lines: readonly string[]): SourceFile {
  return { path: `roles/${kind}.yaml`, text: ['apiVersion: rolewright/v1', `kind: ${kind}`, ...lines].join('\n') };
}

describe('the limits of the identity provider', () => {
  it('are an error when they are exceeded', () => {
    expect(written(check(repositoryWith(1001), caseOptions)[1])).toBe(
      'no place  error RW4201  scopes of shop in production: 1001, and at most 1000 are possible\n',
    );
  });

  it('are a warning when four fifths are used up', () => {
    expect(written(check(repositoryWith(800), caseOptions)[1])).toBe(
      'no place  warning RW4202  scopes of shop in production: 800 of at most 1000\n',
    );
    expect(check(repositoryWith(799), caseOptions)[1]).toEqual([]);
  });
});

describe('an environment that is not declared', () => {
  it('is an error with the nearest one', () => {
    expect(written(build(repositoryWith(1), 'prodution', caseOptions)[1])).toBe(
      'no place  error RW4101  no environment is called "prodution"\n' +
        '    expected: production\n    suggestion: production\n',
    );
  });
});
