import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runRolewright } from './run-rolewright.ts';

const exported = `resourceServers:
  - name: Shop
    identifier: https://shop.example
    enforce_policies: true
    token_dialect: access_token_authz
    scopes:
      - value: read:orders
        description: Read
roles:
  - name: Clerk
    description: Sells
    permissions:
      - permission_name: read:orders
        resource_server_identifier: https://shop.example
`;

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'rolewright-adopt-'));
  writeFileSync(join(root, 'tenant.yaml'), exported);
});
afterAll(() => rmSync(root, { recursive: true }));

const adopt = (...args: readonly string[]) => runRolewright(['adopt', ...args], { cwd: root });
const fromFile = [
  '--stack',
  'live',
  '--from',
  'tenant.yaml',
  '--tenant',
  'acme.eu.auth0.com',
  '--purpose',
  'production',
];

describe('rolewright adopt', () => {
  test.each([
    ['a stack', [], 'no stack is named'],
    ['a tenant', ['--stack', 'live', '--from', 'tenant.yaml'], 'nothing says which tenant it belongs to'],
    ['a purpose', ['--stack', 'live', '--tenant', 'acme.eu.auth0.com'], 'nothing says what it is for'],
    ['an export that is there', ['--stack', 'a', '--from', 'nowhere', '--tenant', 'loopback'], 'there is no such file'],
    ['a role that the tenant has', [...fromFile, '--role', 'Clark'], 'the tenant has no role "Clark"'],
    ['an application that is adopted', [...fromFile, '--application', 'x'], 'no API that is adopted for "x"'],
  ])('asks for %s', async (_, args, said) => {
    const run = await adopt(...args);
    expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(said) });
  });

  test('shows everything and writes nothing in a dry run', async () => {
    const run = await adopt(...fromFile, '--dry-run');
    expect(run).toMatchObject({ code: 0, stderr: 'Nothing was written.\n' });
    expect(run.stdout).toContain('new     roles/shop/roles/clerk.yaml\n    + apiVersion: rolewright/v1\n');
    expect(existsSync(join(root, 'roles'))).toBe(false);
  });

  test('writes the documents of an export, which are clean, and then has nothing to do', async () => {
    const run = await adopt(...fromFile);
    expect(run.code).toBe(0);
    expect(run.stdout).toBe(
      'new     roles/environments/live.yaml\nnew     roles/shop/catalog.yaml\nnew     roles/shop/roles/clerk.yaml\n',
    );
    expect(await runRolewright(['check'], { cwd: root })).toMatchObject({ code: 0 });
    const again = await adopt('--stack', 'live', '--from', 'tenant.yaml', '--json');
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toEqual({
      ...{ schemaVersion: 1, stack: 'live', written: true, files: [], takenIntoState: null },
      applications: [{ name: 'shop', audience: 'https://shop.example' }],
      roles: [{ application: 'shop', name: 'clerk', title: 'Clerk' }],
    });
  });

  test('shows what it changes of a file that is there, and keeps the rest', async () => {
    const path = join(root, 'roles/shop/roles/clerk.yaml');
    writeFileSync(path, readFileSync(path, 'utf8').replace('spec:\n', 'spec:   # as agreed\n'));
    writeFileSync(
      join(root, 'tenant.yaml'),
      exported
        .replace('description: Read\n', 'description: Read\n      - value: admin\n')
        .replace(/$/u, '      - permission_name: admin\n        resource_server_identifier: https://shop.example\n'),
    );
    const run = await adopt('--stack', 'live', '--from', 'tenant.yaml', '--role', 'Clerk');
    expect(run.stdout).toBe(`changed roles/shop/catalog.yaml
                scope: read:orders
    +     - name: general
    +       permissions:
    +         - name: admin
    +           description: ""
changed roles/shop/roles/clerk.yaml
        grants:
    +     - general/admin
`);
    expect(readFileSync(path, 'utf8')).toContain('spec:   # as agreed\n  grants:\n    - general/admin\n    - orders/');
  });

  test('writes nothing where that would not be clean', async () => {
    const folder = join(root, 'roles/shop');
    mkdirSync(join(folder, 'roles'), { recursive: true });
    const text = readFileSync(join(folder, 'roles/clerk.yaml'), 'utf8');
    const covering = text.replace(
      '  grants:',
      '  covers:\n    - section: general\n      except:\n        - general/admin\n  grants:',
    );
    writeFileSync(
      join(folder, 'roles/clerk.yaml'),
      covering.replace('    - general/admin\n    - orders', '    - orders'),
    );
    const before = readFileSync(join(folder, 'roles/clerk.yaml'), 'utf8');
    const run = await adopt('--stack', 'live', '--from', 'tenant.yaml', '--role', 'Clerk');
    expect(run).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('RW3104') });
    expect(readFileSync(join(folder, 'roles/clerk.yaml'), 'utf8')).toBe(before);
  });
});
