import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleDocuments } from '../report/sample-documents.ts';
import { repositoryOf, runRolewright } from './run-rolewright.ts';

const tests = `apiVersion: rolewright/v1
kind: RoleTest
metadata:
  application: desk
  name: basics
spec:
  tests:
    - role: viewer
      can:
        - data/contract-data:view
      cannot:
        - data/contract-data:edit
`;

let root: string;
beforeAll(() => {
  root = repositoryOf([...sampleDocuments, { path: 'roles/desk/tests.yaml', text: tests }]);
});
const run = (...args: readonly string[]) => runRolewright(args, { cwd: root });

describe('rolewright test', () => {
  it('says what passed, and how much of the matrix is tested', async () => {
    const { code, stdout, stderr } = await run('test');
    expect(code).toBe(0);
    expect(stdout).toContain('ok    desk/basics  2 of 2\n');
    expect(stdout).toMatch(/desk: \d+ % of roles × permissions tested/u);
    expect(stderr).toContain('2 passed, 0 failed');
  });

  it('runs the expectations that contain a text, and says if none does', async () => {
    expect((await run('test', '--filter', 'cannot')).stderr).toContain('1 passed, 0 failed');
    expect(await run('test', '--filter', 'nobody')).toMatchObject({ code: 2, stdout: '' });
  });

  it('ends with 1 and the reason where an expectation fails, in every format', async () => {
    const file = join(root, 'roles/desk/tests.yaml');
    const before = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      before
        .replace('contract-data:edit', 'contract-data:view')
        .replace('can:\n        - data/contract-data:view\n      ', ''),
    );
    const pretty = await run('test');
    const junit = await run('test', '--format', 'junit');
    const json = await run('test', '--format', 'json');
    writeFileSync(file, before);
    expect([pretty.code, junit.code, json.code]).toEqual([1, 1, 1]);
    expect(pretty.stderr).toContain('RW5402');
    expect(junit.stdout).toContain('<failure type="RW5402"');
    expect(JSON.parse(json.stdout)).toMatchObject({
      schemaVersion: 1,
      results: [{ passed: false, expects: 'cannot' }],
    });
  });
});
