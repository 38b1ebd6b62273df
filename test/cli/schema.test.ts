import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryOf, runRolewright } from './run-rolewright.ts';

describe('rolewright schema', () => {
  it("writes the editor's schema, and knows when it is old", async () => {
    const cwd = repositoryOf();
    const file = join(cwd, '.rolewright/schema.json');
    expect(await runRolewright(['schema', '--check'], { cwd })).toMatchObject({ code: 1, stdout: '' });
    expect(existsSync(file)).toBe(false);
    expect(await runRolewright(['schema'], { cwd })).toMatchObject({ code: 0, stdout: '' });
    expect(JSON.stringify(JSON.parse(readFileSync(file, 'utf8')))).toContain('data/contract-data:edit');
    expect(await runRolewright(['schema', '--check'], { cwd })).toMatchObject({ code: 0 });
    appendFileSync(
      join(cwd, 'roles/desk/catalog.yaml'),
      '        - name: another\n          whenDenied:\n            undocumented: New.\n',
    );
    expect(await runRolewright(['schema', '--check'], { cwd })).toMatchObject({
      code: 1,
      stderr: '.rolewright/schema.json is old: run rolewright schema\n',
    });
  });

  it('prints the published one on request, and writes nothing', async () => {
    const cwd = repositoryOf();
    const { code, stdout } = await runRolewright(['schema', '--published'], { cwd });
    expect([code, JSON.parse(stdout).$schema]).toEqual([0, 'http://json-schema.org/draft-07/schema#']);
    expect(stdout).not.toContain('contract-data');
    expect(existsSync(join(cwd, '.rolewright'))).toBe(false);
  });
});
