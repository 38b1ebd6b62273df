import { describe, expect, it } from 'vitest';
import { tokenBytes } from '../../../src/analysis/lint/rules/token-size.ts';
import type { SourceFile } from '../../../src/language/source.ts';
import { document, findings, lintFiles, role, silenced } from './repository.ts';

const lint = 'token-size';

/** An application whose one role holds so many permissions; each scope has 40 characters. */
function application(permissions: number, spec: readonly string[] = []): readonly SourceFile[] {
  const names = Array.from({ length: permissions }, (_, index) => `p${String(index).padStart(39, '0')}`);
  const text = `apiVersion: rolewright/v1
kind: PermissionCatalog
metadata:
  name: desk
spec:
  version: 1.0.0
  sections:
    - name: data
      restrictedBy: apps
      permissions:
${names.map((name) => `        - name: ${name}\n`).join('')}`;
  const catalog = { path: 'roles/desk/catalog.yaml', text };
  return [catalog, role('big', [...spec, 'grants:', ...names.map((name) => `  - data/${name}`)])];
}

const codes = (files: readonly SourceFile[]) =>
  lintFiles(files).flatMap(({ code, severity }) => (code.startsWith('RW42') ? [`${code} ${severity}`] : []));

describe(lint, () => {
  it('warns from 4 kB, with the size and the count', () => {
    expect(findings(lint, application(50))).toEqual([]);
    expect(findings(lint, application(60))).toEqual([
      'roles/desk/roles/big.yaml:5:9 an access token with "big" alone has about 4.3 kB (60 scopes)',
    ]);
    expect(codes(application(60))).toEqual(['RW4204 warning']);
  });

  it('is an error from 7 kB', () => {
    expect(codes(application(106))).toEqual(['RW4204 warning']);
    expect(codes(application(110))).toEqual(['RW4205 error']);
  });

  it('leaves building blocks alone, which no token ever carries by themselves', () => {
    expect(findings(lint, application(110, ['assignable: false']))).toEqual([]);
  });

  it('counts the apps of a custom role and of a narrowing assignment, but no assignment that narrows nothing', () => {
    const many = Array.from({ length: 60 }, (_, index) => `app-${'x'.repeat(30)}-${String(index).padStart(3, '0')}`);
    const apps = document(
      'AppDirectory',
      'apps',
      ['apps:', ...many.map((name) => `  - name: ${name}`)],
      'roles/desk/apps.yaml',
    );
    const list = ['apps:', ...many.map((name) => `  - ${name}`)];
    const user = ['users:', '  - id: auth0|1'];
    const files = [
      ...application(3, ['restrictable: true']),
      apps,
      document('CustomRole', 'narrowed', ['base: big', ...list], 'roles/desk/narrowed.yaml'),
      document('Assignment', 'people', ['role: big', ...list, ...user], 'roles/desk/people.yaml'),
      document('Assignment', 'others', ['role: narrowed', 'users:', '  - id: auth0|2'], 'roles/desk/others.yaml'),
    ];
    expect(findings(lint, files).map((line) => line.split(' ')[0])).toEqual([
      'roles/desk/narrowed.yaml:5:9',
      'roles/desk/people.yaml:5:9',
    ]);
  });

  it('estimates a token within a few per cent', () => {
    const claims = {
      iss: 'https://tenant.eu.auth0.com/',
      sub: 'auth0|64f0c0ffee64f0c0ffee64f0',
      aud: ['https://api.example/', 'https://tenant.eu.auth0.com/userinfo'],
      iat: 1_790_000_000,
      exp: 1_790_003_600,
      scope: 'openid profile email',
      azp: 'AbCdEfGhIjKlMnOpQrStUvWxYz012345',
      permissions: Array.from({ length: 90 }, (_, index) => `view:permission-number-${index}`),
    };
    const header = { alg: 'RS256', typ: 'JWT', kid: 'aBcDeFgHiJkLmNoPqRsTu' };
    const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const token = [...parts, Buffer.alloc(256).toString('base64url')].join('.');
    expect(Math.abs(tokenBytes(claims.permissions) - token.length) / token.length).toBeLessThan(0.03);
  });

  it('is silenced in the role as long as it is a warning', () => {
    const [catalog, large] = application(60) as [SourceFile, SourceFile];
    expect(
      lintFiles([catalog, silenced(large, lint)]).filter(({ code }) => code.startsWith('RW42') || code === 'RW7009'),
    ).toEqual([]);
    const [bigger, tooLarge] = application(110) as [SourceFile, SourceFile];
    expect(codes([bigger, silenced(tooLarge, lint)])).toEqual(['RW4205 error']);
  });
});
