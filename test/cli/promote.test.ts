import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Promotion } from '../../src/report/promotion.ts';
import { sampleDocuments } from '../report/sample-documents.ts';
import { commitAll, emptyRepository, git, gitTestEnvironment } from '../revisions/scripted-repository.ts';
import { runRolewright } from './run-rolewright.ts';

const environment = (name: string, purpose: string, applications: readonly string[]) => `apiVersion: rolewright/v1
kind: Environment
metadata:
  name: ${name}
spec:
  purpose: ${purpose}
  tenant: acme-${name}.eu.auth0.com
  applications:
${applications
  .map(
    (application) =>
      `    - name: ${application}\n      audience: https://${application}.${name}.example\n      tokenLifetime: 1h\n`,
  )
  .join('')}`;

const shop = `apiVersion: rolewright/v1
kind: PermissionCatalog
metadata:
  name: shop
spec:
  version: 1.0.0
  sections:
    - name: data
      permissions:
        - name: sell
---
apiVersion: rolewright/v1
kind: Role
metadata:
  application: shop
  name: seller
spec:
  grants:
    - data/sell
---
apiVersion: rolewright/v1
kind: Constraint
metadata:
  application: shop
  name: sellers-sell
spec:
  reserved:
    permissions:
      - data/sell
    roles:
      - seller
---
apiVersion: rolewright/v1
kind: Role
metadata:
  application: desk
  name: tester
  title: "Tester *|*"
spec:
  onlyIn:
    - staging
  grants:
    - settings/manage-settings
`;

const documents = {
  ...Object.fromEntries(sampleDocuments.map(({ path, text }) => [path, text])),
  'roles/shop.yaml': shop,
  'roles/environments/staging.yaml': environment('staging', 'staging', ['desk', 'shop']),
  'roles/environments/production.yaml': environment('production', 'production', ['desk']),
};
const viewer = 'roles/desk/roles/viewer.yaml';
const folder = emptyRepository();
const run = (...args: readonly string[]) =>
  runRolewright(['promote', '--from', 'staging', '--to', 'production', ...args], {
    cwd: folder,
    env: gitTestEnvironment,
  });

beforeAll(() => {
  const wider = `${documents[viewer as keyof typeof documents]}  grants:\n    - data/spend-data\n`;
  commitAll(folder, [
    { mark: 'applied', files: documents },
    { mark: 'since', parents: ['applied'], files: { [viewer]: wider } },
  ]);
  git(folder, 'reset', '--hard', '--quiet');
});

describe('rolewright promote', () => {
  it('says what the environment gets, what stays behind, and what differs on purpose', async () => {
    const { code, stdout, stderr } = await run('-j');
    expect([code, stderr]).toEqual([
      0,
      'With the revision that it was last applied from, what has changed since is told too.\n',
    ]);
    const { difference, left, settings, ...names } = JSON.parse(stdout) as Promotion;
    expect(names).toEqual({ schemaVersion: 1, from: 'staging', to: 'production' });
    expect(difference.subjects.map(({ application, name, action }) => [application, name, action])).toEqual([
      ['shop', 'seller', 'new'],
    ]);
    expect(difference.control).toEqual([]);
    expect(left).toMatchObject([
      {
        application: 'desk',
        kind: 'role',
        name: 'tester',
        onlyIn: ['staging'],
        place: { file: 'roles/shop.yaml', line: 37 },
      },
    ]);
    expect(settings?.details).toEqual([
      'tenant acme-production.eu.auth0.com, was acme-staging.eu.auth0.com',
      'audience of desk https://desk.production.example, was https://desk.staging.example',
    ]);
  });

  it('tells in words, for a terminal and a ticket', async () => {
    const { stdout: text } = await run();
    expect(text).toContain('Changes from production to production as staging is\n');
    expect(text).toContain(
      '\nStays in staging\n  Tester *|* (desk/tester) is for staging only   roles/shop.yaml:37:9\n',
    );
    expect(text).toContain('\nGoes on being different in production\n  ~ tenant acme-production');
    const { stdout: markdown } = await run('--format', 'markdown');
    expect(markdown).toContain('#### Stays in staging\n\n- Tester \\*\\|\\* \\(desk/tester\\) is for staging only');
  });

  it('tells what has changed since the environment was applied', async () => {
    const { code, stdout, stderr } = await run('HEAD~1', '-j', '--expect-no-changes');
    expect([code, stderr]).toEqual([7, '']);
    const { difference } = JSON.parse(stdout) as Promotion;
    expect(difference.base).toBe('production at HEAD~1');
    expect(difference.subjects.map(({ name, action }) => [name, action])).toEqual([
      ['viewer', 'changed'],
      ['seller', 'new'],
    ]);
  });

  it('wants two environments that are there, and a revision that means something', async () => {
    expect((await runRolewright(['promote', '--from', 'staging'], { cwd: folder })).code).toBe(2);
    expect(await run('--x')).toMatchObject({ code: 2, stdout: '' });
    const misspelt = await runRolewright(['promote', '--from', 'stagin', '--to', 'production'], { cwd: folder });
    expect([misspelt.code, misspelt.stderr.includes('did you mean "staging"?')]).toEqual([6, true]);
    expect(await run('HEAD~7')).toMatchObject({ code: 2, stderr: expect.stringContaining('error RW6705') });
  });

  it('needs no git without a revision', async () => {
    const bare = join(mkdtempSync(join(tmpdir(), 'rolewright-promote-')), 'clone');
    git(folder, 'clone', '--quiet', folder, bare);
    rmSync(join(bare, '.git'), { recursive: true });
    writeFileSync(join(bare, 'roles/shop.yaml'), 'kind: [\n');
    const { code, stderr } = await runRolewright(['promote', '--from', 'staging', '--to', 'production'], { cwd: bare });
    expect(code).toBe(1);
    expect(stderr).toContain('roles/shop.yaml:2:1');
  });
});
