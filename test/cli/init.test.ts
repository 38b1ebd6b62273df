import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layOut } from '../../src/cli/init/lay-out.ts';
import { runRolewright } from './run-rolewright.ts';

const made = [
  ...['catalog', 'roles/viewer', 'roles/editor', 'roles/administrator', 'tests'].map(
    (path) => `roles/desk/${path}.yaml`,
  ),
  'roles/environments/dev.yaml',
  'Pulumi.yaml',
  'stacks/Pulumi.dev.yaml',
  'program.js',
  'package.json',
  '.vscode/settings.json',
  'README.md',
  ...['permissions', 'permissions-apply', 'permissions-stack', 'permissions-drift'].map(
    (name) => `.github/workflows/${name}.yaml`,
  ),
  '.gitignore',
];

function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'rolewright-init-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Every file below a folder with its text. */
function contents(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'utf8')]),
  );
}

describe('rolewright init', () => {
  it('lays out a repository in which nothing is wrong, nothing is advised and nothing is to be formatted', async () => {
    const cwd = folderWith();
    const { code, stdout, stderr } = await runRolewright(['init', '--yes', '--application', 'desk'], { cwd });
    expect({ code, stdout: stdout.split('\n') }).toEqual({ code: 0, stdout: [...made, ''] });
    expect(stderr).toContain('npx rolewright check\n');
    expect(existsSync(join(cwd, '.rolewright/schema.json'))).toBe(true);
    const [checked, formatted, schema, built] = await Promise.all([
      runRolewright(['check', '--strict'], { cwd }),
      runRolewright(['format', '--check'], { cwd }),
      runRolewright(['schema', '--check'], { cwd }),
      runRolewright(['build', '--stack', 'dev'], { cwd }),
    ]);
    expect(checked).toEqual({
      code: 0,
      stdout: '',
      stderr: '1 application, 3 roles, 0 custom roles: no problems\n',
    });
    expect([formatted.code, schema.code, built.code]).toEqual([0, 0, 0]);
    expect(readFileSync(join(cwd, 'README.md'), 'utf8').trimEnd().split('\n')).toHaveLength(10);
  });

  it('asks nothing where nobody can be asked, and makes the folder that --cwd names', async () => {
    const cwd = join(folderWith(), 'new/folder');
    expect(await runRolewright(['init', '--cwd', cwd])).toMatchObject({ code: 0 });
    expect(existsSync(join(cwd, 'roles/my-app/catalog.yaml'))).toBe(true);
  });

  it('overwrites nothing, lists what is in the way, and makes nothing then', async () => {
    const cwd = folderWith({ 'roles/shop/catalog.yaml': 'mine\n', 'Pulumi.yaml': 'mine\n', 'program.js': 'mine\n' });
    const before = contents(cwd);
    expect(await runRolewright(['init', '--yes'], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: nothing is overwritten, and here is already roles/, Pulumi.yaml, program.js
   help: run it in an empty folder, or give one with --cwd
`,
    });
    expect(contents(cwd)).toEqual(before);
  });

  it('leaves what a repository may have already, and adds its lines to .gitignore', async () => {
    const own = { 'package.json': '{}', 'README.md': 'mine', '.vscode/settings.json': '{ // mine\n}' };
    const cwd = folderWith({ ...own, '.gitignore': '/node_modules\ndist' });
    const { code, stdout, stderr } = await runRolewright(['init', '--yes', '--application', 'desk'], { cwd });
    expect(code).toBe(0);
    const kept = Object.keys(own);
    // A package.json that does not say otherwise makes CommonJS of a .js file.
    const files = made.map((path) => (path === 'program.js' ? 'program.cjs' : path));
    expect(stdout.split('\n')).toEqual([...files.filter((path) => !kept.includes(path)), '']);
    expect(stderr).toContain('Left as they were: package.json, .vscode/settings.json, README.md.');
    expect(stderr).toContain('".rolewright/schema.json": "roles/**/*.yaml"');
    expect(contents(cwd)).toMatchObject(
      Object.fromEntries(Object.entries(own).map(([path, text]) => [join(cwd, path), text])),
    );
    expect(readFileSync(join(cwd, '.gitignore'), 'utf8')).toBe('/node_modules\ndist\n.rolewright/\n');
    expect(readFileSync(join(cwd, 'Pulumi.yaml'), 'utf8')).toContain('main: program.cjs\n');
  });

  it('refuses a name that cannot be one', async () => {
    const cwd = folderWith();
    const { code, stderr } = await runRolewright(['init', '--application', 'Help Desk'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('"Help Desk" cannot be the name of an application\n   help: A name: lower-case');
    expect(contents(cwd)).toEqual({});
  });

  it('leaves everything as it was where a file cannot be written, or the run is interrupted', async () => {
    const cwd = folderWith({ 'kept/a.txt': 'a' });
    const file = { path: 'roles/new/a.yaml', text: 'a' };
    // Somebody else makes the second file after we have looked.
    const files = [file, { path: 'kept/b.txt', text: 'b' }, { path: 'kept/a.txt', text: 'mine' }];
    const { signal } = new AbortController();
    await expect(layOut(cwd, files, ['ignored/'], signal)).rejects.toThrow('EEXIST');
    expect(contents(cwd)).toEqual({ [join(cwd, 'kept/a.txt')]: 'a' });
    expect(readdirSync(cwd)).toEqual(['kept']);
    await expect(layOut(cwd, [file], [], AbortSignal.abort())).rejects.toThrow();
    expect(readdirSync(cwd)).toEqual(['kept']);
  });

  it('says why it cannot write, and that nothing was made', async () => {
    const cwd = join(folderWith({ 'a.txt': 'a' }), 'a.txt');
    const { code, stderr } = await runRolewright(['init', '--yes', '--cwd', cwd]);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/nothing was made: E(NOTDIR|EXIST)/u),
    });
  });
});
