import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { owned, ownedShop, withoutOwners } from '../analysis/codeowners/owned-repository.ts';
import { repositoryOf, runRolewright } from './run-rolewright.ts';

const command = ['codeowners', '--organization', 'acme'];

function put(root: string, path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const read = (root: string, path = '.github/CODEOWNERS') => readFileSync(join(root, path), 'utf8');

describe('rolewright codeowners', () => {
  it('writes the block, checks it, and needs the organization only once', async () => {
    const cwd = repositoryOf(ownedShop);
    const checked = await runRolewright(['codeowners', '--check', '--organization', 'acme'], { cwd });
    expect(checked).toMatchObject({ code: 1, stdout: '.github/CODEOWNERS\n' });
    expect(existsSync(join(cwd, '.github'))).toBe(false);
    expect(await runRolewright(command, { cwd })).toEqual({
      code: 0,
      stdout: '.github/CODEOWNERS\n',
      stderr: 'Wrote the block of .github/CODEOWNERS.\n',
    });
    expect(read(cwd)).toBe(`# rolewright: begin
# From \`metadata.owners\` by \`rolewright codeowners --organization acme\`; what is changed by hand here is lost.
# Folders
/roles/ @acme/security
/roles/shop/ @acme/catalog-team
# Files with other owners than their folder; what holds a sensitive permission is the catalog's as well
/roles/environments/staging.yaml @dana
/roles/shop/constraints.yaml @acme/auditors
/roles/shop/roles/clerk.yaml @acme/clerks
/roles/shop/roles/shift\\ lead.yaml @acme/catalog-team lead@example.com
# What judges a change
/.github/CODEOWNERS @acme/security
/.github/actions/ @acme/security
/.github/workflows/ @acme/security
/Pulumi.yaml @acme/security
/package-lock.json @acme/security
/package.json @acme/security
/policy/ @acme/security
/program.cjs @acme/security
/program.js @acme/security
/rolewright.config.yaml @acme/security
/stacks/ @acme/security
# rolewright: end
`);
    for (const args of [['codeowners'], ['codeowners', '--check']]) {
      expect(await runRolewright(args, { cwd })).toEqual({
        code: 0,
        stdout: '',
        stderr: '.github/CODEOWNERS is up to date.\n',
      });
    }
  });

  it('says which lines have drifted, and exits with 1', async () => {
    const cwd = repositoryOf(ownedShop);
    await runRolewright(command, { cwd });
    const clerk = ownedShop.find(({ path }) => path.endsWith('clerk.yaml'));
    put(cwd, 'roles/shop/roles/clerk.yaml', `${clerk?.text}`.replace('view', 'refund'));
    const before = read(cwd);
    expect(await runRolewright(['codeowners', '--check'], { cwd })).toEqual({
      code: 1,
      stdout: '.github/CODEOWNERS\n',
      stderr: `- /roles/shop/roles/clerk.yaml @acme/clerks
+ /roles/shop/roles/clerk.yaml @acme/catalog-team @acme/clerks
.github/CODEOWNERS is out of date; \`rolewright codeowners\` writes it.
`,
    });
    expect(read(cwd)).toBe(before);
  });

  it('keeps the rest of the file byte for byte, and writes the file that GitHub reads', async () => {
    const cwd = repositoryOf(ownedShop);
    const own = '\uFEFF*\t@acme/everyone  # ours\r\n\r\n/docs/ @acme/writers';
    put(cwd, 'docs/CODEOWNERS', own);
    expect(await runRolewright(command, { cwd })).toMatchObject({ code: 0, stdout: 'docs/CODEOWNERS\n' });
    const text = read(cwd, 'docs/CODEOWNERS');
    expect(text.startsWith(`${own}\r\n\r\n# rolewright: begin\r\n`)).toBe(true);
    expect(text).toContain('\r\n/docs/CODEOWNERS @acme/security\r\n');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
    expect(existsSync(join(cwd, '.github'))).toBe(false);
  });

  it('names files from the root of the git repository that it lies in', async () => {
    const root = repositoryOf(ownedShop.map((file) => ({ ...file, path: `tools/permissions/${file.path}` })));
    mkdirSync(join(root, '.git'));
    const cwd = join(root, 'tools/permissions');
    expect(await runRolewright(command, { cwd })).toMatchObject({ code: 0, stdout: '.github/CODEOWNERS\n' });
    expect(read(root)).toContain('\n/tools/permissions/roles/shop/roles/clerk.yaml @acme/clerks\n');
    expect(existsSync(join(cwd, '.github'))).toBe(false);
  });

  it('writes nothing where nobody owns anything', async () => {
    const cwd = repositoryOf(withoutOwners(ownedShop, 'roles/'));
    expect(await runRolewright(['codeowners', '--check'], { cwd })).toEqual({
      code: 0,
      stdout: '',
      stderr: 'No document names owners under `metadata.owners`: there is nothing to write.\n',
    });
    put(cwd, '.github/CODEOWNERS', '# rolewright: begin\n/roles/ @former\n# rolewright: end\n');
    await runRolewright(['codeowners'], { cwd });
    expect(read(cwd)).not.toContain('@former');
  });

  it('refuses what GitHub could not read, and says where it stands', async () => {
    const cwd = repositoryOf([
      ...ownedShop,
      owned('roles/shop/roles/x.yaml', 'Role', 'x', ['Shop Team', 'fine'], 'grants:\n  - orders/order:view\n'),
    ]);
    expect(await runRolewright(command, { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: CODEOWNERS cannot name "Shop Team" (roles/shop/roles/x.yaml:7:7)
   help: write @user, @organization/team, the name of a team, or an address
`,
    });
    expect(await runRolewright(['codeowners'], { cwd: repositoryOf(ownedShop) })).toMatchObject({
      code: 2,
      stderr: `error: the organization of "security" (roles/environments/production.yaml:6:7), "catalog-team" (roles/shop/catalog.yaml:6:7), "auditors" (roles/shop/constraints.yaml:7:7) is not known
   help: give --organization NAME once: GitHub writes a team as @NAME/team
`,
    });
    expect(await runRolewright(['codeowners', '--organization', 'a/b'], { cwd })).toMatchObject({ code: 2 });
    expect(existsSync(join(cwd, '.github'))).toBe(false);
  });

  it('refuses a file whose block it cannot tell, or whose bytes it could not keep', async () => {
    const cwd = repositoryOf(ownedShop);
    const texts = [
      ['# rolewright: begin\n/roles/ @a\n', '.github/CODEOWNERS:1: the marks of the block'],
      [Buffer.from('# M\xfcller\n', 'latin1'), 'cannot read .github/CODEOWNERS: it is not UTF-8'],
    ] as const;
    for (const [text, message] of texts) {
      put(cwd, '.github/CODEOWNERS', text);
      expect(await runRolewright(command, { cwd })).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(message),
      });
      expect(readFileSync(join(cwd, '.github/CODEOWNERS'))).toEqual(Buffer.from(text));
    }
  });

  it('writes nothing from documents that cannot be understood', async () => {
    const cwd = repositoryOf([
      ...ownedShop,
      { path: 'roles/shop/roles/broken.yaml', text: 'kind: Role\nmetadata: [\n' },
    ]);
    expect(await runRolewright(command, { cwd })).toMatchObject({ code: 1, stdout: '' });
    expect(existsSync(join(cwd, '.github'))).toBe(false);
  });
});
