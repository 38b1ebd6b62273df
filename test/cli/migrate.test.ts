import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runRolewright } from './run-rolewright.ts';

const fixture = join(import.meta.dirname, '../language/migrate');
const changed = [
  ...['roles/environments/dev.yaml', 'roles/shop/apps.yaml', 'roles/shop/catalog.yaml'],
  ...['roles/shop/roles/clerk.yaml', 'roles/shop/roles/sellers.yaml', 'roles/shop/tests.yaml'],
];

/** The repository of the older version in a folder of its own. */
function olderRepository(): string {
  const root = mkdtempSync(join(tmpdir(), 'rolewright-migrate-'));
  cpSync(join(fixture, 'before'), root, { recursive: true });
  return root;
}

function texts(root: string): Readonly<Record<string, string>> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

describe('rolewright migrate', () => {
  it('changes nothing with --check, and ends with 1', async () => {
    const cwd = olderRepository();
    expect(await runRolewright(['migrate', '--check'], { cwd })).toEqual({
      code: 1,
      stdout: `${changed.join('\n')}\n`,
      stderr: '7 files, 6 would change\n',
    });
    expect(texts(cwd)).toEqual(texts(join(fixture, 'before')));
  });

  it('rewrites what is of an older version, keeps permissions, and has nothing to do then', async () => {
    const cwd = olderRepository();
    chmodSync(join(cwd, 'roles/shop/apps.yaml'), 0o640);
    const untouched = statSync(join(cwd, 'roles/environments/live.yaml')).mtimeMs;
    expect(await runRolewright(['migrate'], { cwd })).toEqual({
      code: 0,
      stdout: `${changed.join('\n')}\n`,
      stderr: '7 files, 6 changed; look at the diff, and run rolewright check\n',
    });
    expect(texts(cwd)).toEqual(texts(join(fixture, 'after')));
    expect(statSync(join(cwd, 'roles/shop/apps.yaml')).mode & 0o777).toBe(0o640);
    expect(statSync(join(cwd, 'roles/environments/live.yaml')).mtimeMs).toBe(untouched);
    const [again, checked] = await Promise.all([
      runRolewright(['migrate', '--check'], { cwd }),
      runRolewright(['check'], { cwd }),
    ]);
    expect(again).toEqual({ code: 0, stdout: '', stderr: '7 files, 0 would change\n' });
    expect(checked.code).toBe(0);
  });

  it('keeps to the paths that are named', async () => {
    const cwd = olderRepository();
    const roles = await runRolewright(['migrate', 'roles/shop/roles', 'roles/environments/dev.yaml'], { cwd });
    expect(roles).toMatchObject({
      code: 0,
      stdout: 'roles/environments/dev.yaml\nroles/shop/roles/clerk.yaml\nroles/shop/roles/sellers.yaml\n',
    });
    expect(await runRolewright(['migrate', 'roles/nowhere'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no document at roles/nowhere'),
    });
  });

  it('changes nothing anywhere while one file has a problem, and tells it at its place', async () => {
    const cwd = olderRepository();
    const broken = join(cwd, 'roles/shop/roles/clerk.yaml');
    writeFileSync(broken, readFileSync(broken, 'utf8').replace('permissions:', 'permission:'));
    const before = texts(cwd);
    const { code, stdout, stderr } = await runRolewright(['migrate'], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('roles/shop/roles/clerk.yaml:8:3  error RW1103  unknown key "permission"\n');
    expect(stderr).toContain('7 files, none changed\n');
    expect(texts(cwd)).toEqual(before);
    // What is not meant is not in the way.
    expect(await runRolewright(['migrate', 'roles/environments'], { cwd })).toMatchObject({ code: 0 });
  });
});
